"""Documents drawn up otherwise than the form asks: what they print is read, what they do not is NULL."""

from __future__ import annotations

import pytest

from crawler.documents.draft import Line
from crawler.documents.facts.reading import read_facts

STATE, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
HEAD = [f"UBND TỈNH YÊN BÁI\t{STATE}", f"SỞ KHOA HỌC VÀ CÔNG NGHỆ\t{MOTTO}"]
TEXT = "Căn cứ nhu cầu công việc, Sở Khoa học và Công nghệ thông báo như sau để các đơn vị biết."
FOOT = ["Nơi nhận:\tGIÁM ĐỐC", "- Lưu: VT.", "Nguyễn Văn An"]
SỞ = "Sở Khoa học và Công nghệ"
NAMES = ("number", "symbol", "kind", "body", "issued", "signer", "subject")

LAYOUTS = {
    "the kind alone in the symbol": (
        [*HEAD, "Số: 15/TB\tYên Bái, ngày 5 tháng 3 năm 2024", "THÔNG BÁO", "Về việc nghỉ lễ 30/4", TEXT, *FOOT],
        ("15", "TB", "thông báo", SỞ, "2024-03-05", "Nguyễn Văn An", "nghỉ lễ 30/4"),
    ),
    "no number at all": (
        [*HEAD, "Yên Bái, ngày 5 tháng 3 năm 2024", "THÔNG BÁO", "Về việc nghỉ lễ", TEXT, *FOOT],
        (None, None, "thông báo", SỞ, "2024-03-05", "Nguyễn Văn An", "nghỉ lễ"),
    ),
    "nothing filled in": (
        [*HEAD, "Số:      /QĐ-SKHCN\tYên Bái, ngày    tháng   năm 2024", "QUYẾT ĐỊNH", "Về việc ban hành Quy chế",
         "Căn cứ Quyết định số 12/2020/QĐ-UBND ngày 5 tháng 6 năm 2020;", *FOOT],
        (None, "QĐ-SKHCN", "quyết định", SỞ, None, "Nguyễn Văn An", "ban hành Quy chế"),
    ),
    "the columns run into each other": (
        [f"UBND TỈNH YÊN BÁI {STATE}", f"SỞ KHOA HỌC VÀ CÔNG NGHỆ {MOTTO}", "Số:     /QĐ-SKHCN Yên Bái, ngày     tháng     năm 2024",
         "QUYẾT ĐỊNH", "Về việc phê duyệt dự toán", TEXT, *FOOT],
        (None, "QĐ-SKHCN", "quyết định", SỞ, None, "Nguyễn Văn An", "phê duyệt dự toán"),
    ),
    "a date between the lines of the subject": (
        ["UBND TỈNH YÊN BÁI", STATE, "SỞ KHOA HỌC VÀ CÔNG NGHỆ", MOTTO, "Số: 123/SKHCN-QLKH", "V/v đề xuất đặt hàng nhiệm vụ",
         "Yên Bái, ngày 5 tháng 3 năm 2024", "khoa học và công nghệ năm 2025", "Kính gửi:", "- Các sở, ban, ngành;", TEXT, *FOOT],
        ("123", "SKHCN-QLKH", "công văn", SỞ, "2024-03-05", "Nguyễn Văn An", "đề xuất đặt hàng nhiệm vụ khoa học và công nghệ năm 2025"),
    ),
    "a date without a place": (
        [*HEAD, "Số: 7/KH-SKHCN\tNgày 5 tháng 3 năm 2024", "KẾ HOẠCH", "Cải cách hành chính năm 2024", TEXT, *FOOT],
        ("7", "KH-SKHCN", "kế hoạch", SỞ, "2024-03-05", "Nguyễn Văn An", "Cải cách hành chính năm 2024"),
    ),
    "a date in digits": (
        [*HEAD, "Số: 7/KH-SKHCN\tYên Bái, 05/3/2024", "KẾ HOẠCH", "Cải cách hành chính năm 2024", TEXT, *FOOT],
        ("7", "KH-SKHCN", "kế hoạch", SỞ, "2024-03-05", "Nguyễn Văn An", "Cải cách hành chính năm 2024"),
    ),
    "an annex of another document first": (
        ["PHỤ LỤC", "(Ban hành kèm theo Quyết định số 9/QĐ-UBND ngày 1 tháng 2 năm 2023)", "TT\tNội dung", "1\tA", *HEAD,
         "Số: 44/SKHCN-VP\tYên Bái, ngày 7 tháng 8 năm 2023", "V/v báo cáo", "Kính gửi: Các phòng", TEXT, *FOOT],
        ("44", "SKHCN-VP", "công văn", SỞ, "2023-08-07", "Nguyễn Văn An", "báo cáo"),
    ),
    "in two languages": (
        ["SOCIALIST REPUBLIC OF VIETNAM", STATE, "Independence - Freedom - Happiness", MOTTO,
         "SỞ KHOA HỌC VÀ CÔNG NGHỆ / DEPARTMENT OF SCIENCE AND TECHNOLOGY", "Số/No.: 15/QĐ-SKHCN",
         "Yên Bái, ngày 5 tháng 3 năm 2024 / Yen Bai, March 5, 2024", "QUYẾT ĐỊNH / DECISION",
         "Về việc phê duyệt dự toán / On approval of the estimate", TEXT, *FOOT],
        ("15", "QĐ-SKHCN", "quyết định", SỞ, "2024-03-05", "Nguyễn Văn An", "phê duyệt dự toán"),
    ),
    "in two languages, line by line": (
        [f"SỞ KHOA HỌC VÀ CÔNG NGHỆ\t{STATE}", "DEPARTMENT OF SCIENCE AND TECHNOLOGY\tTHE SOCIALIST REPUBLIC OF VIET NAM", MOTTO,
         "Số (No): 15/TB-SKHCN\tYên Bái, ngày (date) 5 tháng (month) 3 năm (year) 2024", "THÔNG BÁO", "(NOTICE)", "Về việc nghỉ lễ", TEXT, *FOOT],
        ("15", "TB-SKHCN", "thông báo", SỞ, "2024-03-05", "Nguyễn Văn An", "nghỉ lễ"),
    ),
    "a sample form": (
        ["Mẫu số 02", f"ỦY BAN NHÂN DÂN\t{STATE}", f"TỈNH ...\t{MOTTO}", "Số: .../QĐ-...\t..., ngày ... tháng ... năm ...", "QUYẾT ĐỊNH",
         "Về việc ...", "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH ...", "Căn cứ ...;", "Điều 1. ...", "CHỦ TỊCH"],
        (None, None, "quyết định", None, None, None, None),
    ),
    "an invitation without a subject": (
        [*HEAD, "Số: 7/GM-SKHCN\tYên Bái, ngày 5 tháng 3 năm 2024", "GIẤY MỜI", "Sở Khoa học và Công nghệ trân trọng kính mời: Ông Lò Văn B",
         "Tới dự: Hội nghị tổng kết", *FOOT],
        ("7", "GM-SKHCN", "giấy mời", SỞ, "2024-03-05", "Nguyễn Văn An", None),
    ),
    "two that issue as one": (
        [f"BỘ KHOA HỌC VÀ CÔNG NGHỆ - BỘ TÀI CHÍNH\t{STATE}", MOTTO, "Số: 55/2015/TTLT-BKHCN-BTC\tHà Nội, ngày 22 tháng 4 năm 2015",
         "THÔNG TƯ LIÊN TỊCH", "Hướng dẫn định mức", "Căn cứ Luật;"],
        ("55/2015", "TTLT-BKHCN-BTC", "thông tư liên tịch", "Bộ Khoa học và Công nghệ - Bộ Tài chính", "2015-04-22", None, "Hướng dẫn định mức"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "said"), LAYOUTS.values(), ids=LAYOUTS)
def test_facts(lines, said):
    found = read_facts([Line(line) for line in lines])
    assert found is not None
    assert tuple(getattr(found, name) for name in NAMES) == said


@pytest.mark.parametrize(
    "lines",
    [
        ["PHỤ LỤC I", "DANH MỤC NHIỆM VỤ", "(Kèm theo Quyết định số 123/QĐ-UBND ngày 05 tháng 3 năm 2024)", "TT\tTên", "1\tCá"],
        ["QUY CHẾ", "Làm việc", "(Ban hành kèm theo Quyết định số 123/QĐ-SKHCN", "ngày 05 tháng 3 năm 2024 của Giám đốc Sở)", "Chương I"],
        ["SỞ KHOA HỌC VÀ CÔNG NGHỆ", "THÔNG BÁO", "Về việc nghỉ lễ", TEXT],
    ],
)  # fmt: skip
def test_what_is_said_of_another_document_is_no_fact_of_this(lines):
    assert read_facts([Line(line) for line in lines]) is None


POSTS = [
    "TM. ỦY BAN NHÂN DÂN|KT. CHỦ TỊCH|PHÓ CHỦ TỊCH", "TUQ. CHỦ TỊCH|GIÁM ĐỐC SỞ KHOA HỌC VÀ CÔNG NGHỆ", "Q. GIÁM ĐỐC",
    "QUYỀN GIÁM ĐỐC", "KT. GIÁM ĐỐC|PHÓ GIÁM ĐỐC PHỤ TRÁCH", "Kt. Giám đốc|Phó Giám đốc", "KT. Giám đốc|Phó Giám Đốc",
    "TL.GIÁM ĐỐC|KT.TRƯỞNG PHÒNG|PHÓ TRƯỞNG PHÒNG", "T/M ỦY BAN NHÂN DÂN|CHỦ TỊCH", "PHỤ TRÁCH PHÒNG", "KẾ TOÁN TRƯỞNG",
]  # fmt: skip


@pytest.mark.parametrize("posts", POSTS)
def test_a_signer_whatever_the_post(posts):
    lines = [
        *HEAD,
        "Số: 15/TB-SKHCN\tYên Bái, ngày 5 tháng 3 năm 2024",
        "THÔNG BÁO",
        "Về việc nghỉ lễ",
        TEXT,
    ]
    lines += ["Nơi nhận:", "- Lưu: VT, VP.", *posts.split("|")]
    found = read_facts([Line(line) for line in [*lines, "(Đã ký)", "Nguyễn Thị Hồng Hạnh"]])
    assert found is not None and found.signer == "Nguyễn Thị Hồng Hạnh"
    found = read_facts([Line(line) for line in lines])
    assert found is not None and found.signer is None

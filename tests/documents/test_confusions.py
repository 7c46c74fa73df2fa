"""What OCR confuses: mended where the form leaves one reading, left alone where it does not."""

from __future__ import annotations

import pytest

from crawler.documents.draft import Line
from crawler.documents.facts import confusions
from crawler.documents.facts.offices import usual
from crawler.documents.facts.phrases import PHRASES
from crawler.documents.facts.reading import read_facts
from crawler.text.syllables import is_syllable

RIGHT = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


def seen(*lines: str):
    return read_facts([Line(line, recognised=True) for line in lines])


@pytest.mark.parametrize(
    ("symbol", "kind", "true"),
    [
        ("QĐĐ-HĐND", "quyết định", "QĐ-HĐND"), ("QD-UBNÐ", "quyết định", "QĐ-UBND"), ("CTT-TĐC", "chương trình", "CTr-TĐC"),
        ("TT-UBND", "tờ trình", "TTr-UBND"), ("TT-BKHCN", "thông tư", "TT-BKHCN"), ("TT-BKHCN", None, "TT-BKHCN"),
        ("CT-UBND", "chỉ thị", "CT-UBND"), ("GM-TTUƯD", "giấy mời", "GM-TTƯD"), ("SKHCN-QLKH", None, "SKHCN-QLKH"),
        ("KH-ABCXYZ", "kế hoạch", "KH-ABCXYZ"), ("UBND-VX", None, "UBND-VX"), ("NQ-HDND", "nghị quyết", "NQ-HĐND"),
    ],
)  # fmt: skip
def test_symbols(symbol, kind, true):
    assert confusions.symbol(symbol, kind) == true


@pytest.mark.parametrize(
    ("line", "issued"),
    [
        ("Hải Dương, ngày II tháng 06 năm 2017", "2017-06-11"), ("Lâm Đồng, ngày l1 tháng 0l năm 2016", "2016-01-11"),
        ("Quảng Trị . ngày I0 tháng O1 năm 2019", "2019-01-10"), ("Bắc Ninh ,, ngày 1! tháng L2 năm 2017", "2017-12-11"),
        ("Phú Yên, ngày 18 tháng 0! năm 2020", "2020-01-18"), ("Phú Yên, ngày ... tháng ... năm 2020", None),
        ("Phú Yên, ngày      tháng 3 năm 2020", None), ("Phú Yên, ngày 4O tháng 3 năm 2020", None),
        ("Cần Thơ , ngày 26 tháng 6 năm.2025", "2025-06-26"), ("Đắk Lắk ; ngày 13 tháng 4 năm 2021", "2021-04-13"),
        ("Phú Yên, ngày. 7 tháng: 12 năm 2020", "2020-12-07"), ("Phú Yên, ngày … tháng 3 năm.2020", None),
    ],
)  # fmt: skip
def test_dates(line, issued):
    found = seen("SỞ KHOA HỌC VÀ CÔNG NGHỆ", *RIGHT, line, "THÔNG BÁO", "Về việc nghỉ lễ")
    assert found is not None and found.issued == issued
    assert found.raws["issued"] in line.replace(" .", ",").replace(",,", ",") or "ngày" in found.raws["issued"]  # fmt: skip
    # What is printed in a file is what it is.
    printed = read_facts([Line(text) for text in ("SỞ KHOA HỌC VÀ CÔNG NGHỆ", *RIGHT, line, "THÔNG BÁO")])  # fmt: skip
    assert printed is None or printed.issued is None


@pytest.mark.parametrize(
    ("name", "true"),
    [
        ("Đẳng Thị Mỹ Tuyết", "Đặng Thị Mỹ Tuyết"), ("Ngõ Viết Bằng", "Ngô Viết Bằng"), ("Đề Vũ Duy Lộc", "Vũ Duy Lộc"),
        ("H'Loan Êban", "H'Loan Êban"), ("Y Siêng Niê", "Y Siêng Niê"), ("Lý A Páo", "Lý A Páo"),
        ("Nguyễn Hữu Tạc", "Nguyễn Hữu Tạc"), ("Vi Thị Ly", "Vi Thị Ly"), ("Hà Vy", "Hà Vy"),
    ],
)  # fmt: skip
def test_names(name, true):
    assert confusions.name(name) == true


@pytest.mark.parametrize(
    ("subject", "true"),
    [
        ("quy định chỉ tiết Luật", "quy định chi tiết Luật"), ("SỬ DỰNG NGÂN SÁCH", "SỬ DỤNG NGÂN SÁCH"),
        ("ĐỔI VỚI KINH DOANH", "ĐỐI VỚI KINH DOANH"), ("trao đổi với doanh nghiệp", "trao đổi với doanh nghiệp"),
        ("đi đôi với bảo vệ", "đi đôi với bảo vệ"), ("bắt đầu từ năm 2020", "bắt đầu từ năm 2020"),
        ("chi tiêu nội bộ", "chi tiêu nội bộ"), ("cán bộ xã Tổ Chúc", "cán bộ xã Tổ Chúc"), ("hàng hoá", "hàng hoá"),
        ("dự án. “Ứng dụng", "dự án “Ứng dụng"), ("TP. Hồ Chí Minh", "TP. Hồ Chí Minh"), ("khoa. học", "khoa học"),
        ("57- NQ/TW", "57-NQ/TW"), ("2022 - 2027", "2022 - 2027"), ("quý IH năm 2008", "quý III năm 2008"),
        ("quý báu", "quý báu"), ("TUYỂN DỤNG NĂM. 2020", "TUYỂN DỤNG NĂM 2020"), ("để an toàn", "để an toàn"), ("thành phần công nghiệp", "thành phần công nghiệp"),
        ("tại chính quyền xã", "tại chính quyền xã"), ("phường An Bình", "phường An Bình"), ("có sở hữu", "có sở hữu"),
    ],
)  # fmt: skip
def test_subjects(subject, true):
    assert confusions.subject(subject) == true


def test_offices_of_which_letters_were_lost():
    assert (
        usual("ỦY BAN NHÂN DÂN TỈNH BẮCGIAN", recognised=True) == "Ủy ban nhân dân tỉnh Bắc Giang"
    )
    assert usual("CHI CỤC TIÊU CHUẨN ĐO TƯỜNG CHẤTTUNG", recognised=True) == "Chi cục Tiêu chuẩn Đo lường Chất lượng"  # fmt: skip
    # Two provinces may be meant: as it was seen.
    assert "giang" in usual("ỦY BAN NHÂN DÂN TỈNH ?A GIANG", recognised=True).casefold()
    assert usual("PHÒNG KINH TẾ HUYỆN VĂN CHẤN", recognised=True) == "Phòng Kinh tế huyện Văn Chấn"


@pytest.mark.parametrize(
    "lines",
    [
        ("__—KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "lƒ\t` z\\", "ThS. Trần Hoài Sơn"),
        ("-GIÁM ĐỐC", "(Ký tên. đóng dấu)", "Trần Hoài Sơn"),
        ("II CHỦ TỊCH", "Trần Hoài Sơn"),
        ("⁄¡ “—I ĐNỦ TỊCH", "Trần Hoài Sơn"),
        ("PHÓ GiÁM ĐỐC", "¿T8 Trần Hoài Sơn"),
    ],
)
def test_signers_under_stamps(lines):
    found = seen(
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ", *RIGHT, "Số: 12/TB-SKHCN", "Yên Bái, ngày 05 tháng 3 năm 2021", "THÔNG BÁO",
        "Về việc nghỉ lễ", "Nội dung của thông báo như sau.", "Nơi nhận:", "- Như trên;", "- Lưu: VT.", *lines,
    )  # fmt: skip
    assert found is not None and found.signer == "Trần Hoài Sơn"


@pytest.mark.parametrize(
    "name", ["===⁄ò Kim Đông", "Dng Thế Hiển", "“Vi ¡ Thu Giang", "<1 ,ò Phước Bình"]
)
def test_a_name_that_was_half_seen_is_none(name):
    found = seen(
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ", *RIGHT, "Số: 12/TB-SKHCN", "Yên Bái, ngày 05 tháng 3 năm 2021", "THÔNG BÁO",
        "Về việc nghỉ lễ", "Nơi nhận:", "- Lưu: VT.", "GIÁM ĐỐC", name,
    )  # fmt: skip
    assert found is not None and found.signer is None


def test_phrases_are_pairs_of_syllables():
    assert all(
        len(phrase.split()) == 2 and all(map(is_syllable, phrase.split())) for phrase in PHRASES
    )


@pytest.mark.parametrize(
    ("line", "number", "symbol"),
    [
        ("Bố§ cái /GM-SKHCN", None, "GM-SKHCN"), ("SH... /HD-TĐC", None, "HD-TĐC"), ("Số: ..... GM-TTƯD", None, "GM-TTƯD"),
        ("Số: 12 KH-UBND", "12", "KH-UBND"), ("SẮc Hệ gh sọc /TTr-HĐND", None, "TTr-HĐND"),
        # No kind begins it; it is in the sentence of another document.
        ("Bố§ cái /XY-SKHCN", None, None), ("(Kèm theo … /QĐ-UBND", None, None),
    ],
)  # fmt: skip
def test_a_number_that_the_pen_wrote_leaves_its_symbol(line, number, symbol):
    found = seen(
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ", *RIGHT, line, "Huế, ngày 6 tháng 11 năm 2025", "GIẤY MỜI"
    )
    assert (found and found.number, found and found.symbol) == (number, symbol)
    printed = read_facts([Line(text) for text in (*RIGHT, line, "Huế, ngày 6 tháng 11 năm 2025")])
    assert printed is None or printed.symbol in (None, symbol)


@pytest.mark.parametrize(
    ("lines", "body"),
    [
        (("SỞ KHOAHQCVA.'----", "CÔNG NGHỆ"), "Sở Khoa học và Công nghệ"),
        (("TRUNG TÂM ỨNG DỤNG", "TIẾN BỘ KH&CN -"), "Trung tâm Ứng dụng tiến bộ KH&CN"),
        (("CHI CỤC TIÊU CHUẨN", "BO TUÔNG CHẤT KƯƠNG-"), "Chi cục Tiêu chuẩn Đo lường Chất lượng"),
        (("ĐO LƯỜNG CHẤT LƯỢNG SỐ 268 1ó di mana cai",), "Đo lường chất lượng số"),
        (("UBND TỈNH NGHỆ AN", "UBND HUYỆN ĐÔ LƯƠNG"), "UBND huyện Đô Lương"),
        (("K CHI CỤC TIÊU CHUẨN", "ĐO LƯỜNG CHẤT LƯỢNG"), "Chi cục Tiêu chuẩn Đo lường Chất lượng"),
        (("ỦY BAN NHÂN DÂN", "TỈNH ......"), None), (("SỞ KHOA HỌC VÀ CÔNG NGHỆ TỈNH …",), None),
    ],
)  # fmt: skip
def test_a_drawn_line_is_no_part_of_an_office(lines, body):
    found = seen(*lines, *RIGHT, "Số: 12/KH-SKHCN", "Huế, ngày 6 tháng 11 năm 2025", "KẾ HOẠCH")
    assert found is not None and found.body == body


def test_what_stands_below_the_motto_is_no_office():
    found = seen(
        f"SỞ KHOA HỌC VÀ CÔNG NGHỆ\t{RIGHT[0]}", f"CHI CỤC TIÊU CHUẨN\t{RIGHT[1]}",
        "ĐO LƯỜNG CHẤT LƯỢNG\t268 1Ó DI MANA CAI", "Số: 2079/CTr-TĐC\tHuế, ngày 6 tháng 11 năm 2025", "CHƯƠNG TRÌNH",
    )  # fmt: skip
    assert found is not None and found.body == "Chi cục Tiêu chuẩn Đo lường Chất lượng"


@pytest.mark.parametrize(
    ("printed", "signer"),
    [
        ("Ầ én", None), ("Y Siêng Niê", "Y Siêng Niê"), ("Võ Minh Nam", "Võ Minh Nam"), ("FZZĐặng Thị Thắng", "Đặng Thị Thắng"),
        ("“Giàng Quốc Kiên", "Giàng Quốc Kiên"), ("ThS.Lê Văn An", "Lê Văn An"), ("oàng Quý Toàn", None), ("NG nh Nam", None),
        ("H'Loan Êban", "H'Loan Êban"),
    ],
)  # fmt: skip
def test_strokes_sign_nothing(printed, signer):
    found = seen(
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ", *RIGHT, "Số: 12/KH-SKHCN", "KẾ HOẠCH", "VÊ VIỆC NGHỈ LỄ", "Điều 1. Nghỉ.",
        "Nơi nhận:\tGIÁM ĐỐC", "- Lưu: VT.", f"\t{printed}",
    )  # fmt: skip
    assert found is not None and found.signer == signer and found.subject == "NGHỈ LỄ"


def test_a_speck_ends_no_subject():
    found = seen(
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ", *RIGHT, "Số: 12/QĐ-SKHCN", "QUYẾT ĐỊNH", "V/v công bố Danh mục thủ tục được sửa.",
        "đổi, bổ sung", "Căn cứ Luật Khoa học và Công nghệ ngày 18 tháng 6 năm 2013;",
    )  # fmt: skip
    assert found is not None and found.subject == "công bố Danh mục thủ tục được sửa đổi, bổ sung"

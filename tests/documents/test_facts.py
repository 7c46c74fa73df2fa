"""What documents say of themselves, in the forms and layouts in which they are printed."""

from __future__ import annotations

import pytest

from crawler.documents.draft import Line
from crawler.documents.facts.offices import usual
from crawler.documents.facts.reading import read_facts
from crawler.documents.facts.signature import read_signer

RIGHT = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
STATE, MOTTO = RIGHT


def facts(*lines: str):
    return read_facts([Line(line) for line in lines])


@pytest.mark.parametrize(
    ("line", "number", "symbol"),
    [
        ("Số: 123/QĐ-UBND", "123", "QĐ-UBND"),
        ("Số: 45 /KH-SKHCN", "45", "KH-SKHCN"),
        ("Số:        /TB-SKHCN", None, "TB-SKHCN"),
        ("Số: ……/TB-HĐ", None, "TB-HĐ"),
        ("Số: ..../GM - SKHCN", None, "GM-SKHCN"),
        ("Số:\t/QĐ-UBND", None, "QĐ-UBND"),
        ("Số: 14/2007/QĐ-UBND", "14/2007", "QĐ-UBND"),
        ("Số : 473/TTr -NN&PTNT", "473", "TTr-NN&PTNT"),
        ("Số 1052/SKHCN-QLKH", "1052", "SKHCN-QLKH"),
        ("Số: 02/2021/TT-BKHCN", "02/2021", "TT-BKHCN"),
        ("Số: 07 / NQ - HĐND", "07", "NQ-HĐND"),
        ("S6: 88/BC-TTƯD", "88", "BC-TTƯD"),
        ("SỔ: su /NQ-TĐC", None, "NQ-TĐC"),
        ("SỐ: rà, /NQ-TĐC", None, "NQ-TĐC"),
        ("Số 15-KH/TU", "15", "KH/TU"),
        ("Số: 1234a/UBND-VX", "1234a", "UBND-VX"),
    ],
)
def test_number_and_symbol(line, number, symbol):
    found = facts("UBND TỈNH YÊN BÁI", *RIGHT, line, "THÔNG BÁO", "Về việc nghỉ lễ")
    assert (found.number, found.symbol) == (number, symbol)
    assert found.raws["symbol"] == " ".join(line.split("\t"))


@pytest.mark.parametrize(
    ("line", "issued"),
    [
        ("Yên Bái, ngày 05 tháng 3 năm 2021", "2021-03-05"),
        ("Bà Rịa - Vũng Tàu, ngày 5 tháng 12 năm 2019", "2019-12-05"),
        ("TP. Hồ Chí Minh, ngày 30 tháng 4 năm 2015", "2015-04-30"),
        ("Yên Bái , ngày 05 tháng 03 năm 2021.", "2021-03-05"),
        ("Thái Nguyên, ngày      tháng 3 năm 2021", None),
        ("Thái Nguyên, ngày … tháng … năm 2021", None),
        ("Thái Nguyên, ngày\ttháng 3 năm 2021", None),
        ("Thái Nguyên, ngày ..... tháng ..... năm 20....", None),
        ("Yên Bái, ngày 31 tháng 02 năm 2021", None),
        ("Đắk Lắk, ngày 12/3/2020", "2020-03-12"),
        ("Số: 12/TB-SKHCN Lai Châu, ngày 7 tháng 8 năm 2013", "2013-08-07"),
    ],
)
def test_date(line, issued):
    found = facts("SỞ KHOA HỌC VÀ CÔNG NGHỆ", *RIGHT, line, "THÔNG BÁO", "Về việc nghỉ lễ")
    assert found.issued == issued
    assert "ngày" in found.raws["issued"]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (["ỦY BAN NHÂN DÂN", "TỈNH YÊN BÁI", *RIGHT], "Ủy ban nhân dân tỉnh Yên Bái"),
        (["ỦY BAN NHÂN DÂN\t" + STATE, "TỈNH LÂM ĐỒNG\t" + MOTTO], "Ủy ban nhân dân tỉnh Lâm Đồng"),
        (["UBND TỈNH VĨNH PHÚC " + STATE, "SỞ KHOA HỌC VÀ CÔNG NGHỆ " + MOTTO], "Sở Khoa học và Công nghệ"),
        ([*RIGHT, "UBND TỈNH SƠN LA", "SỞ KHOA HỌC VÀ", "CÔNG NGHỆ"], "Sở Khoa học và Công nghệ"),
        (["BỘ KHOA HỌC VÀ CÔNG NGHỆ", "CỤC SỞ HỮU TRÍ TUỆ", *RIGHT], "Cục Sở hữu trí tuệ"),
        (["UBND HUYỆN VĂN CHẤN", *RIGHT], "UBND huyện Văn Chấn"),
        (["LIÊN HIỆP CÁC", "HỘI KHOA HỌC VÀ KỸ THUẬT", "TỈNH LÀO CAI", *RIGHT], "Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Lào Cai"),
        (["SỞ KHOA HỌC VÀ CÔNG NGHỆ", "HỘI ĐỒNG TƯ VẤN TUYỂN CHỌN", *RIGHT], "Hội đồng tư vấn tuyển chọn"),
        (["DỰ THẢO", "ỦY BAN NHÂN DÂN", "THÀNH PHỐ CẦN THƠ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "VIỆT NAM", MOTTO], "Ủy ban nhân dân thành phố Cần Thơ"),
        (["ỦY", "BAN NHÂN DÂN", "TỈNH QUẢNG NAM", "CỘNG", "HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", MOTTO], "Ủy ban nhân dân tỉnh Quảng Nam"),
        (["TỈNH ỦY YÊN BÁI", "*", "ĐẢNG CỘNG SẢN VIỆT NAM"], "Tỉnh ủy Yên Bái"),
        (["SỞKHOA HỌC VÀCÔNG NGHỆ", "cộng hòa xã hội chủ nghĩa việt nam", MOTTO], "Sở Khoa học và Công nghệ"),
    ],
)  # fmt: skip
def test_issuing_office(head, body):
    found = facts(
        *head, "Số: 12/TB-VP", "Yên Bái, ngày 05 tháng 3 năm 2021", "THÔNG BÁO", "Về việc nghỉ lễ"
    )
    assert found.body == body
    assert found.raws["body"].isupper()


@pytest.mark.parametrize(
    ("lines", "kind", "subject"),
    [
        (["QUYẾT ĐỊNH", "Về việc phê duyệt danh mục", "nhiệm vụ năm 2022", "GIÁM ĐỐC SỞ", "Căn cứ Luật;"], "quyết định", "phê duyệt danh mục nhiệm vụ năm 2022"),
        (["QUYẾT ĐỊNH", "BAN HÀNH QUY CHẾ XÉT TẶNG GIẢI THƯỞNG VÀ", "KHEN THƯỞNG", "ỦY BAN NHÂN DÂN TỈNH", "Căn cứ Luật;"], "quyết định", "BAN HÀNH QUY CHẾ XÉT TẶNG GIẢI THƯỞNG VÀ KHEN THƯỞNG"),
        (["K Ế H O Ạ C H", "Ứng dụng công nghệ thông tin năm 2022", "Thực hiện Quyết định số 12/QĐ-TTg ngày 2/3/2021, Sở xây dựng kế hoạch như sau:"], "kế hoạch", "Ứng dụng công nghệ thông tin năm 2022"),
        (["THÔNG BÁO SỐ 2", "Về việc tuyển dụng viên chức", "-----", "Căn cứ nhu cầu công việc,"], "thông báo", "tuyển dụng viên chức"),
        (["V/v cử cán bộ dự tập huấn", "Kính gửi: Văn phòng UBND tỉnh"], "công văn", "cử cán bộ dự tập huấn"),
        (["V/v: đăng ký nhiệm vụ khoa học và\tYên Bái, ngày 9 tháng 3 năm 2021", "công nghệ năm 2022", "Kính gửi:", "- Các sở, ban, ngành;"], "công văn", "đăng ký nhiệm vụ khoa học và công nghệ năm 2022"),
        (["GIẤY MỜI", "Họp Hội đồng tư vấn", "Kính gửi: Ông Lò Văn Piềng"], "giấy mời", "Họp Hội đồng tư vấn"),
        (["BIÊN BẢN", "Họp đánh giá, nghiệm thu", "Thời gian: 8 giờ ngày 2/3/2021"], "biên bản", "Họp đánh giá, nghiệm thu"),
        (["NGHỊ QUYẾT", "Về phát triển khoa học, công nghệ (2021 - 2025)", "HỘI ĐỒNG NHÂN DÂN TỈNH", "Căn cứ"], "nghị quyết", "Về phát triển khoa học, công nghệ (2021 - 2025)"),
        (["NGHỊ ĐỊNH", "VỀ CÔNG TÁC LƯU TRỮ", "Căn cứ Luật Tổ chức Chính phủ ngày 19 tháng 6 năm 2015;"], "nghị định", "VỀ CÔNG TÁC LƯU TRỮ"),
        (["BẢNG GIÁ", "Dịch vụ kiểm định phương tiện đo", "TT\tTên\tĐơn giá", "1\tCân đồng hồ\t15.000"], "bảng giá", "Dịch vụ kiểm định phương tiện đo"),
        (["BÁO CÁO", "ỨNG DỤNG CÔNG NGHỆ THÔNG TIN", "TRONG HOẠT ĐỘNG CỦA CƠ QUAN", "2021-2026", "Thời gian thực hiện: 5 năm."], "báo cáo", "ỨNG DỤNG CÔNG NGHỆ THÔNG TIN TRONG HOẠT ĐỘNG CỦA CƠ QUAN 2021-2026"),
        (["TỜ TRÌNH", "Đề nghị phê duyệt dự toán", "Kính gửi: UBND tỉnh"], "tờ trình", "Đề nghị phê duyệt dự toán"),
    ],
)  # fmt: skip
def test_kind_and_subject(lines, kind, subject):
    found = facts(
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
        *RIGHT,
        "Số: 12/SKHCN",
        "Yên Bái, ngày 05 tháng 3 năm 2021",
        *lines,
    )
    assert (found.kind, found.subject) == (kind, subject)


@pytest.mark.parametrize(
    ("lines", "signer"),
    [
        (["Nơi nhận:", "- Như Điều 3;", "- Lưu: VT.", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "(Đã ký)", "Phạm Thị Hồng Nhâm"], "Phạm Thị Hồng Nhâm"),
        (["Nơi nhận:\tTL. GIÁM ĐỐC", "- Như trên;\tTRƯỞNG PHÒNG QUẢN LÝ", "- Lưu: VT.\tKHOA HỌC", "ThS. Nguyễn Thành Công"], "Nguyễn Thành Công"),
        (["Nơi nhận: GIÁM ĐỐC", "- Như trên;", "- Website Sở; PGS.TS. Đỗ Mạnh Thược"], "Đỗ Mạnh Thược"),
        (["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "ĐẶNG XUÂN LẪM", "Nơi nhận:", "- Lưu: VT."], "Đặng Xuân Lẫm"),
        (["THƯ KÝ\tCHỦ TRÌ", "Hà Thị Vy\tLương Bá Khải"], "Lương Bá Khải"),
        (["KT. BỘ TRƯỞNG BỘ TÀI CHÍNH\tKT. BỘ TRƯỞNG BỘ KHOA HỌC VÀ CÔNG NGHỆ", "THỨ TRƯỞNG\tTHỨ TRƯỞNG", "Hà Thị Vy\tLương Bá Khải", "Nơi nhận:", "- Lưu: VT."], "Hà Thị Vy; Lương Bá Khải"),
        (["ĐẠI DIỆN BÊN A\tĐẠI DIỆN BÊN B", "GIÁM ĐỐC\tGIÁM ĐỐC", "Hà Thị Vy\tLương Bá Khải"], "Hà Thị Vy; Lương Bá Khải"),
        (["Q. GIÁM ĐỐC", "Lưu Văn Phong"], "Lưu Văn Phong"),
        (["GIÁM ĐỐC", "Ký bởi: Sở Khoa học và Công nghệ", "Ngày ký: 12-03-2021 08:15:27 +07:00", "Y Siêng Niê"], "Y Siêng Niê"),
        (["CHI CỤC TRƯỞNG", "Trương Công Hợi"], "Trương Công Hợi"),
        (["Nơi nhận:", "- Lưu: VT.", "GIÁM ĐỐC"], None),
    ],
)  # fmt: skip
def test_signer(lines, signer):
    found = facts(
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ", *RIGHT, "Số: 12/TB-SKHCN", "Yên Bái, ngày 05 tháng 3 năm 2021", "THÔNG BÁO", "Về việc nghỉ lễ",
        "Căn cứ đề nghị của Văn phòng, Sở thông báo lịch nghỉ lễ như sau và đề nghị các đơn vị thực hiện./.", *lines,
    )  # fmt: skip
    assert found.signer == signer
    assert found.issued == "2021-03-05"


@pytest.mark.parametrize(
    "lines",
    [
        ["Quy trình kỹ thuật trồng cây Sâm bố chính", "1. Chọn đất", "Đất tơi xốp, thoát nước."],
        ["DANH MỤC ĐỀ TÀI", "TT\tTên\tKinh phí", "1\tNuôi cá lồng\t860"],
        ["Annual report", "The department of science and technology"],
        [],
    ],
)
def test_other_texts_have_no_facts(lines):
    assert facts(*lines) is None


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("ThS. Nguyễn Văn Viễn", "Nguyễn Văn Viễn"), ("TRẦN THỊ CÚC", "Trần Thị Cúc"), ("Đại tá, TS. Hoàng Minh", "Hoàng Minh"),
        ("Phòng Quản lý", None), ("Khoa học và Công nghệ", None), ("GIÁM ĐỐC", None), ("Sở Tài chính", None),
    ],
)  # fmt: skip
def test_names(printed, name):
    assert read_signer(printed) == name


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("SỞ THÔNG TIN VÀ TRUYỀN THÔNG", "Sở Thông tin và Truyền thông"),
        ("TRUNG TÂM ỨNG DỤNG\nTIẾN BỘ KH&CN", "Trung tâm Ứng dụng tiến bộ KH&CN"),
        ("VIỆN NGHIÊN CỨU CHÈ YÊN BÁI", "Viện Nghiên cứu chè Yên Bái"),
    ],
)
def test_offices_in_usual_letters(printed, name):
    assert usual(printed) == name


@pytest.mark.parametrize(
    ("offices", "body"),
    [
        (["BỘ KHOA HỌC VÀ CÔNG NGHỆ", "BỘ TÀI CHÍNH"], "Bộ Khoa học và Công nghệ - Bộ Tài chính"),
        (["UBND TỈNH YÊN BÁI", "SỞ KHOA HỌC VÀ CÔNG NGHỆ", "SỞ TÀI CHÍNH"], "Sở Khoa học và Công nghệ - Sở Tài chính"),
        (["SỞ KHOA HỌC VÀ CÔNG NGHỆ", "CHI CỤC TIÊU CHUẨN ĐO LƯỜNG CHẤT LƯỢNG"], "Chi cục Tiêu chuẩn Đo lường Chất lượng"),
    ],
)  # fmt: skip
def test_offices_of_one_rank_issue_as_one(offices, body):
    found = facts(*offices, *RIGHT, "Số: 12/2015/TTLT-BKHCN-BTC", "Yên Bái, ngày 05 tháng 3 năm 2021", "HƯỚNG DẪN", "Về việc chi")  # fmt: skip
    assert (found.body, found.number, found.symbol) == (body, "12/2015", "TTLT-BKHCN-BTC")

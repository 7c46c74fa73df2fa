"""What the sample documents speak of: made-up people, offices and sentences."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

PLACES = (
    ("Yên Bái", "tỉnh"), ("Vĩnh Phúc", "tỉnh"), ("Đắk Lắk", "tỉnh"), ("Thừa Thiên Huế", "tỉnh"),
    ("Bà Rịa - Vũng Tàu", "tỉnh"), ("Cần Thơ", "thành phố"), ("Hà Giang", "tỉnh"), ("Quảng Ngãi", "tỉnh"),
)  # fmt: skip
PEOPLE = (
    "Nguyễn Hữu Tạc", "Trần Thị Bích Lựu", "Lê Quang Đẩu", "Hoàng Văn Chẩn", "Phạm Thị Hồng Nhâm",
    "Vũ Đình Khoáng", "Đỗ Mạnh Thược", "Y Siêng Niê", "Bùi Thị Ngọc Quyến", "Đặng Xuân Lẫm",
    "Nông Thị Ươm", "H'Loan Êban", "Lý A Páo", "Dương Thuỵ Miên", "Tô Vũ",
)  # fmt: skip
TITLES = ("", "", "", "ThS. ", "TS. ", "PGS.TS. ", "TS ")
SUBJECTS = (
    "phê duyệt Danh mục nhiệm vụ khoa học và công nghệ cấp tỉnh thực hiện từ năm {next}",
    "công nhận kết quả thực hiện đề tài “Nghiên cứu bảo tồn nguồn gen cây Chè shan tuyết vùng cao”",
    "tuyển chọn tổ chức, cá nhân chủ trì nhiệm vụ KH&CN cấp tỉnh năm {year}",
    "tăng cường công tác quản lý đo lường đối với kinh doanh xăng dầu",
    "tổ chức Ngày Khoa học và Công nghệ Việt Nam 18 tháng 5",
    "kiểm tra nhãn hàng hóa và phương tiện đo nhóm 2 dịp Tết Nguyên đán",
    "thành lập Hội đồng tư vấn đánh giá, nghiệm thu kết quả đề tài",
    "đăng ký bảo hộ nhãn hiệu chứng nhận “Mật ong bạc hà”",
    "ứng dụng và phát triển công nghệ thông tin trong hoạt động của cơ quan nhà nước giai đoạn {year}-{later}",
    "bảo đảm an toàn bức xạ tại các cơ sở y tế",
    "cung cấp thông tin",
)  # fmt: skip
SENTENCES = (
    "Sở đã chủ trì, phối hợp với các đơn vị liên quan rà soát 27 nhiệm vụ, trong đó 9 nhiệm vụ thuộc lĩnh vực nông nghiệp, chiếm 33,3%.",
    "Kinh phí thực hiện được bảo đảm từ nguồn sự nghiệp KH&CN của tỉnh là 4.850 triệu đồng và các nguồn hợp pháp khác.",
    "Nhiệt độ sấy được giữ ở 55 - 60°C trong 8 giờ, năng suất trung bình đạt 12,5 tấn/ha trên diện tích 1.200 m².",
    "Hồ sơ gửi về bộ phận tiếp nhận trước 17 giờ ngày 30 tháng 9; quá thời hạn trên, hồ sơ không được xem xét.",
    "Các đơn vị báo cáo kết quả định kỳ 6 tháng, 1 năm hoặc đột xuất theo yêu cầu của cơ quan có thẩm quyền.",
    "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, đề nghị phản ánh về Phòng Quản lý Khoa học để tổng hợp.",
    "Đề tài đã xây dựng được quy trình kỹ thuật nhân giống, ươm trồng, chăm sóc và phòng trừ sâu bệnh cho cây dược liệu bản địa.",
    "Việc kiểm định cân, đồng hồ nước và cột đo xăng dầu được thực hiện theo đúng trình tự, thủ tục quy định.",
    "Tỷ lệ doanh nghiệp áp dụng hệ thống quản lý chất lượng ISO 9001:2015 tăng 1,8 lần so với cùng kỳ năm trước.",
    "Chủ nhiệm đề tài chịu trách nhiệm trước pháp luật về tính trung thực của số liệu, tài liệu đã cung cấp.",
    "Tổ chức chủ trì nộp 01 bản gốc, 09 bản sao và bản điện tử (định dạng PDF) ghi trên đĩa quang.",
    "Thời gian thực hiện: 24 tháng, kể từ tháng 01 năm sau; địa điểm: các xã vùng cao, vùng đồng bào dân tộc thiểu số.",
)  # fmt: skip
GROUNDS = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
    "Căn cứ Luật Khoa học và Công nghệ ngày 18 tháng 6 năm 2013;",
    "Căn cứ Nghị định số 08/2014/NĐ-CP ngày 27 tháng 01 năm 2014 của Chính phủ;",
    "Căn cứ Quyết định số 1175/QĐ-UBND ngày 04/7/2016 quy định chức năng, nhiệm vụ của đơn vị;",
    "Theo đề nghị của Trưởng phòng Quản lý Khoa học tại Tờ trình số 43/TTr-QLKH ngày 27 tháng 02 năm 2020,",
)  # fmt: skip
RECIPIENTS = (
    ("- Như Điều 3;", "- UBND tỉnh (b/c);", "- Lưu: VT, QLKH."),
    ("- Như trên;", "- Lãnh đạo Sở;", "- Lưu: VT."),
    ("- Bộ KH&CN (b/c);", "- CT, các PCT UBND;", "- Trung tâm TT&CB;", "- Lưu: VT, VX (12b)."),
    ("- Các tổ chức, cá nhân;", "- Website Sở;", "- Lưu: VT, TĐC."),
)  # fmt: skip
TABLE = (
    ("TT", "Tên nhiệm vụ", "Đơn vị chủ trì", "Kinh phí (triệu đồng)"),
    ("1", "Nghiên cứu trồng thử cây Sâm bố chính", "Trung tâm Ứng dụng", "1.250,5"),
    ("2", "Mô hình nuôi cá lồng trên hồ Thác Bà", "HTX Hồng Hà", "860"),
    ("3", "Ứng dụng GIS & viễn thám trong quản lý rừng", "Chi cục Kiểm lâm", "2.015"),
)


@dataclass(frozen=True, slots=True)
class Words:
    """What forms are filled with: places with their rank, subjects, and who signs."""

    places: tuple[tuple[str, str], ...]
    subjects: tuple[str, ...]
    person: Callable[[random.Random], str]


COMMON = Words(PLACES, SUBJECTS, lambda chance: chance.choice(PEOPLE))

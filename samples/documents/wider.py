"""Words for forms that no rule was made on: every province, composed names, other subjects."""

from __future__ import annotations

import random

from crawler.portals.provinces import CITIES, PROVINCES
from samples.documents.words import Words

FAMILIES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Hoàng", "Phan", "Võ", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương",
    "Đinh", "Trịnh", "Đoàn", "Lương", "Mai", "Cao", "Tạ", "Nông", "Triệu", "Hứa", "Lò", "Giàng", "Thào", "Bế", "Vi",
)  # fmt: skip
MIDDLES = (
    "Văn", "Thị", "Hữu", "Đức", "Minh", "Ngọc", "Thanh", "Xuân", "Quốc", "Đình", "Thị Thu", "Thị Mỹ", "Anh", "Bá", "Công",
    "Duy", "Gia", "Hoài", "Kim", "Mạnh", "Như", "Phước", "Quý", "Sỹ", "Tấn", "Thế", "Trọng", "Tuấn", "Viết", "Đăng",
)  # fmt: skip
GIVEN = (
    "An", "Ánh", "Bình", "Bằng", "Châu", "Chương", "Cường", "Cảnh", "Dũng", "Duyên", "Đạt", "Điệp", "Đông", "Giang", "Hà",
    "Hải", "Hạnh", "Hằng", "Hiển", "Hiệp", "Hòa", "Huệ", "Hùng", "Huy", "Hương", "Khánh", "Khoa", "Kiên", "Lâm", "Lan",
    "Linh", "Loan", "Lộc", "Lực", "Mẫn", "Nam", "Nga", "Nghĩa", "Nhung", "Oanh", "Phong", "Phúc", "Phượng", "Quang", "Quyền",
    "Sơn", "Tâm", "Thắng", "Thảo", "Thủy", "Tiến", "Toàn", "Trâm", "Trí", "Tùng", "Tuyết", "Vân", "Việt", "Vượng", "Yến",
)  # fmt: skip
SUBJECTS = (
    "ban hành Quy chế quản lý nhiệm vụ khoa học và công nghệ có sử dụng ngân sách nhà nước",
    "phê duyệt kết quả lựa chọn nhà thầu gói thầu mua sắm thiết bị kiểm định",
    "hỗ trợ doanh nghiệp nâng cao năng suất, chất lượng sản phẩm, hàng hóa năm {year}",
    "triển khai thực hiện Nghị quyết số 57-NQ/TW của Bộ Chính trị",
    "xác nhận khai báo thiết bị X-quang chẩn đoán trong y tế",
    "mời tham dự Hội thảo “Khởi nghiệp đổi mới sáng tạo vùng Đông Nam Bộ”",
    "công bố Danh mục thủ tục hành chính lĩnh vực Sở hữu trí tuệ được sửa đổi, bổ sung",
    "giao chỉ tiêu kế hoạch và dự toán ngân sách năm {next}",
    "góp ý dự thảo Nghị định quy định chi tiết Luật Tiêu chuẩn và Quy chuẩn kỹ thuật",
    "báo cáo kết quả thực hiện cải cách hành chính quý III năm {year}",
    "tuyển dụng viên chức năm {year}",
    "thanh tra chuyên đề về đo lường, chất lượng trong kinh doanh vàng trang sức, mỹ nghệ",
    "kiện toàn Ban Chỉ đạo chuyển đổi số giai đoạn {year} - {later}",
    "khen thưởng tập thể, cá nhân có thành tích xuất sắc trong phong trào thi đua",
    "cử cán bộ đi công tác nước ngoài",
    "hướng dẫn đề xuất đặt hàng nhiệm vụ khoa học và công nghệ cấp cơ sở",
    "nghiệm thu đề tài “Đánh giá thực trạng ô nhiễm vi nhựa tại hạ lưu sông Trà Khúc”",
    "điều chỉnh thời gian thực hiện dự án “Ứng dụng công nghệ sấy thăng hoa cho quả vải”",
)  # fmt: skip
PLACES = tuple(
    (province.name.removeprefix("Thành phố "), "thành phố" if slug in CITIES else "tỉnh")
    for slug, province in sorted(PROVINCES.items())
)


def person(chance: random.Random) -> str:
    """A family's name, one or two in the middle, one of the person's own."""
    return " ".join(map(chance.choice, (FAMILIES, MIDDLES, GIVEN)))


WIDER = Words(PLACES, SUBJECTS, person)

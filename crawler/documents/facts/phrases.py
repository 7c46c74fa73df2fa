"""Pairs of syllables that titles of administrative documents are made of.

Each is the only pair of words in a row that has its letters: `đầu tư` is not here, for the sake of `bắt đầu từ`.
"""

from __future__ import annotations

_PHRASES_TEXT = (
    "quản lý|chi tiết|cán bộ|sử dụng|sửa đổi|bổ sung|tổ chức|công nghệ|khoa học|thực hiện|phê duyệt|nhiệm vụ|danh mục|kết quả|đề tài|dự án|"
    "nghiệm thu|tuyển chọn|xét chọn|đặt hàng|cấp tỉnh|nhà nước|doanh nghiệp|sản phẩm|hàng hóa|chất lượng|tiêu chuẩn|quy chuẩn|"
    "kỹ thuật|đo lường|kiểm tra|thanh tra|giám sát|xử lý|xử phạt|vi phạm|hành chính|thủ tục|cải cách|chuyển đổi|đổi mới|khởi nghiệp|"
    "sở hữu|hữu trí|trí tuệ|nhãn hiệu|chứng nhận|chỉ dẫn|địa lý|đăng ký|bảo hộ|bảo đảm|an toàn|bức xạ|hạt nhân|thiết bị|chẩn đoán|"
    "kế hoạch|chương trình|quyết định|nghị quyết|nghị định|chỉ thị|hướng dẫn|thông báo|báo cáo|tờ trình|công văn|"
    "triển khai|tăng cường|đẩy mạnh|nâng cao|phát triển|ứng dụng|thông tin|truyền thông|hoạt động|cơ quan|đơn vị|địa phương|"
    "ủy ban|nhân dân|hội đồng|ban chỉ|chỉ đạo|lãnh đạo|chính phủ|chính trị|trung ương|quốc gia|quốc hội|việt nam|toàn quốc|"
    "thành lập|kiện toàn|công nhận|công bố|ban hành|điều chỉnh|thay thế|bãi bỏ|hủy bỏ|phân cấp|ủy quyền|bổ nhiệm|tuyển dụng|viên chức|công chức|"
    "khen thưởng|thi đua|đào tạo|bồi dưỡng|tập huấn|hội thảo|hội nghị|tọa đàm|cuộc thi|giải thưởng|tham dự|phối hợp|"
    "đề nghị|góp ý|dự thảo|thẩm định|thẩm tra|đánh giá|đấu thầu|lựa chọn|nhà thầu|gói thầu|mua sắm|dự toán|ngân sách|"
    "thời gian|giai đoạn|định hướng|trách nhiệm|quyền hạn|chức năng|quy chế|quy định|quy trình|tiếp nhận|hồ sơ|cấp phép|giấy phép|"
    "giấy chứng|xác nhận|khai báo|nước ngoài|hợp tác|quốc tế|cá nhân|tập thể|xuất sắc|phong trào|năng suất|"
    "môi trường|nông nghiệp|nông thôn|công nghiệp|thương mại|dịch vụ|xây dựng|giáo dục|văn hóa|kinh tế|kinh doanh|xăng dầu|"
    "trang sức|mỹ nghệ|nguyên đán|điện tử|quốc phòng|dữ liệu|hệ thống|hạ tầng|mạng lưới|"
    "nghiên cứu|thử nghiệm|sản xuất|chăn nuôi|trồng trọt|thủy sản|lâm nghiệp|bảo tồn|nguồn gen|dược liệu|mô hình|chuyển giao|quy mô|"
    "thực trạng|giải pháp|ô nhiễm|biến đổi|khí hậu|thiên tai|phòng chống|dịch bệnh|nhiệm kỳ|đại hội|đảng bộ|thanh niên|phụ nữ|"
    "chuyên đề|chuyên gia|tư vấn|hỗ trợ|ưu đãi|khuyến khích|xúc tiến|liên kết|thị trường|truy xuất|nguồn gốc|mã vạch"
)
PHRASES = frozenset(_PHRASES_TEXT.split("|"))

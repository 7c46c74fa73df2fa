"""What is furniture on a portal, and what only looks like it."""

from __future__ import annotations

import pytest

from crawler.extract.boilerplate_rules import ends_article, furniture

FURNITURE = [
    "Xem cỡ chữ Google", "Xem với cỡ chữ", "Xem với cỡ chữAA", "A- A A+", "-A A +A", "A A", "A+ A- In",
    "Font size : A- A A+", "Tăng cỡ chữ Giảm cỡ chữ", "Tăng tương phản Giảm tương phản", "Google",
    "Chế độ ban đêm In trang Xuất PDF Đọc nội dung", "Lượt xem: 140", "Số lượt xem: 642", "Xem: 544",
    "Lượt xem:", "Đã xem: 154", "Số lượt đọc: 5345", "Lượt dowload: 130 Lượt xem: 613",
    "cms-view-count: 2251", "Số lượt truy cập: 20162046", "Đang online :4517", "Khách trực tuyến : 3738",
    "Truy cập tổng 2.616.333", "Tổng truy cập : | 57,998", "Online: 76", "Đang truy cập: 1",
    "Tổng lượt truy cập: 12.345", "Hôm nay: 1.204", "Chia sẻ bài viết lên facebook",
    "Chia sẻ bài viết lên facebook twitter google+", "Copy link", "In trang", "Email In PDF", "Facebook",
    "Về trang trước", "Skip to main content", "Skip Ribbon Commands", "Nhảy đến nội dung",
    "Truy cập nội dung luôn", "Đăng nhập", "PublishingPortal - Block_BanTin_Toolbar",
    "Description: C:\\Users\\admin\\Pictures\\IMG_01.jpg", "image", "IMG_2031.JPG", "null",
    "Người đăng tin: Test Test", "Hệ thống đang trong giai đoạn chạy thử nghiệm", "DởHay",
    "Chung nhan Tin Nhiem Mang", "Đánh giá: / 0", "(0 phiếu)",
    "Chú ý: Việc đăng lại bài viết trên ở website khác mà không ghi rõ nguồn là vi phạm bản quyền",
]  # fmt: skip


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture(line):
    assert furniture([line])


PROSE = [
    "Lượt xem trang thông tin của Sở trong năm tăng 27% so với năm trước.",
    "Nhiệt độ trung bình của vùng là 23°C, độ ẩm không khí khoảng 82%, thích hợp trồng chè.",
    "Đề nghị các đơn vị đăng nhập hệ thống trước ngày 15 để cập nhật số liệu.",
    "Trời nhiều mây, nhóm nghiên cứu vẫn hoàn thành việc lấy mẫu theo đúng kế hoạch đã duyệt.",
    "In trang bìa báo cáo theo mẫu số 3.",
    "Chia sẻ kinh nghiệm tại hội nghị, ông Lương Bá Khải cho biết đã đầu tư hai dây chuyền.",
    "./.",
    "1. Mục tiêu",
    "Hội nghị",
    "Hôm nay, Sở tổ chức hội nghị.",
    "Xem xét, quyết định chủ trương đầu tư",
    "Số lượt người được tập huấn: 120",
]


@pytest.mark.parametrize("line", PROSE)
def test_prose(line):
    assert furniture([line]) == {}
    assert not ends_article(line)


WEATHER = [
    (["15oC"], [0]),
    (["15oC", "Thấp nhất 13°C, cao nhất 17°C. Trời nhiều mây, . Áp suất không khí hPa.",
      "Độ ẩm trung bình %. Tốc độ gió km/h"], [0, 1, 2]),
    (["Lào Cai 28° - 29°C"], [0]),
    (["Thời tiết", "Nắng", "31°C - 34°C"], [0, 1, 2]),
    (["Độ ẩm trung bình của đất đạt 80%"], []),
    (["Nắng"], []),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), WEATHER)
def test_weather_comes_in_clusters(lines, expected):
    assert sorted(furniture(lines)) == expected


ENDS = [
    "Các tin đã đưa ngày:", "Các tin khác", "CÁC TIN LIÊN QUAN", "Tin cùng chuyên mục", "Tin liên quan",
    "Các tin tiếp", "Các tin liên quan", "Tin khác", "Tin bài liên quan", "Bài viết liên quan",
    "Những tin mới hơn", "Những tin cũ hơn", "Tin mới nhất", "Xem tin theo ngày", "Ý kiến bạn đọc",
    "Ý kiến bạn đọc:", "Góp ý của bạn đọc", "Bình luận (3)", "Gửi bình luận", "Phản hồi: 0",
    "Tổng số điểm của bài viết là: 5 trong 1 đánh giá", "Click để đánh giá bài viết",
    "Bản quyền thuộc: Sở Khoa học và Công nghệ", "Thống kê truy cập", "Liên kết website",
    "Các bài viết khác", "Tin đã đưa", "Các tin mới", "Tin cùng loại:", "Tags:",
    "Designed by VNPT Ninh Binh", "Chịu trách nhiệm chính: Ông Lương Bá Khải",
]  # fmt: skip


@pytest.mark.parametrize("line", ENDS)
def test_ends(line):
    assert ends_article(line)


@pytest.mark.parametrize(
    "line",
    [
        "Tin tưởng vào sự lãnh đạo của Đảng", "Các tin nhắn lừa đảo ngày càng tinh vi.",
        "Bài học kinh nghiệm", "Ý kiến của các đại biểu", "Nội dung khác do chủ tọa quyết định",
        "Đánh giá kết quả thực hiện", "Bình luận của chuyên gia về kết quả nghiên cứu",
        "Thông tin liên quan đến dự án được niêm yết tại trụ sở",
    ],
)  # fmt: skip
def test_not_an_end(line):
    assert not ends_article(line)

"""What the links of navigation say: the next page of a list, the rest of an article."""

from __future__ import annotations

import re

NEXT = re.compile(
    r"^\W*(?:trang (?:sau|tiếp|kế)|tiếp(?: theo)?|sau|next(?: page)?|›|»|>{1,2}|→"
    r"|(?:(?:các )?(?:tin|bài)(?: viết| đăng)? )?cũ hơn|older(?: (?:posts|entries))?|tải thêm(?: (?:tin|bài)(?: viết)?)?|load more)\W*$",
    re.IGNORECASE,
)
NEIGHBOUR = re.compile(  # the article before or after this one
    r"^\W*(?:(?:tin|bài)(?: viết)? )?(?:trước|sau|kế tiếp|tiếp theo|(?:cũ|mới) hơn|prev(?:ious)?|next)(?: (?:post|article))?\W*$",
    re.IGNORECASE,
)
# What a page is called that says what the office is and does; it stands in a menu, and is no news.
STANDING_PAGE = re.compile(
    r"^\W*(?:(?:trang )?giới thiệu(?: chung| về .{2,60})?|về chúng tôi|about(?: us)?|contact(?: us)?|liên hệ"
    r"|chức năng,? (?:và )?nhiệm vụ\b.*|(?:sơ đồ )?cơ cấu tổ chức\b.*|sơ đồ (?:tổ chức|trang|website|cổng)\b.*|tổ chức bộ máy\b.*"
    r"|ban (?:lãnh đạo|giám đốc)\b.{0,40}|lãnh đạo (?:sở|cơ quan|qua các thời kỳ)\b.{0,40}|lịch sử (?:hình thành|phát triển)\b.*"
    r"|danh bạ\b.*|(?:các )?(?:phòng|đơn vị) (?:chuyên môn|trực thuộc)\b.{0,40}|quy chế (?:làm việc|hoạt động)\b.*"
    r"|chính sách (?:bảo mật|riêng tư)|điều khoản sử dụng|privacy policy)\W*$",
    re.IGNORECASE,
)
MORE = re.compile(
    r"^\W*(?:xem (?:tiếp|thêm|chi tiết|bài viết)|chi tiết|(?:tiếp tục )?đọc (?:tiếp|thêm|bài viết)|read more|more|continue reading)\W*$",
    re.IGNORECASE,
)

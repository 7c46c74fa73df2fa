"""What stands on Vietnamese portals around an article and is none of it, line by line.

A rule matches a whole line, so that an article about the weather or about visit counts keeps its
sentences. Each rule says where its furniture was seen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

LONGEST = 160  # characters of a line that may be furniture
LONGEST_NOTICE = 400  # of a notice on reprinting, on cookies
NOTICES = frozenset({"reprint_notice", "cookies"})
WEATHER_WINDOW = 3  # lines: weather comes in clusters

# Lines after which nothing belongs to the article: related lists, comments, footers.
END = re.compile(
    r"^[\W_]*(?:(?:các|những|một số)?\s?(?:tin|bài|bài viết|tin tức|tin bài|thông tin|thông báo|câu hỏi|chuyên mục|nội dung|văn bản|sự kiện|video|album|hình ảnh)"
    r"(?:\s(?:tức|bài|viết))?\s(?:(?:đã|mới)\s(?:đưa|đăng|đăng tải|đưa tin)(?:\sngày)?|liên quan|khác|cùng (?:chuyên mục|loại|chủ đề)"
    r"|tiếp(?: theo)?|cũ hơn|mới hơn|trước đó|mới nhất|đọc nhiều(?: nhất)?|xem nhiều(?: nhất)?|nổi bật|nên đọc|mới cập nhật"
    r"|tương tự)|(?:các )?mục (?:liên quan|khác)(?:\s.{0,40})?|cùng (?:chuyên mục|chủ đề|loại)|(?:bài|tin)(?: viết)? (?:trước|sau|kế tiếp)|(?:các\s)?(?:tin|bài)(?:\s(?:tin|bài|viết))?\s(?:mới|cũ|khác|đã đưa|liên quan)(?:\s(?:hơn|nhất))?"
    r"|tin (?:liên quan|cùng|khác)(?:\s.{0,30})?|xem (?:thêm )?(?:tin|bài|các tin)(?:\s\w+){0,2}(?: theo ngày| khác)?"
    r"|(?:các )?ý kiến (?:bạn đọc|phản hồi|bình luận|đóng góp)|bình luận|\(?\d+\)? (?:bình luận|phản hồi|ý kiến)|gửi (?:bình luận|phản hồi|ý kiến|nhận xét)(?: của bạn)?"
    r"|góp ý(?: của bạn đọc)?|nhận xét|phản hồi(?:\s?: ?\d+)?|comments?|leave a reply|related (?:news|posts|articles)|other news"
    r"|(?:đánh giá (?:bài viết|mục này)\s?:\s?)?tổng số điểm của bài viết.{0,60}|click để đánh giá bài viết|đánh giá bài viết|đánh giá\s?:.{0,20}|những tin (?:mới|cũ) hơn"
    r"|từ khóa\s?:?|từ khoá\s?:?|tags?\s?:?|bài viết liên quan|có thể bạn quan tâm|thăm dò (?:ý kiến|dư luận)|(?:bài viết|thông tin|nội dung)(?: này)? (?:có|đã) (?:hữu ích|giúp ích).{0,40}|thống kê truy cập|lượt truy cập|số lượt truy cập.{0,30}"
    r"|bản quyền(?:\s(?:thuộc|©).{0,100}|\s?:.{0,100})?|copyright .{0,100}|©\s?(?:\d{4}|copyright|bản quyền|sở|cổng|trang|ubnd|all).{0,120}|chịu trách nhiệm (?:chính|nội dung|xuất bản).{0,100}"
    r"|về trang trước(?: (?:về|lên) đầu trang)?|liên kết website|đường dây nóng.{0,30}|designed by .{0,60})\s*(?:\(\d{1,4}\))?\s*[:.…»>]*\W*$",
    re.IGNORECASE,
)
RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"^[\W_]*(?:{pattern})[\W_]*$", re.IGNORECASE))
    for name, pattern in (
        # Yên Bái, Ninh Thuận, Lạng Sơn, Bình Định
        (
            "font_size",
            r"(?:xem\s)?(?:với\s)?cỡ chữ(?:\s?:)?(?:\s?(?:google|a{1,3}|font size.{0,20}|giảm.{0,20}|tăng.{0,20}|[-+]))*"
            r"|font size.{0,20}|(?:a\s?[-+]?\s?){2,6}(?:in)?|[-+]?a(?:\s?[-+]?a\s?[-+]?)+(?:\sin)?|[-+\s]+a[-+\s]a.{0,6}"
            r"|(?:tăng|giảm)(?: cỡ chữ| tương phản)(?:\s(?:tăng|giảm)(?: cỡ chữ| tương phản))*|google"
            r"|chế độ ban đêm.{0,40}|đọc bài(?: viết)?|nghe (?:bài|tin)(?: viết)?|đọc nội dung|mặc định",
        ),
        # everywhere
        (
            "counter",
            r"(?:số\s)?(?:(?:lượt|lần)\s?)?(?:xem|đọc|truy cập|view count|views?|lượt tải|lượt xem|đã xem|lượt dow?n?load)\s?(?:bài viết|tin)?\s?[:(]?\s?[\d.,]*\s?\)?(?:\s?(?:lượt|lần)(?: xem| đọc)?)?"
            r"|(?:tổng\s)?(?:số\s)?lượt\s(?:người\s)?(?:xem|đọc|truy cập|tải)(?:\s(?:bài|tin))?\s?:?\s?[\d.,]*\s?(?:bản in|in)?"
            r"|[\d.,]{1,9}\s?(?:lượt|lần)\s?(?:xem|đọc)|(?:lượt dow?n?load|lượt tải)\s?:\s?\d+\s*lượt xem\s?:\s?\d+",
        ),
        (
            "visits",
            r"(?:(?:số lượt|tổng(?: số)?(?: lượt)?|đang|khách|thành viên|thống kê|lượt)\s)?(?:truy cập|online|trực tuyến)(?:\s?(?:tổng|hiện tại|trong ngày|hôm nay))?\s?[:|]?\s*[\d.,|\s]*"
            r"|(?:hôm nay|hôm qua|trong tuần|tuần này|tháng này|trong tháng|trong năm|tất cả|máy chủ tìm kiếm)\s?[:|]?\s?[\d.,]+",
        ),
        (
            "share",
            r"(?:chia sẻ|share)(?:\s(?:bài viết|tin|lên|qua|facebook|twitter|zalo|google\+?|linkedin|email|pinterest|này|với bạn bè)){0,8}"
            r"|(?:(?:thích|like|chia sẻ|share|tweet|bình luận)\s?:?\s?\(?[\d.,]+[km+]{0,2}\)?\s{0,2}){1,4}"
            r"|(?:mời|kính mời) (?:bạn|quý)\b.{0,20}\b(?:theo dõi|like|quan tâm)\b.{0,60}\b(?:zalo|facebook|youtube|fanpage|google news|telegram|tiktok)\b.{0,60}"
            r"|(?:bạn )?thích bài viết này\b.{0,60}|(?:hãy )?đăng ký (?:nhận|theo dõi) (?:bản tin|newsletter|email|tin)\b.{0,100}"
            r"|(?:comments are|commenting is|comments) closed|(?:chức năng )?(?:bình luận|nhận xét|phản hồi) (?:đã )?(?:được |bị )?(?:đóng|khóa|khoá|tắt)"
            r"|(?:facebook|twitter|zalo|google\+|linkedin|pinterest|copy link|sao chép liên kết|tweet|thích|like|email|gửi (?:email|mail|bạn bè|cho bạn bè)|bookmark)(?:\s?(?:facebook|twitter|zalo|google\+|linkedin|email|in|pdf))*",
        ),
        (
            "print",
            r"ngày in\s?:.{0,40}|in(?: ra| trang| bài| bài viết| tin| ấn| nội dung)?|bản in|print|xuất pdf|tải (?:về|pdf)|email\s?in\s?pdf|email in|in pdf|lưu(?: (?:bài|tin)(?: viết)?(?: này)?)?|gửi(?: (?:bài|tin)(?: viết)?(?: này)?)?",
        ),
        ("rating", r"(?:bài viết )?(?:đánh giá|xếp hạng)\s?[:/]?[\s★☆✩⭐*\d./()-]*(?:\d+ )?(?:đánh giá|phiếu|lượt|sao|điểm)?[\s★☆✩⭐*\d./()-]*|(?:dở\s?hay|hay\s?dở)|rate this.{0,20}|vote|bình chọn|\d(?:\s?/\s?5)?\s?sao|xếp hạng.{0,30}|\(?\d+ (?:phiếu|đánh giá|votes?)\)?"),
        (
            "navigation",
            r"(?:quay (?:lại|về)|trở (?:lại|về))\s?:.{0,60}|(?:về |quay lại |trở (?:về|lại) ?)(?:trang (?:trước|chủ)|đầu trang)?|(?:lên )?đầu trang|xem (?:thêm|tiếp|tất cả|(?:nội dung |toàn văn )?chi tiết)(?: (?:tại|ở|trong)(?: đây| file| tệp)(?: (?:đính )?kèm)?)?|trang trước|trang (?:sau|tiếp)|"
            r"trước|sau|tiếp theo|skip (?:to main content|ribbon commands)|nhảy đến nội dung|truy cập nội dung luôn|đóng|home|menu|back to top|next|prev(?:ious)?|đăng nhập|đăng ký|tìm kiếm|read more",
        ),
        # web parts and editors that leak their names
        (
            "leak",
            r"publishingportal\s?-\s?block_\w+|description:\s?[a-z]:\\.{0,120}|(?:image|img|picture|hình ảnh)\d{0,3}|null|undefined|ảnh đại diện"
            r"|[\w\-. ()]{1,80}\.(?:jpe?g|png|gif|bmp)|cms-[a-z-]{3,40}(?:\s?:.{0,20})?|#\w+#|click (?:here|vào đây)|advertisement|quảng cáo",
        ),
        ("cookies", r"(?:trang web|website|cổng thông tin|trang thông tin(?: điện tử)?|chúng tôi)(?: này)? (?:có )?sử dụng (?:các )?(?:tệp |tập tin )?cookies?\b.{0,300}|(?:we|this (?:web)?site) uses? cookies\b.{0,300}"),
        ("poster", r"(?:người đăng(?: tin)?|đăng bởi|đăng bài|posted by|viết bởi|người cập nhật|người gửi)\s?:?\s?[\w .]{0,40}"),
        (
            "reprint_notice",
            r"(?:(?:chú ý|lưu ý|ghi chú)\s?:?\s?)?(?:việc |khi |vui lòng |yêu cầu |đề nghị )?(?:đăng lại|trích dẫn|trích nguồn|sao chép|phát hành lại|sử dụng lại|ghi rõ nguồn)\b.{0,260}(?:bản quyền|nguồn|website này|thông tin)\b.{0,80}|(?:nghiêm cấm|không được) sao chép.{0,120}",
        ),
        # a label whose value is empty, or stands in the list of files below it
        (
            "label",
            r"(?:tác giả|người viết|nguồn(?: tin)?|chuyên mục|từ khóa|từ khoá|tags?|ngày đăng|cập nhật)\s?:|\d{1,3} phút đọc"
            r"|(?:tải )?(?:các )?(?:tệp|tập|file|tài liệu)(?: tin)? (?:đính kèm|kèm theo)(?: khác)?|tải (?:các )?(?:tệp|tập|file)(?: tin)?(?: đính kèm)?"
            r"|(?:văn bản|tài liệu) (?:liên quan|tham khảo)|(?:đọc [\d.,]+ lần\s?)?(?:sửa lần cuối|(?:lần )?cập nhật (?:lần )?cuối)\b.{0,60}|đọc [\d.,]+ lần|\(?[\d.,]+ (?:bình chọn|bình luận|lượt tải|comments?)\)?|(?:xuất bản trong|chuyên mục|thể loại|danh mục)\s?:? .{2,40}|đánh giá mục này.{0,20}",
        ),
        ("banner", r"hệ thống đang trong giai đoạn (?:chạy )?thử nghiệm|chào mừng bạn đến với.{0,120}|chung nhan tin nhiem mang|tín nhiệm mạng"),
    )
)  # fmt: skip
# Words on buttons, from long to short; a line of nothing but such words is a toolbar.
_BUTTONS = (
    r"chia sẻ (?:bài viết|tin|lên|qua)|gửi (?:cho bạn bè|bạn bè|e-?mail|mail|bài viết|tin|ý kiến|phản hồi|bình luận)"
    r"|in (?:bài viết|trang này|trang|bài|tin|ấn|nội dung|pdf|ra)|bản in|đóng (?:cửa sổ|lại)|quay (?:lại|về)|trở (?:về|lại)"
    r"|(?:về|lên) (?:đầu trang|trang trước|trang chủ)|đầu trang|trang trước|(?:sao chép|copy) (?:liên kết|link)|(?:lưu|đọc|nghe) (?:bài viết|bài|tin)"
    r"|(?:tăng|giảm)(?: kích thước| cỡ)? chữ|giảm kích thước chữ|tăng kích thước chữ|(?:tăng|giảm) tương phản|xem (?:với )?cỡ chữ|cỡ chữ"
    r"|đánh giá (?:mục này|bài viết)|xuất pdf|tải về|facebook|twitter|zalo|google\+?|linkedin|pinterest|telegram|messenger|e-?mail|tweet"
    r"|thêm bình luận(?: mới)?|viết bình luận|add (?:new )?comment|bình luận|phản hồi|chia sẻ|thích|lưu|mặc định|print|share|save|pdf|word|rss|gửi|in|đóng|a ?[-+]|a|[1-5]|like|follow|theo dõi|nghe"
)
TOOLBAR = re.compile(
    rf"^[\W_]*thêm bình luận mới[\W_]*$|^(?>[\W_]*(?>{_BUTTONS})(?!\w))(?>[\W_]*(?>{_BUTTONS})(?!\w))+[\W_]*$",
    re.IGNORECASE,
)
_DEGREES = r"-?\d{1,2}\s?(?:°|º|o|độ)(?:\s?C)?"
WEATHER = re.compile(
    rf"^[\W_]*(?:{_DEGREES}(?:\s?[-–~]\s?{_DEGREES})?\W*$|(?:\w+\s){{0,3}}{_DEGREES}\s?[-–~]\s?{_DEGREES}\W*$"
    rf"|(?:nhiệt độ )?(?:thấp|cao) nhất\s?:?\s?{_DEGREES}|(?:áp suất|độ ẩm|tốc độ gió|tầm nhìn|nhiệt độ|sức gió|lượng mưa|chỉ số uv)\b[^.!?]{{0,40}}(?:%|hpa|km/h|m/s|mb|{_DEGREES})"
    r"|(?:trời )?(?:nắng|mưa|nhiều mây|ít mây|có mây|mây rải rác|quang đãng)(?:\s\w+){0,3}\W*$|thời tiết\W*$)",
    re.IGNORECASE,
)
ONLY_DEGREES = re.compile(
    rf"^\W*(?:\w+\s){{0,3}}{_DEGREES}(?:\s?[-–~]\s?{_DEGREES})?\W*$", re.IGNORECASE
)


def ends_article(line: str) -> bool:
    """Whether a line opens what comes after an article."""
    return len(line) <= LONGEST and _opens_the_end(line)


@lru_cache(maxsize=4_000)  # a portal's pages have the same menus
def _opens_the_end(line: str) -> bool:
    return bool(END.match(line.strip()))


def furniture(lines: Sequence[str]) -> dict[int, str]:
    """The lines that are furniture, by the rule that knows them."""
    found: dict[int, str] = {}
    weather = [len(line) <= LONGEST and bool(WEATHER.match(line)) for line in lines]
    for at, line in enumerate(lines):
        if len(line) > LONGEST_NOTICE:
            continue
        if weather[at]:
            near = weather[max(0, at - WEATHER_WINDOW) : at + WEATHER_WINDOW + 1]
            if sum(near) > 1 or ONLY_DEGREES.match(line):
                found[at] = "weather"
                continue
        if len(line) <= LONGEST and TOOLBAR.match(line):
            found[at] = "toolbar"
            continue
        for name, rule in RULES:
            if (len(line) <= LONGEST or name in NOTICES) and rule.match(line):
                found[at] = name
                break
    return found


def is_furniture(line: str) -> bool:
    return bool(furniture([line]))

"""Lines that stand around a byline and in its place: what is looked past, and what forbids one."""

from __future__ import annotations

import re

# An item of a list: its mark, or what closes all but the last.
ITEM = re.compile(r"^\s*(?:[-–—+*•▪◦●]|\d{1,2}[.)]|[a-zđ][.)])\s*\S|[;,]\s*$")
SENTENCE_END = re.compile(r"[.!?…”\"»)\]`'’]\s*$|\./\.?\s*$")
# Not a byline, and not the end of the article either: looked past.
PASSED = re.compile(
    r"^\(?(?:xem )?(?:chi tiết|nội dung|toàn văn|văn bản|mời)?\s?(?:chi tiết )?(?:tại|theo|trong|ở) (?:tệp|tập|file|văn bản|phụ lục|đường dẫn|link|đây)\b.{0,50}$"
    r"|^(?:chi tiết|nội dung|mời)?\s?(?:văn bản )?(?:chi tiết )?xem (?:tại đây|chi tiết|văn bản|trong|file|tệp).{0,60}$"
    r"|^(?:một số )?(?:hình )?ảnh(?: .{0,40})?:$|^[\W_]*$|^(?:\./\.?|hết|the end)$|^\(?\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\)?$|^(?:từ khóa|tags?|từ khoá)\b"
    r"|^(?:ảnh|hình)(?:\s\d+)?\s*[:.]|^(?:file|tệp|tập tin|tài liệu) (?:đính kèm|kèm)|^(?:lượt xem|chia sẻ|xem thêm|tải về)"
    r"|^\(?ảnh\b.{0,40}\)?$|\.(?:pdf|docx?|xlsx?|rar|zip|jpe?g|png)\s*$",
    re.IGNORECASE,
)
OFFICIAL = re.compile(
    r"^(?:(?:kt|tm|tl|tuq|q)\.\s?|\(?đã ký\)?|nơi nhận\b|(?:phó )?giám đốc$|(?:phó )?chủ tịch$|chánh văn phòng$"
    r"|(?:phó )?trưởng (?:phòng|ban)$|người (?:lập|ký|thực hiện)$|thủ trưởng|thư ký|kế toán(?: trưởng)?$|(?:chi )?cục trưởng|viện trưởng|hiệu trưởng|trưởng đoàn|người (?:ký|duyệt|phát ngôn)|chủ tịch hội đồng|\[?daky\]?|kính gửi)",
    re.IGNORECASE,
)
# Who is pictured or quoted is spoken of with respect; who signs an article is not.
RESPECT = re.compile(r"^(?:ông|bà|đồng chí|đ/c|đc|các đồng chí)\s", re.IGNORECASE)
GLUED = re.compile(
    r"(?:^|[.!?…”\"»)]|\./\.?)[\s(]{1,3}((?:tác giả|nguồn tin|người viết|tin,? (?:và |& )?ảnh|bài,? (?:và |& )?ảnh|tin, bài"
    r"|bài viết|nguồn|theo)\s?[:：]?\s?[^.:;!?]{2,90}?\)?)\s*\.?\s*$",
    re.IGNORECASE,
)
AGENCY_LEAD = re.compile(
    r"^[(\[]?((?:PTO|PORTAL|TTXVN|CTTĐT\w{0,6}|TTĐT|VOV|VTV|VNA|[\w-]{2,30}(?:\.[\w-]{2,20}){0,2}\.(?:gov\.vn|vn))"
    r"|(?<=[(\[])Sở KH&CN [^()\[\]]{2,25})[)\]]?\s?[-–—:]\s?(?=\S)"
)

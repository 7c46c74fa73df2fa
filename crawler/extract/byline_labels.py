"""What a byline's label makes of the words behind it, and what else is printed there."""

from __future__ import annotations

import re

from crawler.extract.names import read_name

_END = r"(?!\w)\s*[:：.\-–]?\s*"
# A label and what it makes of the words after it. The order is from long to short.
LABELS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"^\W{{0,3}}(?:{words}){_END}", re.IGNORECASE), meaning)
    for words, meaning in (
        (
            r"người đăng(?: tin| bài)?|đăng bởi|đăng bài|posted by|người nhập|người gửi|người duyệt"
            r"|biên tập(?: viên)?|ban biên tập\s*:|written by|super user|submitted by|người cập nhật",
            "poster",
        ),
        (
            r"tin\s?[,&+/-]?\s?(?:và\s)?(?:bài\s?[,&+/-]?\s?(?:và\s)?)?(?:hình\s)?ảnh"
            r"|bài\s?(?:viết\s?)?[,&+/-]?\s?(?:và\s)?(?:hình\s)?ảnh|ảnh\s?(?:,|và|&)\s?(?:tin|bài)"
            r"|tin\s?(?:,|và|&)?\s?bài|tác giả(?: bài viết)?|người viết(?: bài| tin)?|viết bởi|bài viết"
            r"(?: của)?|người thực hiện|thực hiện|biên soạn|người tổng hợp|tổng hợp|nội dung(?=\s*:)"
            r"|đưa tin|cộng tác viên|ctv|đơn vị thông báo|đơn vị thực hiện|nguồn tin|tin(?=\s*:)|bài(?=\s*:)"
            r"|theo tác giả|by(?=\s*:)|author",
            "author",
        ),
        (
            r"(?:nguồn\s)?(?:hình\s)?ảnh(?:\s(?:minh họa|minh hoạ|tư liệu|sưu tầm|chụp\s\w+))?|photo|hình",
            "photo",
        ),
        (r"nguồn(?: bài| trích| dẫn)?|theo|sưu tầm|trích(?: từ| dẫn)?|source", "source"),
    )
)
# A second label on the same line: `Bài: X - Ảnh: Y`, `Tác giả: X, Nguồn tin: Y`.
NEXT_LABEL = re.compile(
    r"\s*(?:[-–—;,.|/]\s*)?(?<!\w)(?=(?:(?:hình )?ảnh|nguồn(?: tin| ảnh)?|tác giả|biên tập|thiết kế|đồ họa|video|clip|bài|tin)\s?[:：])"
    r"|\s*[,(]\s*(?=theo\s)",
    re.IGNORECASE,
)
ONLY_LABEL = re.compile(
    r"^(?:[\W_]|tin|bài|viết|và|video|clip|hình|ảnh|tác giả|người)*$", re.IGNORECASE
)
# When it was posted, how it came about: printed behind a name and no part of it.
_HOW = (
    r"tổng hợp|tổng hợp và biên tập|t/h|th|sưu tầm|st|s/t|lược dịch|biên dịch|dịch|lược thuật|thực hiện"
    r"|biên soạn|ghi|lược ghi|trích|ctv|cộng tác viên|pv|tin,? (?:và )?ảnh|bài,? (?:và )?ảnh"
)
# Buttons, a link, an address: glued behind a byline by the page's own markup.
BUTTONS = re.compile(
    r"(?:[\s|,;>»–-]*(?:copy(?: link)?|sao chép(?: liên kết)?|in (?:trang|bài|bài viết)|chia sẻ|share|facebook|zalo|tweet|e-?mail|xem (?:thêm|tiếp|ngay|chi tiết)|tải về|gửi (?:tin|email)|print|bản in|ngay)(?!\w)|[\s>»|`]+)+$"
    r"|\s+[(\[]?https?://\S+$|\s[(–-]?\s?[\w.+-]{2,40}@[\w.-]{4,60}\)?$",
    re.IGNORECASE,
)
BEHIND = re.compile(
    r"[\s|,;–-]*(?:\d{1,2}[:h]\d{2}.{0,30}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}.{0,20}|(?:ngày|thứ) .{0,3}\d.*|\d+ phút đọc.*)$"
    rf"|\s*[(\[]\s?(?:{_HOW}|biên tập)\s?[)\]]$|\s(?-i:(?:[-–]\s)?(?:{_HOW}|TH|ST))$",
    re.IGNORECASE,
)
# `Tin Khánh Hiền, ảnh Thanh Tiến`: labels without a colon, told by the names behind both.
TWO_LABELS = re.compile(
    r"^\W{0,3}(?P<one>tin|bài(?: viết)?|nội dung)\s+(?P<who>[^:,;]{3,60}?)\s*[,;–-]\s*(?:hình )?ảnh\s+(?P<whose>[^:,;]{3,60})$",
    re.IGNORECASE,
)
ONE_LABEL = re.compile(r"^\W{0,3}(?P<one>(?-i:Tin|TIN|Bài|BÀI))\s+(?P<who>[^:;]{3,80})$")
_BETWEEN = re.compile(r"\s*[-–—,&/]\s*|\s+và\s+")
# Labels that nothing but a byline has, so that the words after them need be no known name.
EXPLICIT = re.compile(
    r"^\W{0,3}(?P<label>tác giả(?: bài viết)?|người viết(?: bài| tin)?|viết bởi|(?:tin|bài)\s?(?:,|và|&|/|\+|-)?\s?(?:và )?(?:hình )?(?:ảnh|bài)|ảnh|nguồn(?: tin| ảnh)?|theo|author|source)\s?(?P<colon>[:：]?)\s*",
    re.IGNORECASE,
)


def believed(line: str) -> bool:
    """Whether a line's label says by itself that a byline follows."""
    match = EXPLICIT.match(line)
    return match is not None and (bool(match["colon"]) or match["label"].lower() == "theo")


def labelled_parts(line: str) -> list[str]:
    """A line cut before each further label; `Tin, ảnh:` and `Tin bài:` are one label."""
    cuts = [match.start() for match in NEXT_LABEL.finditer(line)]
    cuts = [at for at in cuts if at and not ONLY_LABEL.match(line[:at])]
    parts = [
        line[at:to].lstrip(" -–—;,.|/") for at, to in zip([0, *cuts], [*cuts, None], strict=True)
    ]
    return [part for part in parts if part.strip(" (")] or [line]


def split_label(line: str) -> tuple[str, str]:
    """What the label makes of the line (``""`` without one), and the words after it."""
    bare = unwrapped(told(line))
    for pattern, meaning in LABELS:
        match = pattern.match(bare)
        if match:
            rest = unwrapped(bare[match.end() :].strip(" :.-–"))
            # `Theo` opens sentences too, so it is a label only of few words.
            if meaning == "source" and len(rest.split()) > 14:
                continue
            return meaning, rest
    return "", bare


def unwrapped(text: str) -> str:
    """Without bullets, and without the brackets that stand around all of it."""
    bare = text.strip(" *•`\t\n")
    if bare[:1] in "([" and (len(bare) < 2 or not re.search(r"[)\]](?=.)", bare)):
        bare = bare.strip("()[] ")
    return bare


def told(line: str) -> str:
    """A line whose labels lack their colons, with them."""
    if (two := TWO_LABELS.match(unwrapped(line))) and all(
        map(_are_names, two.group("who", "whose"))
    ):
        return f"{two['one']}: {two['who']}; Ảnh: {two['whose']}"
    if (one := ONE_LABEL.match(unwrapped(line))) and _are_names(one["who"]):
        return f"{one['one']}: {one['who']}"
    return line


def _are_names(words: str) -> bool:
    return all(read_name(part) is not None for part in _BETWEEN.split(words))


def without_buttons(words: str) -> str:
    """Without what the page's markup glues behind a name: buttons, a link, an e-mail address."""
    bare = words
    for _ in range(3):
        shorter = BUTTONS.sub("", bare).rstrip(" (-–|,;")
        if shorter == bare or not shorter:
            break
        bare = shorter
    return bare


def without_how(words: str) -> str:
    """Without when and how it came about: `(tổng hợp)`, `05/11/2022 14:00`, `15 phút đọc`."""
    return BEHIND.sub("", words).strip(" ,;:-–|")

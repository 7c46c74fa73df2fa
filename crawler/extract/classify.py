"""Pages that answer 200 and are no article, each with the reason's name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from crawler.extract.blocks import Block
from crawler.items import Refusal

LITTLE = 600  # characters of prose below which a page's own words about itself are believed
LITTLE_DATED = 250  # the same of an article's address where a date is printed
FEW = 40  # lines of a page that is nothing but a message
MESSAGE = 200  # characters of a line that may be such a message

# Whole-page messages: reason, and what the title or a short line says.
MESSAGES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (reason, re.compile(pattern, re.IGNORECASE))
    for reason, pattern in (
        (
            "block_page",
            r"request rejected|access denied|attention required|checking your browser|just a moment|support id"
            r"|web application firewall|you have been blocked|ddos protection|are you (?:a )?(?:human|robot)|xác (?:minh|nhận) (?:bạn|rằng bạn).{0,20}(?:người|robot)"
            r"|nhập mã (?:xác nhận|bảo vệ|captcha) để|verify you are human|truy cập (?:của bạn )?(?:đã )?bị (?:chặn|từ chối)|forbidden",
        ),
        (
            "maintenance",
            r"(?:website|trang (?:web|tin|thông tin)|hệ thống|cổng thông tin|site).{0,60}(?:đang|tạm thời|tạm dừng|tạm ngừng).{0,30}(?:bảo trì|nâng cấp|bảo dưỡng|hoạt động|xây dựng)"
            r"|(?:under|down for|scheduled|undergoing) (?:maintenance|construction)|temporarily (?:unavailable|down|offline)|service unavailable|coming soon|we.ll be (?:right )?back"
            r"|(?:đang|tạm thời) (?:được )?(?:bảo trì|bảo dưỡng)|tạm (?:dừng|ngừng|ngưng) (?:hoạt động|phục vụ|cung cấp|truy cập)|vui lòng (?:quay|trở|truy cập) lại sau"
            r"|(?:quay|trở) lại (?:sau|trong) (?:ít|vài|giây|khi|thời gian)|chúng tôi sẽ (?:sớm )?(?:quay|trở) lại|currently offline|check back (?:soon|later|again)",
        ),
        (
            "server_error",
            r"server error in '.{0,40}' application|runtime error|fatal error\s?:|sqlstate\[|error in your sql syntax|mysql_\w+\(|exception details"
            r"|stack trace|warning\s?:\s?\w+\(\)|internal server error|an error has occurred|đã (?:có|xảy ra) lỗi|database error|could not connect to (?:the )?(?:database|mysql)"
            r"|error establishing a database connection|unhandled exception|http status 500|lỗi hệ thống|bad gateway|gateway time-?out",
        ),
        (
            "soft_404",
            r"(?:không (?:tìm thấy|tồn tại)|không có|đã bị (?:xóa|xoá|gỡ)).{0,40}(?:trang|bài viết|nội dung|dữ liệu|đường dẫn|tin|url)"
            r"|(?:trang|bài viết|nội dung|đường dẫn|tin(?: bài)?|liên kết).{0,50}(?:không (?:tồn tại|tìm thấy|được tìm thấy|còn|hợp lệ|có)|đã bị (?:xóa|xoá|gỡ|di chuyển))"
            r"|page (?:not found|cannot be found|you.{0,30}not)|404(?:\s?[-–:.]?\s?(?:not found|error|page|không|lỗi)|$)|(?:error|lỗi)\s?404|not found$|nothing (?:was )?found|the resource (?:cannot|you)",
        ),
        (
            "parked",
            r"domain (?:is|may be) for sale|buy this domain|tên miền (?:này )?(?:đang được|đã hết hạn|được rao bán)|parked (?:free|domain)|this domain has expired|website đã hết hạn",
        ),
        ("directory_index", r"^index of /"),
        ("default_page", r"welcome to nginx|apache2? (?:debian|ubuntu)? ?default page|^it works!?$|iis windows server|^iis\d*$"),
    )
)  # fmt: skip
NOTICE_LINES = 12  # of a page that is a notice and no site
# What a frame without entries says, or one that a script is still to fill.
NO_NOTICE = re.compile(
    r"(?:không|chưa) (?:có|tìm thấy)|đang tải|loading|please wait|no (?:data|results?|posts?|entries)",
    re.IGNORECASE,
)
LOGIN = re.compile(r"đăng nhập|login|sign in|mật khẩu|password", re.IGNORECASE)
TAG = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)
STOCK = re.compile(
    r"(?:503 )?service (?:temporarily )?unavailable|temporarily unavailable", re.IGNORECASE
)
SCRIPTED = re.compile(
    r"(?:enable|bật|cho phép|requires?) javascript|javascript (?:is )?(?:disabled|required)|you need to enable",
    re.IGNORECASE,
)


def refused(
    tree: HtmlElement,
    blocks: Sequence[Block],
    *,
    prose: int,
    title: str | None,
    dated: bool = False,
) -> Refusal | None:
    """Why the page is no article; None when nothing speaks against it.

    `prose`: characters of running text found; `dated`: beside a date, where an article should be.
    A long article about maintenance or CAPTCHAs is an article; a message is short, and stands in
    the title or on a line of its own.
    """
    window = next(tree.iter("title"), None)
    heading = " ".join((window.text_content() if window is not None else "").split())[:300]
    if prose < (LITTLE_DATED if dated else LITTLE):
        said = _message(blocks, heading, title)
        if said:
            return said
        if _asks_for_password(tree) and prose < 200 and len(blocks) < FEW:
            return Refusal("login_page", heading[:MESSAGE])
    if not blocks:
        scripts = sum(1 for _ in tree.iter("script"))
        return Refusal("js_shell" if scripts else "empty", heading[:MESSAGE])
    if prose < 100 and len(blocks) < 12:
        whole = " ".join(block.text for block in blocks) + " ".join(
            " ".join(n.itertext()) for n in tree.iter("noscript")
        )
        if SCRIPTED.search(whole) or _is_shell(tree, blocks):
            return Refusal("js_shell", heading[:MESSAGE])
    return None


def is_notice(tree: HtmlElement, blocks: Sequence[Block], *, links: int) -> Refusal | None:
    """Where a list should be: a whole document of a few lines that leads nowhere, or hides from search.

    However it is worded, it stands there instead of the site.
    """
    said = " ".join(block.text for block in blocks)
    window = next(tree.iter("title"), None)
    if window is None or not said or len(blocks) > NOTICE_LINES or len(said) > LITTLE:
        return None
    if NO_NOTICE.search(said) or (links and not _is_hidden(tree)):
        return None
    return Refusal("maintenance", said[:MESSAGE])


def says_maintenance(text: str) -> bool:
    """Whether an error page of a few lines says that the site is being worked on."""
    words = " ".join(TAG.sub(" ", text).split())
    pattern = dict(MESSAGES)["maintenance"]
    # What servers print for any 503 says nothing of its cause.
    return len(words) <= 2 * LITTLE and bool(pattern.search(STOCK.sub(" ", words)))


def _is_hidden(tree: HtmlElement) -> bool:
    return any(
        (meta.get("name") or "").lower() == "robots"
        and "noindex" in (meta.get("content") or "").lower()
        for meta in tree.iter("meta")
    )


def _message(blocks: Sequence[Block], heading: str, title: str | None) -> Refusal | None:
    small = len(blocks) < FEW
    lines = [block.text for block in blocks if len(block.text) <= MESSAGE and block.density < 0.5]
    for reason, pattern in MESSAGES:
        if pattern.search(heading):
            return Refusal(reason, heading[:MESSAGE])
        if title and pattern.search(title) and (small or reason == "soft_404"):
            return Refusal(reason, title[:MESSAGE])
        if small:
            said = next((line for line in lines if pattern.search(line)), None)
            if said:
                return Refusal(reason, said)
        elif reason in ("soft_404", "server_error"):
            # Inside the site's own frame: the line must be the message and nothing else.
            said = next((line for line in lines if len(line) < 120 and pattern.match(line)), None)
            if said:
                return Refusal(reason, said)
    return None


def _asks_for_password(tree: HtmlElement) -> bool:
    return any((field.get("type") or "").lower() == "password" for field in tree.iter("input"))


def _is_shell(tree: HtmlElement, blocks: Sequence[Block]) -> bool:
    """An empty frame that a script would fill."""
    if len(blocks) > 3:
        return False
    return any(
        (node.get("id") or "") in ("root", "app", "__next", "___gatsby")
        for node in tree.iter("div")
    ) and any(True for _ in tree.iter("script"))

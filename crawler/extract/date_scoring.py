"""A line that may hold the day of publication: what speaks for it, and whose date it else is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from crawler.extract.article_end import is_headline
from crawler.extract.blocks import Block
from crawler.extract.date_words import DATE_FORMS, PUBLISHED_LABEL, TIME, UPDATED_LABEL, WEEKDAY
from crawler.extract.dates import PrintedDate, parse_date
from crawler.extract.titles import Title

Read = Callable[[str | None], PrintedDate | None]

NOT_THIS = re.compile(
    r"hôm nay|today|bây giờ|\b(?:ảnh|hình) (?:chụp|tư liệu|\d)|\bảnh\s?:|thời gian[^:]{0,20}:\s?(?:\d{1,2}\s?(?:h|g|giờ)|từ|sáng|chiều|bắt đầu|dự kiến)"
    r"|ngày (?:in|ban hành|ký|hiệu lực|có hiệu lực|bắt đầu|kết thúc|hết hạn|họp|sinh|cấp|nộp|mở thầu|đóng thầu|hội nghị)"
    r"|(?:ban hành|hiệu lực|hết hạn|hạn nộp|thời hạn)\s?:|căn cứ|nghị (?:định|quyết)|quyết định|thông tư|công văn|kế hoạch số|luật\b|(?:trước|từ|đến|vào|trong|kể từ|sáng|chiều|tối|hết|hạn|lần \d) ngày|từ .{0,20} đến|giấy phép|bản quyền|copyright|©|số\s?:?\s?\d+.{0,20}ngày|cấp ngày",
    re.IGNORECASE,
)
# A document's field in the cell before, an event's.
FIELD = re.compile(
    r"^\W*(?:ngày|thời gian|hạn|thời hạn) (?:ban hành|ký|(?:có )?hiệu lực|hết|bắt đầu|kết thúc|nộp|mở|đóng|họp|tổ chức|diễn ra|in|sinh|cấp)\b|^\W*(?:thời gian|ngày họp|thời hạn)\s?:?$",
    re.IGNORECASE,
)
# `Hà Nội, ngày 12 tháng 3 năm 2021` dates a document, or the print.
DATELINE = re.compile(r"^[^\W\d][^\d:|]{1,40},\s?ngày\s", re.IGNORECASE)
SENTENCE_END = re.compile(r"[^\W\d_]{2}\s?[.;,:!?]\W*$|\d\s?[.;,]\W*$")
DATED = re.compile(
    r"date|time|ngay|publish|post-?on|meta|thoi-?gian|created|submitted", re.IGNORECASE
)
DAY_ALONE = re.compile(r"^\d{1,2}$")
MONTH_ALONE = re.compile(r"^(?:tháng|th|thg)?\s?\.?\d{1,2}\s?[/,-]\s?\d{4}$|^tháng \w+,? \d{4}$")


def with_neighbour(blocks: Sequence[Block], at: int) -> str:
    """A line with the hour printed on the one beside it, or with the month below a lone day."""
    text = blocks[at].text
    below = blocks[at + 1].text if at + 1 < len(blocks) else ""
    if len(text) > 60:
        return text
    if DAY_ALONE.match(text) and len(below) <= 25 and MONTH_ALONE.search(below.lower()):
        return f"{text} {below}"
    if not TIME.search(text.lower()):
        for other in (below, blocks[at - 1].text if at else ""):
            if len(other) <= 14 and TIME.fullmatch(other.lower().strip(" |-,()")):
                return f"{text} {other}"
    return text


def is_anothers(blocks: Sequence[Block], at: int, title: Title | None) -> bool:
    """Whether the line belongs to what stands beside it: a headline, a document's field, an event."""
    before = blocks[at - 1] if at and not (title and title.at == at - 1) else None
    if before is not None and (
        is_headline(before) or (len(before.text) <= 40 and FIELD.search(before.text))
    ):
        return True
    after = blocks[at + 1].text.lower() if at + 1 < len(blocks) else ""
    return after.startswith("địa điểm")


def exact_moment(block: Block, read: Read) -> tuple[str, PrintedDate] | None:
    """The moment behind `3 giờ trước`, in an attribute of the element that shows it."""
    for element in block.element.iter():
        for name in ("datetime", "title", "data-time", "data-date", "content"):
            raw = element.get(name)
            date = read(raw) if raw and len(raw) <= 60 else None
            if raw and date and date.value and "relative" not in date.notes:
                return raw, date
    return None


def weight(
    block: Block,
    raw: str,
    date: PrintedDate,
    at: int,
    title: Title | None,
    body: range,
    captured_at: str,
) -> float:
    lower = raw.lower()
    score = 0.0
    labelled = bool(PUBLISHED_LABEL.search(lower))
    if labelled:
        score += 3
    if not labelled and DATELINE.match(raw):
        score -= 1.5
    if not labelled and SENTENCE_END.search(lower):
        score -= 2
    rest = _without_date(lower)
    if len(rest) <= 4:
        score += 2
    elif len(rest) <= 30:
        score += 1.5
    elif len(rest) <= 60:
        score += 0.3
    else:
        score -= 1
    start = title.at if title and title.at is not None else body.start
    if at >= body.stop and len(body):
        score -= 0.8 + 0.1 * (at - body.stop)
    elif at >= start:
        score += 1 - 0.08 * (at - start) - (0.5 if at > body.start + 2 else 0)
    else:
        score -= 0.4 * (start - at) - 0.4 + (0 if labelled or start - at < 2 else 0.4)
        # A header's clock shows the day the page was fetched.
        if not labelled and date.value and date.value[:10] == _day(captured_at):
            score -= 2.5
    if title is not None and at == title.at:
        score += 0.5
    if block.density > 0.5:
        score -= 2
    if date.precision in ("minute", "second") or "midnight" in date.notes:
        score += 0.4
    names = (block.element.get("class"), block.element.get("id"), str(block.element.tag))
    if DATED.search(" ".join(name or "" for name in names)):
        score += 0.6
    return score


def _without_date(lower: str) -> str:
    """The letters that are left when date, time, weekday and counters are taken out."""
    for pattern in (*DATE_FORMS, TIME, WEEKDAY, PUBLISHED_LABEL, UPDATED_LABEL):
        lower = pattern.sub(" ", lower)
    lower = re.sub(
        r"gmt\s?\+?\d*|lượt xem|view count|xem cỡ chữ|google|in trang|ngày|lúc|views?|số lượt|đã xem",
        " ",
        lower,
    )
    return "".join(re.findall(r"[^\W\d_]", lower))


def bracketed(text: str) -> str | None:
    """A date in brackets that closes a title."""
    match = re.search(r"[(\[][^()\[\]]{6,40}[)\]]\s*$", text)
    return match[0] if match and len(_without_date(match[0].lower())) <= 4 else None


def _day(captured_at: str) -> str:
    date = parse_date(captured_at, captured_at=captured_at)
    return date.value[:10] if date and date.value else ""

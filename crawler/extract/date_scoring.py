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
SECTION = re.compile(r"folder|section|categor|chuyen-?muc|breadcrumb", re.IGNORECASE)
NEAR = 60  # characters before a bracket that tell what it holds
SECTION_WORDS = 8  # of a section's name
PROSE = 60  # characters of a line that goes on with a sentence
OPENING = re.compile(
    r"^\W{0,2}(?:(?:sáng|chiều|tối|trưa|vào|trong|từ|hôm|mới đây)\b.{0,12}\s)?(?:các\s)?ngày\s[^:|]{4,40}$",
    re.IGNORECASE,
)
# `20 đến 22 tháng 11`, `27/7/1947-27/7/2015`: how long something lasted.
SPAN = re.compile(
    r"\d{1,2}\s?(?:đến|tới|[-–])\s?\d{1,2}\s(?:tháng|th)\b|\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\s?(?:đến|tới|[-–—]|→)\s?(?:ngày\s)?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}",
    re.IGNORECASE,
)
# What a title in brackets counts from or to, and not when it was posted.
EVENT = re.compile(
    r"\bngày\b[^\d()]*$|kỷ niệm|giải phóng|chiến thắng|quốc khánh|truyền thống|\bhạn\b|cách mạng|khởi nghĩa|năm sinh|ngày mất",
    re.IGNORECASE,
)
DAY_ALONE = re.compile(r"^\d{1,2}$")
MONTH_ALONE = re.compile(r"^(?:tháng|th|thg)?\s?\.?\d{1,2}\s?[/,-]\s?\d{4}$|^tháng \w+,? \d{4}$")


# What speaks for a line and against it, with the page that set it.
WEIGHTS = {
    "alone": 2.0,  # `15/03/2021 | 1.204 lượt xem`
    "few_words": 1.5,  # `Nguyễn An | 15/03/2021`
    "words": 0.3,  # `Quản trị viên 15/03/2021 Tin tức - sự kiện - hoạt động của ngành`
    "prose": -1.0,
    "labelled": 3.0,  # `Ngày đăng: 15/03/2021`, below the text and above it
    "dateline": -1.5,  # `Hà Nội, ngày 12 tháng 3 năm 2021` dates a document
    "sentence": -2.0,  # `trước ngày 30/10/2021.`
    "time_element": 0.8,
    "in_title": -1.2,  # `… (15/03/2021)` where no line of its own has one
    "linked": -2.0,  # a calendar's days
    "with_hour": 0.4,
    "named": 0.6,  # `<div class="PostDate">`
    "clock": -2.5,  # `Thứ Năm, 18/07/2024` in the header of a page fetched that day
    "below_text": -0.8,
    "under_title": 1.0,
    "in_text": -0.5,
}


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
        (is_headline(before) and not _is_section(before, at, title))
        or (len(before.text) <= 40 and FIELD.search(before.text))
    ):
        return True
    after = blocks[at + 1].text.lower() if at + 1 < len(blocks) else ""
    return after.startswith("địa điểm")


def _is_section(before: Block, at: int, title: Title | None) -> bool:
    """Whether a link above a date leads to the section: a few words, and the title is right below."""
    if title is None or title.at != at + 1:
        return False
    names = f"{before.element.get('class') or ''} {before.element.get('id') or ''}"
    return len(before.text.split()) <= SECTION_WORDS or bool(SECTION.search(names))


def opens_sentence(blocks: Sequence[Block], at: int) -> bool:
    """`Ngày 12/3/2021` that a `<br>` parts from the sentence it opens."""
    block = blocks[at]
    below = blocks[at + 1] if at + 1 < len(blocks) else None
    if below is None or not OPENING.match(block.text) or TIME.search(block.text.lower()):
        return False
    shared = below.element is block.element
    return (shared and len(below.text) >= PROSE) or (
        below.text[:1].islower() and below.element.tag == block.element.tag
    )


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
    """How much speaks for a line being the day of publication: the sum of what it shows."""
    lower = raw.lower()
    labelled = bool(PUBLISHED_LABEL.search(lower))
    timed = is_timed(block)
    shown = [_company(lower)]
    if labelled:
        shown.append("labelled")
    elif DATELINE.match(raw) and not WEEKDAY.match(lower):
        shown.append("dateline")
    if not labelled and SENTENCE_END.search(lower):
        shown.append("sentence")
    if timed:
        shown.append("time_element")
    if title is not None and at == title.at:
        shown.append("in_title")
    if block.density > 0.5:
        shown.append("linked")
    if date.precision in ("minute", "second") or "midnight" in date.notes:
        shown.append("with_hour")
    names = (block.element.get("class"), block.element.get("id"), str(block.element.tag))
    if DATED.search(" ".join(name or "" for name in names)):
        shown.append("named")
    start = title.at if title and title.at is not None else body.start
    # A header's clock shows the day the page was fetched.
    unproved = at < start and not labelled and not timed
    if unproved and date.value and date.value[:10] == _day(captured_at):
        shown.append("clock")
    return sum(WEIGHTS[name] for name in shown) + _nearness(at, start, body, labelled=labelled)


def _company(lower: str) -> str:
    """How many letters stand beside the date."""
    rest = len(_without_date(lower))
    return (
        "alone" if rest <= 4 else "few_words" if rest <= 30 else "words" if rest <= 60 else "prose"
    )


def _nearness(at: int, start: int, body: range, *, labelled: bool) -> float:
    """What the distance from the title speaks for or against."""
    if at >= body.stop and len(body):
        return WEIGHTS["below_text"] - 0.1 * (at - body.stop)
    if at >= start:
        late = WEIGHTS["in_text"] if at > body.start + 2 else 0.0
        return WEIGHTS["under_title"] - 0.08 * (at - start) + late
    above = 0.4 if labelled or start - at < 2 else 0.0
    return above - 0.4 * (start - at)


def is_timed(block: Block) -> bool:
    """Whether the line is a `<time>` element's, which is for nothing else."""
    return block.element.tag == "time" or next(block.element.iter("time"), None) is not None


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
    """A date in brackets that closes a title and is not the event's it tells of."""
    match = re.search(r"[(\[][^()\[\]]{6,40}[)\]]\s*$", text)
    if match is None or len(_without_date(match[0].lower())) > 4 or SPAN.search(match[0]):
        return None
    return None if EVENT.search(text[max(0, match.start() - NEAR) : match.start()]) else match[0]


def _day(captured_at: str) -> str:
    date = parse_date(captured_at, captured_at=captured_at)
    return date.value[:10] if date and date.value else ""

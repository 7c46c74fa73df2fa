"""What changed between two readings of an article, and whether a reader would care."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from crawler.text.worddiff import word_diff

FIELDS = ("title", "summary", "text", "byline", "published")
Fields = Mapping[str, str | None]
Class = Literal["first", "edit", "noise", "extractor"]

NOT_WORDS = re.compile(r"[^\w%‰]+|_")
NUMBER = re.compile(r"\d+(?: \d+)*")
# All that a counter or a weather widget says beside its numbers; anything else is prose, and a
# figure that changes in it is what was written.
PERIOD = re.compile(r"\b(?:hôm|tuần|tháng|năm) (?:nay|qua|này|trước|ngoái)\b")
COUNTER_WORDS = frozenset(
    [
        "lượt",
        "xem",
        "đọc",
        "truy",
        "cập",
        "đang",
        "online",
        "trực",
        "tuyến",
        "khách",
        "số",
        "người",
        "view",
        "views",
        "hit",
        "hits",
        "visitors",
        "today",
        "yesterday",
        "total",
        "tổng",
        "bình",
        "luận",
        "comments",
        "like",
        "likes",
        "thích",
        "chia",
        "sẻ",
        "share",
        "shares",
        "độ",
        "ẩm",
        "nhiệt",
        "thấp",
        "cao",
        "nhất",
        "c",
        "oc",
        "f",
        "gió",
        "km",
        "h",
        "mm",
        "%",
        "lần",
        "tải",
        "về",
        "download",
        "downloads",
        "đã",
        "đánh",
        "giá",
        "sao",
        "mua",
        "bán",
        "usd",
        "eur",
        "sjc",
        "chiều",
        "sáng",
        "tối",
        "đêm",
        "thời",
        "tiết",
    ]
)
COUNT = re.compile(r"\s*[(\[](?!(?:19|20)\d\d[)\]])[\d.,]{1,9}[)\]]\s*$")  # behind a title
CLOCK = re.compile(
    r"(?:(?:lần )?cập nhật(?: (?:lần cuối|mới nhất|cuối|lúc|ngày))*|(?:truy cập|in|xem) (?:lúc|ngày)|bây giờ là|hôm nay(?: là)?)"
    r"(?: (?:thứ \w+|chủ nhật|ngày|lúc|giờ|phút|tháng|năm|\d+))+"
    r"|(?:(?:thứ \w+|chủ nhật) (?:ngày )?)?\d{1,2} \d{2}(?: \d{2})?(?: [ap]m)?"
    r"|(?:thứ \w+|chủ nhật) (?:ngày )?\d{1,2} (?:tháng )?\d{1,2} (?:năm )?\d{4}(?: \d\d \d\d)?"
)
# The heading of links to other articles.
RELATED = re.compile(
    r"(?:các )?(?:tin|bài)(?: (?:tức|tin|viết|bài|mới|cũ|khác|đã|đưa|đăng|hơn|liên|quan|cùng|chuyên"
    r"|mục|loại|ngày|nổi|bật|xem|nhiều|nhất))+|xem thêm|related (?:news|posts|articles)"
)
LONGEST_LINK = 30  # words


@dataclass(frozen=True, slots=True)
class Change:
    """Which fields differ, and of what class the difference is; an edit word by word.

    `files`: what was exchanged under an address: the address, the content before and after.
    """

    fields: tuple[str, ...]
    kind: Class
    diff: str = ""
    files: tuple[tuple[str, str, str], ...] = ()

    def stored(self) -> str:
        told: dict[str, object] = {"fields": self.fields, "class": self.kind}
        if self.diff:
            told["diff"] = self.diff
        if self.files:
            told["files"] = [
                {"url": url, "before": before, "after": after} for url, before, after in self.files
            ]
        return json.dumps(told, ensure_ascii=False)


FIRST = Change((), "first")


def compare(before: Fields, after: Fields) -> Change | None:
    """The change from one reading to the next; None when every field is the same.

    Noise is a difference in spacing, punctuation or letter case, in the numbers of a counter, a
    clock or a widget, in the links to other articles below the text, or a date touched within its
    day. A figure or a date that changes in a sentence is an edit.
    """
    fields = tuple(name for name in FIELDS if before.get(name) != after.get(name))
    if not fields:
        return None
    if all(_essence(name, before.get(name)) == _essence(name, after.get(name)) for name in fields):
        return Change(fields, "noise")
    told = (word_diff(before.get(name) or "", after.get(name) or "") for name in fields)
    diff = "\n".join(f"{name}: {words}" for name, words in zip(fields, told, strict=True))
    return Change(fields, "edit", diff)


def _essence(name: str, value: str | None) -> str:
    if not value:
        return ""
    if name == "published":
        return value[:10]
    if name == "title":
        value = COUNT.sub("", value)
    cleaned = [NOT_WORDS.sub(" ", line.casefold()).strip() for line in value.split("\n")]
    lines = _without_related([line for line in cleaned if line])
    counters = [_is_counter(line) for line in lines]
    beside = [False, *counters, False]
    return "\n".join(
        _masked(line, counts=counter, beside=before or after)
        for line, counter, before, after in zip(lines, counters, beside, beside[2:], strict=False)
    )


def _masked(line: str, *, counts: bool, beside: bool) -> str:
    """A line without what changes by itself; a number alone counts when a counter is beside it."""
    if CLOCK.fullmatch(line):
        return "#"
    if counts or (beside and not NUMBER.sub("", line).strip()):
        return NUMBER.sub("#", line)
    return line


def _is_counter(line: str) -> bool:
    """Whether a line says nothing but how often, how many or how warm."""
    words = [word for word in NUMBER.sub(" ", PERIOD.sub(" tổng ", line)).split() if word]
    return bool(words) and all(word in COUNTER_WORDS for word in words)


def _without_related(lines: list[str]) -> Sequence[str]:
    """The lines up to a heading under which there are only links to other articles."""
    for at, line in enumerate(lines):
        if at and RELATED.fullmatch(line):
            rest = lines[at + 1 :]
            if all(len(link.split()) <= LONGEST_LINK for link in rest):
                return lines[:at]
    return lines

"""The day an article was published: chosen among all the dates that stand on its page.

Told apart by where they stand, not by the site's markup: a publication date is a short line of
its own close to the title. Today's date in the header, dates of other articles, of documents and
of events are not it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from lxml.html import HtmlElement

from crawler.extract.blocks import Block
from crawler.extract.boilerplate_rules import ends_article
from crawler.extract.date_scoring import (
    NOT_THIS,
    SPAN,
    Read,
    bracketed,
    exact_moment,
    is_anothers,
    is_timed,
    opens_sentence,
    weight,
    with_neighbour,
)
from crawler.extract.date_words import PUBLISHED_LABEL, holds_date
from crawler.extract.dates import PrintedDate, parse_date
from crawler.extract.selectors import texts
from crawler.extract.titles import Title
from crawler.items import Provenance
from crawler.portals.model import Portal

BEFORE, AFTER = 4, 10  # lines around the title in which a date may be the article's
BELOW = 4  # lines after its text
LONGEST = 140  # characters of a line that holds a date and no sentence
ENOUGH = 1.5
AGO = ("trước", "hôm qua", "hôm kia", " ago", "yesterday", "tuần này")
POSTED = re.compile(
    r"^\W{0,3}(?:ngày (?:đăng|đưa tin|xuất bản|viết bài)|đăng (?:ngày|lúc|tải)|(?:tin|bài) đăng|thời gian đăng|được đăng|xuất bản|published|posted)\b",
    re.IGNORECASE,
)
TIME_LINES = frozenset(("time", "p", "div", "span", "li", "dd"))
META = (
    "article:published_time", "datepublished", "dc.date.issued", "dc.date", "dcterms.created",
    "pubdate", "publishdate", "publish-date", "date", "og:published_time", "article:published",
)  # fmt: skip
IN_URL = (
    re.compile(r"/(?P<year>(?:19|20)\d\d)[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})(?=/|$)"),
    re.compile(r"/(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d)(?=/|$)"),
    re.compile(r"/(?P<year>(?:19|20)\d\d)/(?P<month>\d{1,2})(?=/)"),
)


@dataclass(frozen=True, slots=True)
class Published:
    """The string a date was read from, where it stood, and what it says."""

    raw: str
    provenance: Provenance
    date: PrintedDate
    at: int | None = None  # the block, when it is printed in one


def find_published(
    tree: HtmlElement,
    blocks: Sequence[Block],
    *,
    title: Title | None,
    body: range,
    portal: Portal,
    url: str,
    captured_at: str,
) -> Published | None:
    """The publication date; one whose value is None when only an impossible one is printed."""

    def read(raw: str | None) -> PrintedDate | None:
        return parse_date(raw, captured_at=captured_at, order=portal.date_order) if raw else None

    rejected: Published | None = None
    for found in chain(
        _selected(tree, blocks, portal, read),
        _printed(blocks, title, body, captured_at, read),
        _declared(tree, read),
        _in_url(url, read),
    ):
        if found.date.value:
            return found
        rejected = rejected or found
    return rejected


def _selected(
    tree: HtmlElement, blocks: Sequence[Block], portal: Portal, read: Read
) -> Iterator[Published]:
    for element, text in texts(tree, portal.markup.date):
        if len(text) > 200 or NOT_THIS.search(text):
            continue
        date = read(text)
        at = next((b.at for b in blocks if b.element is element or element is b.element), None)
        if date:
            yield Published(text, "page", date, at)
            continue
        for name in ("datetime", "content", "title"):
            value = element.get(name)
            date = read(value)
            if value and date:
                yield Published(value, "page", date, at)


def _printed(
    blocks: Sequence[Block], title: Title | None, body: range, captured_at: str, read: Read
) -> Iterator[Published]:
    """Dates in lines near the title, the best first; then those right after the text."""
    scored: list[tuple[float, int, Published]] = []
    for at in _zone(blocks, title, body):
        block = blocks[at]
        if ends_article(block.text) and at > body.start:
            break
        is_title = title is not None and at == title.at
        raw = bracketed(block.text) if is_title else with_neighbour(blocks, at)
        if not raw or len(raw) > LONGEST:
            continue
        lower = raw.lower()
        relative = any(word in lower for word in AGO)
        if not relative and not holds_date(lower):
            continue
        if NOT_THIS.search(raw) or SPAN.search(raw) or is_anothers(blocks, at, title):
            continue
        if not is_title and opens_sentence(blocks, at):
            continue
        date = read(raw)
        if relative and date is not None and (exact := exact_moment(block, read)):
            raw, date = exact
        if date is None or date.precision in ("month", "year"):
            continue
        score = weight(block, raw, date, at, title, body, captured_at)
        if score >= ENOUGH:
            scored.append((-score, at, Published(raw, "page", date, at)))
    scored.sort(key=lambda entry: entry[:2])
    if not any(_is_certain(blocks, found) for _, _, found in scored):
        yield from _labelled(blocks, body, read)
    for _, _, found in scored:
        yield found


def _is_certain(blocks: Sequence[Block], found: Published) -> bool:
    """Whether a label or a `<time>` element says what the date is."""
    at = found.at if found.at is not None else 0
    return bool(PUBLISHED_LABEL.search(found.raw.lower())) or is_timed(blocks[at])


def _labelled(blocks: Sequence[Block], body: range, read: Read) -> Iterator[Published]:
    """The one labelled or `<time>` date of the page, wherever it stands: in a column, far below."""
    found: dict[str, Published] = {}
    for block in blocks:
        if len(block.text) > LONGEST or block.density > 0.5 or block.at in body[1:-1]:
            continue
        raw = with_neighbour(blocks, block.at)
        labelled = POSTED.match(raw)
        if not labelled and not (is_timed(block) and block.element.tag in TIME_LINES):
            continue
        if NOT_THIS.search(raw) or SPAN.search(raw) or is_anothers(blocks, block.at, None):
            continue
        date = read(raw)
        if date and date.value and date.precision not in ("month", "year"):
            found.setdefault(date.value[:10], Published(raw, "page", date, block.at))
    if len(found) == 1:
        yield from found.values()


def _zone(blocks: Sequence[Block], title: Title | None, body: range) -> list[int]:
    start = title.at if title and title.at is not None else max(0, body.start - 6)
    head = range(max(0, start - BEFORE), min(len(blocks), max(start + AFTER, body.start + 3)))
    if len(body) and body.start - start > 40:
        head = range(max(0, start - BEFORE), min(len(blocks), start + AFTER))
    tail = range(max(head.stop, body.stop - 3), min(len(blocks), body.stop + BELOW))
    return [*head, *tail]


def _declared(tree: HtmlElement, read: Read) -> Iterator[Published]:
    """Dates in the page's head and data, for pages that print none."""
    raws: list[str] = []
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name in META:
            raws.append(meta.get("content") or "")
    for element in tree.iter("time"):
        if element.get("pubdate") is not None or element.get("itemprop") == "datePublished":
            raws.append(element.get("datetime") or "")
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "") and script.text:
            raws += re.findall(r'"datePublished"\s*:\s*"([^"]{8,40})"', script.text[:50_000])
    for raw in raws:
        date = read(raw)
        if date and (date.value or date.notes):
            yield Published(raw, "meta", date)


def _in_url(url: str, read: Read) -> Iterator[Published]:
    for form in IN_URL:
        match = form.search(url.partition("?")[0])
        if match:
            parts = match.groupdict()
            day = parts.get("day")
            raw = (
                f"{parts['year']}-{parts['month']}-{day}"
                if day
                else f"tháng {parts['month']}/{parts['year']}"
            )
            date = read(raw)
            if date and date.value:
                yield Published(raw, "url", date)
                return

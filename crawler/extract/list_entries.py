"""What a list page says of its articles: headline, address, and the date beside each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from lxml.html import HtmlElement

from crawler.extract.blocks import text_of
from crawler.extract.date_words import DATE_FORMS
from crawler.items import ListedEntry
from crawler.parsing import join_url, split_url
from crawler.text.navigation import MORE

MOST = 1_000  # links of a page
HEADLINE = 12  # characters of a link that is one
TITLE = 400  # characters that are kept
PIECES = 60  # pieces of text of an entry that are looked at
LEAST, STAMP = 6, 60  # characters of a piece that is a date
LABEL = 30  # of them, those of its label: `Cập nhật lúc:`, `Lượt xem: 12`
HIGHEST = 7  # elements around a link that may be its entry
SPACE = re.compile(r"\s+")
# A time may stand on either side of a day.
CLOCK = re.compile(
    r"[\s,|-]{0,4}\d{1,2}\s?[:h]\s?\d{2}(?::\d{2})?(?:\s?[ap]m)?[\s,|-]{0,4}", re.IGNORECASE
)


def read_entries(tree: HtmlElement, url: str) -> list[ListedEntry]:
    """Every link that reads like a headline, once, in the order of the page."""
    titles: dict[str, str] = {}
    anchors: dict[str, HtmlElement] = {}
    for anchor in islice(tree.iter("a"), MOST):
        target = _target(anchor, url)
        if not target:
            continue
        title = _title(anchor)
        if len(title) > len(titles.get(target, "")):
            titles[target] = title
            anchors[target] = anchor
        titles.setdefault(target, title)
        anchors.setdefault(target, anchor)
    headlines = {target for target, title in titles.items() if len(title) >= HEADLINE}
    return [
        ListedEntry(target, title[:TITLE], _printed(anchors[target], target, title, url, headlines))
        for target, title in titles.items()
    ]


def _target(anchor: HtmlElement, url: str) -> str | None:
    href = (anchor.get("href") or "").strip()
    if not href or href.startswith(("#", "javascript:", "mailto:", "tel:")):
        return None
    target = join_url(url, href).partition("#")[0]
    return target if split_url(target).scheme in ("http", "https") else None


def _title(anchor: HtmlElement) -> str:
    """The link's words; those that its `title` or its picture's `alt` says where it has none."""
    text = SPACE.sub(" ", text_of(anchor)).strip()
    if len(text) >= HEADLINE and not MORE.match(text):
        said = SPACE.sub(" ", anchor.get("title") or "").strip()
        # Lists cut long headlines off; the attribute has them whole.
        cut = text.rstrip(". …")
        return said if text.endswith(("...", "…")) and said.startswith(cut) else text
    other: str | None
    for other in (anchor.get("title"), *(image.get("alt") for image in anchor.iter("img"))):
        words = SPACE.sub(" ", other or "").strip()
        if len(words) >= HEADLINE:
            return words
    return "" if MORE.match(text) else text


def _printed(
    anchor: HtmlElement, target: str, title: str, url: str, headlines: set[str]
) -> str | None:
    """The date in the smallest part of the page that is this entry's alone."""
    alone = anchor
    node: HtmlElement | None = anchor.getparent()
    for _ in range(HIGHEST):
        if node is None or node.tag in ("body", "html"):
            break
        if ({_target(a, url) for a in node.iter("a")} & headlines) - {target}:
            break
        if found := _date_among(node.itertext(), title):
            return found
        alone, node = node, node.getparent()
    # Entries that share one parent: what stands right behind this one, before the next.
    behind = [alone.tail or ""]
    following: HtmlElement | None = alone.getnext()
    while following is not None and len(behind) < PIECES:
        if {_target(a, url) for a in following.iter("a")} & headlines:
            break
        behind += [*following.itertext(), following.tail or ""]
        following = following.getnext()
    return _date_among(behind, title)


def _date_among(pieces: Iterable[str], title: str) -> str | None:
    """A date with few other words: one that a teaser or the headline speaks of is not the entry's."""
    for piece in islice(pieces, PIECES):
        text = SPACE.sub(" ", piece).strip()
        if not LEAST <= len(text) <= STAMP or text in title:
            continue
        low = text.lower()
        for form in DATE_FORMS[:3] if len(low) == len(text) else ():
            found = form.search(low)
            if found is None:
                continue
            start, end = found.span()
            before = [m for m in CLOCK.finditer(text, 0, start) if m.end() == start]
            after = CLOCK.match(text, end)
            start = before[-1].start() if before else start
            end = after.end() if after else end
            if len(text) - (end - start) <= LABEL:
                return text[start:end].strip(" ,|-")
    return None

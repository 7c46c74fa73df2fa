"""An article's text: its container, cut out of the page, and the lines in it that are its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

from crawler.extract.article_end import PROSE, closes, footer_start, is_prose, teasers
from crawler.extract.article_extent import grow
from crawler.extract.blocks import Block, text_of
from crawler.extract.boilerplate_rules import is_furniture
from crawler.extract.columns import other_columns
from crawler.extract.file_links import FRAMES, embedded_file, is_file_link
from crawler.extract.selectors import elements
from crawler.extract.titles import Title
from crawler.text.boilerplate import fingerprint

ASIDE = re.compile(
    r"(?:^|[\s_-])(?:footer|aside|sidebar|side-?bar|menu|nav|navbar|breadcrumbs?|comments?|related|lien-?quan|tin-?khac|tin-?lien|other-?news"
    r"|banner|advert|quang-?cao|(?<!elementor-)widget|cookies?|popup|newsletter|author-?(?:box|bio|card|profile)|poll|tham-?do|copyright|share|social|rating|pagination|weblink|lienket|login|search|counter|thong-?ke|header)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)


DATED = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}")


@dataclass(frozen=True, slots=True)
class Body:
    """Where an article's text is: the element, and the page's lines that stand in it."""

    container: HtmlElement
    lines: range
    known: bool  # by the platform's markup, not by looks
    after: HtmlElement | None = None  # what stands in the container from here on is not the article


def find_body(
    tree: HtmlElement,
    blocks: Sequence[Block],
    *,
    title: Title | None,
    selectors: tuple[str, ...],
    boilerplate: frozenset[str] = frozenset(),
) -> Body | None:
    """The element that holds the article; None when no element holds any prose or picture."""
    for selector in selectors:
        matches = [
            m for m in elements(tree, (selector,)) if m.tag not in ("script", "style", "head")
        ]
        if matches:
            best = matches[0]
            if len(matches) > 1:
                best = max(matches, key=lambda m: (len(text_of(m).strip()), len(m)))
            if text_of(best).strip() or next(best.iter("img", "a"), None) is not None:
                return Body(best, _range(blocks, best), known=True)
    return _by_looks(blocks, title, boilerplate)


def _range(blocks: Sequence[Block], container: HtmlElement) -> range:
    """The lines inside an element: they are consecutive."""
    inside = set(container.iter())
    ats = [block.at for block in blocks if block.element in inside]
    return range(ats[0], ats[-1] + 1) if ats else range(0)


def _by_looks(
    blocks: Sequence[Block], title: Title | None, boilerplate: frozenset[str]
) -> Body | None:
    """The element with the most prose that follows the title, grown to all of the article."""
    start = title.at if title and title.at is not None else -1
    end = footer_start(blocks)
    end = end if end > start + 1 else len(blocks)
    end = _second_copy(blocks, start, end)
    scores: dict[HtmlElement, float] = defaultdict(float)
    # Comments and columns count only on pages that keep everything in an element of such a name.
    around = frozenset(blocks[start].element.iterancestors()) if start >= 0 else frozenset()

    known: dict[HtmlElement, bool] = dict.fromkeys(around, False)
    columns = other_columns(blocks, blocks[start], end) if start >= 0 else frozenset()
    known.update(dict.fromkeys(columns, True))

    def is_aside(element: HtmlElement) -> bool:
        return _is_aside(element, known)

    aside = {b.at for b in blocks[max(start, 0) : end] if is_prose(b) and is_aside(b.element)}
    main = sum(len(b.text) for b in blocks[start + 1 : end] if is_prose(b) and b.at not in aside)
    named = {at for at in aside if columns.isdisjoint(blocks[at].element.iterancestors())}
    misnamed = sum(len(blocks[at].text) for at in named) > 2 * main
    if misnamed:
        aside -= named  # the article's own wrapper has such a name
    head = blocks[start].element if start >= 0 else None
    others = teasers(blocks[start + 1 : end], head) if head is not None else frozenset()
    gap = 0
    above: list[Block] = []  # the prose so far
    for block in blocks[:end]:
        if (
            block.at > start
            and (start >= 0 or above)
            and closes(blocks, block.at, end, above=above, head=head, foreign=is_aside)
        ):
            end = block.at
            break
        value = _value(block, boilerplate)
        if block.at <= start:
            # What stands above the title is cut off later anyway.
            value = max(value * 0.05, 0.0)
        elif value > 0:
            value *= 1.0 if gap < 400 else 0.5 if gap < 1200 else 0.15
            gap = 0
        else:
            gap += len(block.text)
        if value > 0 and (block.at in aside or block.at in others):
            value *= 0.0 if main > PROSE else 0.1
        elif value > 0 and block.at > start:
            above.append(block)
        node: HtmlElement | None = block.element
        while node is not None and node.tag != "html":
            scores[node] += value
            node = node.getparent()
    best, most = None, 0.0
    for element, score in scores.items():
        # Wrappers without anything of their own score alike: the innermost is the best.
        alike = abs(score - most) <= 1e-9
        inner = alike and any(outer is best for outer in element.iterancestors())
        if score > most + 1e-9 or inner:
            best, most = element, score
    if best is None and start >= 0:
        best = _first_line(blocks[start + 1 : end])
        if best is None:
            # No text at all: a notice that is only a picture or a file under its title.
            best = _under_title(blocks[start].element)
    if best is None:
        return None
    container, lines = grow(best, blocks, start=start, end=end, is_aside=is_aside, others=others)
    own = [at for at in lines if misnamed or not is_aside(blocks[at].element)]
    lines = lines[: own[-1] + 1 - lines.start] if own else lines
    after = blocks[end].element if end < len(blocks) else None
    return Body(container, lines, known=False, after=after)


def _second_copy(blocks: Sequence[Block], start: int, end: int) -> int:
    """Where a page prints its article once more, for small screens or for paper; else `end`."""
    if start < 0:
        return end
    seen: set[str] = set()
    for block in blocks[start + 1 : end]:
        if block.text == blocks[start].text and len(seen) > 1:
            again = [b.text for b in blocks[block.at + 1 : end] if is_prose(b)][: len(seen)]
            return block.at if len(again) > 1 and seen.issuperset(again) else end
        if is_prose(block):
            seen.add(block.text)
    return end


def _first_line(below: Sequence[Block]) -> HtmlElement | None:
    """The element of the first line under a title that may be text where there is no prose."""
    for block in below:
        if block.density < 0.5 and len(block.text) > 20 and not is_furniture(block.text):
            return None if DATED.search(block.text) else block.element
    return None


def _value(block: Block, boilerplate: frozenset[str]) -> float:
    text = block.text
    if boilerplate and fingerprint(text) in boilerplate:
        return -len(text)
    if block.density >= 0.4:
        return -0.7 * min(len(text), 400) - 5
    return min(len(text), 1500.0) if is_prose(block) else -2.0


def _is_aside(element: HtmlElement, known: dict[HtmlElement, bool]) -> bool:
    """Whether it stands in a column, a menu, comments; what the title stands in too is none.

    `known`: what was found of other elements, those around the title among them.
    """
    path: list[HtmlElement] = []
    found = False
    node: HtmlElement | None = element
    while node is not None and node.tag != "body":
        if node in known:
            found = known[node]
            break
        path.append(node)
        if node.tag in ("footer", "nav", "aside", "header"):
            found = True
            break
        names = f"{node.get('class') or ''} {node.get('id') or ''}"
        if len(names) > 1 and _names_aside(names):
            found = True
            break
        node = node.getparent()
    known.update(dict.fromkeys(path, found))
    return found


@lru_cache(maxsize=4_000)  # a portal's pages have the same names
def _names_aside(names: str) -> bool:
    return bool(ASIDE.search(names))


def _under_title(element: HtmlElement) -> HtmlElement | None:
    node = element.getparent()
    while node is not None and node.tag != "body":
        if (
            next(node.iter("img"), None) is not None
            or any(is_file_link(a) for a in node.iter("a"))
            or any(map(embedded_file, node.iter(*FRAMES)))
        ):
            return node
        node = node.getparent()
    return element.getparent()


def stripped(container: HtmlElement) -> str:
    """What trafilatura keeps of the container: the text without the boilerplate it knows."""
    # Only who reads pages loads it: the crawl itself needs but a few words of this package.
    from trafilatura import extract as trafilatura_extract

    page = etree.Element("html")
    try:
        cut = deepcopy(container)  # refused when a broken page has a tag that is no name
        cut.tail = None
        if cut.tag == "body":
            page.append(cut)
        else:
            etree.SubElement(page, "body").append(cut)
            cut.tag = "div" if cut.tag in ("td", "th", "tr", "tbody", "table", "li") else cut.tag
        kept = trafilatura_extract(
            cast(HtmlElement, page),
            fast=True,
            favor_recall=True,
            include_comments=False,
            include_tables=True,
            with_metadata=False,
            deduplicate=False,
        )
    except (ValueError, AttributeError, TypeError, RecursionError, etree.LxmlError):
        return ""
    return kept or ""

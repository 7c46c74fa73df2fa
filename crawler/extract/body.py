"""An article's text: its container, cut out of the page, and the lines in it that are its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import extract as trafilatura_extract

from crawler.boilerplate import fingerprint
from crawler.extract.blocks import Block
from crawler.extract.furniture import ends_article
from crawler.extract.selectors import elements
from crawler.extract.titles import Title

PROSE = 60  # characters of a line that reads as prose
ASIDE = re.compile(
    r"(?:^|[\s_-])(?:footer|sidebar|side-?bar|menu|nav|navbar|breadcrumbs?|comments?|related|lien-?quan|tin-?khac|tin-?lien|other-?news"
    r"|banner|advert|quang-?cao|widget|copyright|share|social|rating|pagination|weblink|lienket|login|search|counter|thong-?ke|header)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
ENDS = re.compile(r"[.!?:;…\"”)]\s*$")


@dataclass(frozen=True, slots=True)
class Body:
    """Where an article's text is: the element, and the page's lines that stand in it."""

    container: HtmlElement
    lines: range
    known: bool  # by the platform's markup, not by looks


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
                best = max(matches, key=lambda m: (len("".join(m.itertext()).strip()), len(m)))
            if "".join(best.itertext()).strip() or next(best.iter("img", "a"), None) is not None:
                return Body(best, _range(blocks, best), known=True)
    container = _by_looks(blocks, title, boilerplate)
    return None if container is None else Body(container, _range(blocks, container), known=False)


def _range(blocks: Sequence[Block], container: HtmlElement) -> range:
    """The lines inside an element: they are consecutive."""
    inside = set(container.iter())
    ats = [block.at for block in blocks if block.element in inside]
    return range(ats[0], ats[-1] + 1) if ats else range(0)


def _by_looks(
    blocks: Sequence[Block], title: Title | None, boilerplate: frozenset[str]
) -> HtmlElement | None:
    """The element with the most prose that follows the title, less what is not prose in it."""
    scores: dict[HtmlElement, float] = defaultdict(float)
    start = title.at if title and title.at is not None else -1
    gap, ended = 0, False
    for block in blocks:
        if block.at > start and ends_article(block.text):
            ended = True
        value = _value(block, boilerplate)
        if block.at <= start:
            # What stands above the title or below the article's end is cut off later anyway.
            value = max(value * 0.05, 0.0)
        elif ended:
            value = 0.0
        elif value > 0:
            value *= 1.0 if gap < 400 else 0.5 if gap < 1200 else 0.15
            gap = 0
        else:
            gap += len(block.text)
        if value > 0 and _is_aside(block.element):
            value *= 0.1
        node: HtmlElement | None = block.element
        while node is not None and node.tag != "html":
            scores[node] += value
            node = node.getparent()
    best, most = None, 0.0
    for element, score in scores.items():
        # Wrappers without anything of their own score alike: the innermost is met first.
        if score > most + 1e-9:
            best, most = element, score
    if best is None and start >= 0:
        # No prose at all: a notice that is only a picture or a file under its title.
        return _under_title(blocks[start].element)
    return best


def _value(block: Block, boilerplate: frozenset[str]) -> float:
    text = block.text
    if boilerplate and fingerprint(text) in boilerplate:
        return -len(text)
    if block.density >= 0.4:
        return -0.7 * min(len(text), 400) - 5
    if len(text) >= PROSE or (len(text) >= 25 and ENDS.search(text)):
        return min(len(text), 1500.0)
    return -2.0


def _is_aside(element: HtmlElement) -> bool:
    node: HtmlElement | None = element
    while node is not None and node.tag != "body":
        if node.tag in ("footer", "nav", "aside", "header"):
            return True
        names = f"{node.get('class') or ''} {node.get('id') or ''}"
        if len(names) > 1 and ASIDE.search(names):
            return True
        node = node.getparent()
    return False


def _under_title(element: HtmlElement) -> HtmlElement | None:
    node = element.getparent()
    while node is not None and node.tag != "body":
        if next(node.iter("img"), None) is not None or any(
            FILE.search(a.get("href") or "") for a in node.iter("a")
        ):
            return node
        node = node.getparent()
    return element.getparent()


FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|7z|odt|rtf)(?:$|[?#])", re.IGNORECASE)


def stripped(container: HtmlElement) -> str:
    """What trafilatura keeps of the container: the text without the boilerplate it knows."""
    page = etree.Element("html")
    cut = deepcopy(container)
    cut.tail = None
    if cut.tag == "body":
        page.append(cut)
    else:
        etree.SubElement(page, "body").append(cut)
        cut.tag = "div" if cut.tag in ("td", "th", "tr", "tbody", "table", "li") else cut.tag
    try:
        kept = trafilatura_extract(
            page,
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

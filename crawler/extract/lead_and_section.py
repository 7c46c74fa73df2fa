"""What stands around an article's text and belongs to it: the lead, the section it is in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from lxml.html import HtmlElement

from crawler.extract.article_text import Text
from crawler.extract.blocks import Block, read_blocks, text_of
from crawler.extract.body import Body
from crawler.extract.names import fold
from crawler.extract.selectors import elements, texts
from crawler.extract.titles import Title

LEAD = re.compile(
    r"sapo|hometext|(?:^|[\s_-])lead(?:$|[\s_-])|summary|excerpt|intro-?text|description|tom-?tat"
    r"|(?:^|[\s_-])brief(?:$|[\s_-])",
    re.IGNORECASE,
)
CRUMBS = re.compile(r"breadcrumb|duong-?dan|pathway", re.IGNORECASE)
CRUMB_LINE = re.compile(r"\s*(?:>{1,2}|»|›|→|\|{1,2}|•|/)\s*")
HOME = frozenset({"trang chu", "home", "trang nhat", "trangchu", "ban dang o", "you are here"})


def read_summary(
    tree: HtmlElement,
    blocks: Sequence[Block],
    place: Body,
    text: Text,
    title: Title | None,
    selectors: tuple[str, ...],
) -> str | None:
    """The lead that a portal sets apart, and takes no second time in the text."""
    for element, printed in chain(texts(tree, selectors), _leads(blocks, place, title)):
        if not 30 <= len(printed) <= 1_500 or element.tag == "body":
            continue
        if title and fold(printed) == fold(title.text) and not selectors:
            continue
        squeezed = _squeezed(printed)
        again = [at for at, line in enumerate(text.lines[:6]) if _squeezed(line) == squeezed]
        if again:
            for at in reversed(again):
                text.lines.pop(at)
        elif text.lines and squeezed == _squeezed("".join(text.lines[:3]))[: len(squeezed)]:
            while text.lines and squeezed.startswith(first := _squeezed(text.lines[0])):
                squeezed = squeezed[len(first) :]
                text.lines.pop(0)
        return printed
    return None


def _leads(
    blocks: Sequence[Block], place: Body, title: Title | None
) -> Iterator[tuple[HtmlElement, str]]:
    """Lines between the title and the text's first ones, in an element that calls itself a lead."""
    first = title.at + 1 if title and title.at is not None else place.lines.start
    for block in blocks[first : max(first, place.lines.start) + 6]:
        if (named := _named(block.element, LEAD, up=2)) is not None:
            yield named, " ".join(text_of(named).split())


def _named(element: HtmlElement, names: re.Pattern[str], *, up: int) -> HtmlElement | None:
    """The element, or one around it, whose class or id matches."""
    node: HtmlElement | None = element
    for _ in range(up + 1):
        if node is None or node.tag == "body":
            return None
        if names.search(f"{node.get('class') or ''} {node.get('id') or ''}"):
            return node
        node = node.getparent()
    return None


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def read_section(
    tree: HtmlElement, blocks: Sequence[Block], title: Title | None, selectors: tuple[str, ...]
) -> str | None:
    """The breadcrumb without the home page and the title: `Tin Hoạt động > Chung`."""
    own = fold(title.text) if title else ""
    for element in elements(tree, selectors):
        marked = [text_of(name) for name in element.iter() if name.get("itemprop") == "name"]
        parts = marked or [block.text for block in read_blocks(element)]
        if section := _crumbs(_split(parts), own):
            return section[:200]
    end = title.at if title and title.at is not None else min(40, len(blocks))
    for block in reversed(blocks[max(0, end - 25) : end + 1]):
        if (crumbs := _named(block.element, CRUMBS, up=4)) is not None:
            if section := _crumbs(_split([b.text for b in read_blocks(crumbs)]), own):
                return section[:200]
            return None
    for block in reversed(blocks[max(0, end - 5) : end]):
        if len(block.text) <= 150 and re.search(r">{1,2}|»|›", block.text):
            return _crumbs(CRUMB_LINE.split(block.text), own)
    return None


def _split(parts: Sequence[str]) -> list[str]:
    tidy = [" ".join(part.split()) for part in parts]
    return CRUMB_LINE.split(tidy[0]) if len(tidy) == 1 else tidy


def _crumbs(parts: Sequence[str], title: str) -> str | None:
    names = [part.strip(" >»›/|•-\t") for part in parts]
    kept = [
        name
        for name in names
        if name
        and re.search(r"\w", name)
        and fold(name).strip(" :") not in HOME
        and not (title and title.startswith(fold(name).rstrip(". …")) and len(name) > 25)
    ]
    return " > ".join(dict.fromkeys(kept)) or None

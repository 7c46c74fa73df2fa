"""Where a page's elements, not its words, tell whose name a line holds: captions, the site, the writer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from crawler.extract.authors import authors_of
from crawler.extract.blocks import PICTURES, Block, text_of
from crawler.extract.boilerplate_rules import ends_article
from crawler.extract.byline_labels import believed, split_label, without_buttons
from crawler.extract.bylines import LONGEST, Byline
from crawler.extract.names import fold, read_name
from crawler.portals.model import Portal

CAPTION = 180  # characters of a line under a picture
BELOW = 6  # lines under the text
WRITER = re.compile(
    r"(?:^|[\s_-])(?:author|byline|tac-?gia|nguoi-?viet|but-?danh|writer|news-?author|article-?author|author-?name)(?:$|[\s_-])",
    re.IGNORECASE,
)
# Whoever owns the account that posted it.
ACCOUNT = re.compile(
    r"vcard|view-content|(?:^|[\s_-])(?:posted|post-?by|user|account|avatar)", re.IGNORECASE
)
RIGHT = re.compile(r"right", re.IGNORECASE)
SET_RIGHT = re.compile(r"^right\b|(?:text-align|float)\s*:\s*right\b", re.IGNORECASE)


def under_pictures(own: Sequence[Block], blocks: Sequence[Block]) -> frozenset[str]:
    """The short lines that stand right under a picture; one set to the right signs instead."""
    found = set()
    for block in own:
        if not any(part.tag in PICTURES for part in block.parts) or block.at + 1 >= len(blocks):
            continue
        below = blocks[block.at + 1]
        look = f"{below.element.get('align') or ''} {below.element.get('style') or ''}"
        if len(below.text) <= CAPTION and not RIGHT.search(look):
            found.add(below.text)
    return frozenset(found)


def set_right(own: Sequence[Block]) -> frozenset[str]:
    """The short lines that are set to the right: signatures, whatever stands above them."""
    return frozenset(
        block.text
        for block in own
        if len(block.text) <= CAPTION
        and any(
            SET_RIGHT.search(f"{node.get('align') or ''} {node.get('style') or ''}")
            for node in (block.element, *block.element[:1])
        )
    )


def site_names(tree: HtmlElement) -> frozenset[str]:
    """What the page calls its site, folded."""
    return frozenset(
        fold(" ".join((meta.get("content") or "").split()))
        for meta in tree.iter("meta")
        if (meta.get("property") or meta.get("name") or "").lower()
        in ("og:site_name", "application-name")
    ) - {""}


def byline_below(blocks: Sequence[Block], own: Sequence[Block], *, portal: Portal) -> Byline | None:
    """An explicit label in the few lines under the text, or an element that calls itself the writer."""
    if not own:
        return None
    for block in blocks[own[-1].at + 1 : own[-1].at + 1 + BELOW]:
        if ends_article(block.text):
            break
        line = without_buttons(block.text)
        meaning, _ = split_label(line)
        is_label = meaning in ("author", "source") and believed(line) and len(line) <= LONGEST
        if is_label and authors_of(line, portal=portal):
            return Byline(line)
    for block in blocks[own[0].at : own[-1].at + 1 + BELOW]:
        if len(block.text) <= LONGEST and _is_writers(block.element):
            printed = _writers_own(block)
            name = read_name(split_label(printed)[1])
            if name and name.sure and authors_of(printed, portal=portal):
                return Byline(printed)
    return None


def _writers_own(block: Block) -> str:
    """What stands in the writer's own part of a line that goes on with the date."""
    for part in block.element:
        names = f"{part.get('class') or ''} {part.get('id') or ''} {part.get('itemprop') or ''}"
        if isinstance(part.tag, str) and WRITER.search(names):
            return " ".join(text_of(part).split()) or block.text
    return block.text


def _is_writers(element: HtmlElement) -> bool:
    """Whether an element is where the template prints the writer, and not the account."""
    around = (element, element.getparent())
    names = " ".join(
        f"{node.get('class') or ''} {node.get('id') or ''} {node.get('itemprop') or ''}"
        for node in (*around, *element)
        if node is not None and isinstance(node.tag, str)
    )
    linked = any(a.get("rel") == "author" for a in element.iter("a"))
    return bool(WRITER.search(names)) and not ACCOUNT.search(names) and not linked

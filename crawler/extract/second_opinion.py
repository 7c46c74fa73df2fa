"""Other readings of the same page, none of which knows the title, the markup or where we cut.

Where two of them agree on prose that ours lacks, ours is wrong. They are asked only where that can
be: much running text is left on the page, or the text is short.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from lxml.html import HtmlElement

from crawler.extract.article_end import is_prose
from crawler.extract.blocks import Block, read_blocks
from crawler.extract.body import Body, stripped

SHORT = 300  # characters of a text that is never stored unasked
LEFT = 0.5  # of our text's length: running text elsewhere on the page that makes it doubtful
LINE = 100  # characters of a line that is running text wherever it stands
SHARE = 0.6  # of an element's prose in one child: the text is in there
LACKING = 0.12  # of what the others agree on
FEWEST = 120  # characters of it that are worth a dispute
LARGEST_JSON = 400_000


def is_doubtful(blocks: Sequence[Block], kept: Iterable[Block]) -> bool:
    """Cheap signs that a text may lack something: it is short, or much is left beside it."""
    ours = {block.at for block in kept}
    mine = sum(len(blocks[at].text) for at in ours if at < len(blocks))
    left = [b for b in blocks if b.at not in ours and b.density < 0.2 and is_prose(b)]
    if mine < SHORT:
        return sum(len(block.text) for block in left) > FEWEST
    return sum(len(b.text) for b in left if len(b.text) >= LINE) > max(SHORT, LEFT * mine)


def agreed(tree: HtmlElement, blocks: Sequence[Block]) -> list[Block]:
    """The prose that at least two independent readings take for the article."""
    readings = (by_trafilatura(tree, blocks), by_density(blocks), by_declaration(tree, blocks))
    votes = Counter(at for reading in readings for at in reading)
    return [block for block in blocks if votes[block.at] >= 2]


def lacking(theirs: Sequence[Block], text: str) -> list[Block]:
    """What the others agree on and a text does not have; empty when that is little."""
    mine = squeezed(text)
    missing = [block for block in theirs if squeezed(block.text) not in mine]
    least = max(FEWEST, LACKING * sum(len(block.text) for block in theirs))
    return missing if sum(len(block.text) for block in missing) > least else []


def place_of(theirs: Sequence[Block], blocks: Sequence[Block]) -> Body:
    """The smallest element around the agreed prose, from its first line to its last."""
    container = theirs[0].element
    last = theirs[-1].element
    inside = {*last.iterancestors(), last}
    while container not in inside and (parent := container.getparent()) is not None:
        container = parent
    lines = range(theirs[0].at, theirs[-1].at + 1)
    after = blocks[lines.stop].element if lines.stop < len(blocks) else None
    return Body(container, lines, known=False, after=after)


def by_trafilatura(tree: HtmlElement, blocks: Sequence[Block]) -> set[int]:
    """The lines of prose that trafilatura keeps of the whole page."""
    joined = squeezed(stripped(tree))
    return {b.at for b in blocks if is_prose(b) and squeezed(b.text) in joined} if joined else set()


def by_density(blocks: Sequence[Block]) -> set[int]:
    """The lines of prose in the element that one comes to by going where most of it is."""
    weights: dict[HtmlElement, int] = defaultdict(int)
    parents: dict[HtmlElement, HtmlElement] = {}
    prose = [block for block in blocks if is_prose(block)]
    for block in prose:
        node: HtmlElement | None = block.element
        while node is not None:
            weights[node] += len(block.text)
            above = node.getparent()
            if above is not None:
                parents[node] = above
            node = above
    children: dict[HtmlElement, list[HtmlElement]] = defaultdict(list)
    for child, parent in parents.items():
        children[parent].append(child)
    if not prose:
        return set()
    place = prose[0].element.getroottree().getroot()
    inner: HtmlElement | None = place
    while inner is not None:
        place, most = inner, SHARE * weights[inner]
        inner = next((child for child in children[place] if weights[child] > most), None)
    inside = {place, *place.iterdescendants()}
    return {block.at for block in prose if block.element in inside}


def by_declaration(tree: HtmlElement, blocks: Sequence[Block]) -> set[int]:
    """The lines of prose in what the page declares as its article's body (JSON-LD)."""
    joined = squeezed(declared_text(tree))
    if not joined:
        return set()
    return {b.at for b in blocks if is_prose(b) and squeezed(b.text) in joined}


def declared_text(tree: HtmlElement) -> str:
    """`articleBody` of the page's JSON-LD, without markup; empty when there is none."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "") and len(script.text or "") < LARGEST_JSON:
            try:
                data = json.loads(script.text or "", strict=False)
            except (ValueError, RecursionError):
                continue
            for body in _bodies(data):
                return re.sub(r"<[^>]{0,500}>", " ", body)
    return ""


def _bodies(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        body = data.get("articleBody")
        if isinstance(body, str) and body.strip():
            yield body
        data = list(data.values())
    if isinstance(data, list):
        for part in data[:200]:
            if isinstance(part, dict | list):
                yield from _bodies(part)


def squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def unhidden(tree: HtmlElement) -> list[Block]:
    """The page's lines with those that its own styles hide."""
    return read_blocks(tree, hiding=False)

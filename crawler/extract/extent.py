"""How far an article reaches around its prose: captions, tables, headings, the byline's cell.

The element with the most prose is often one of several that the article is made of. It grows to
the elements around it as long as nothing foreign (headlines of others, a sidebar, the footer)
stands in them between the title and the article's end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lxml.html import HtmlElement

from crawler.extract.blocks import Block
from crawler.extract.ending import is_headline, is_prose

OWN = frozenset(
    ["p", "tr", "li", "ul", "ol", "table", "tbody", "blockquote", "pre", "h2", "h3", "h4", "h5", "figure", "dl", "dd", "dt", "center"]
)  # fmt: skip


def grow(
    seed: HtmlElement,
    blocks: Sequence[Block],
    *,
    start: int,
    end: int,
    is_aside: Callable[[HtmlElement], bool],
) -> tuple[HtmlElement, range]:
    """The outermost element that still is the article, and its lines; `start`: the title's line."""
    container, lines = seed, _within(seed, blocks, start, end)
    inside = [blocks[at] for at in lines]
    prose = next((block for block in inside if is_prose(block)), None)
    if prose is not None:
        above = [block for block in inside if block.at < prose.at]
        first = _first_own(seed, prose.element, above)
        lines = range(prose.at if first is None else first, lines.stop)
    child = seed
    parent = seed.getparent()
    while parent is not None and parent.tag != "html":
        reach = _within(parent, blocks, start, end)
        new = [blocks[at] for at in reach if at not in lines]
        if any(is_headline(block) or is_aside(block.element) for block in new):
            break
        if new:
            first = _first_own(parent, child, [b for b in new if b.at < lines.start])
            stop = reach.stop if len(reach) else lines.stop
            if first is not None or stop > lines.stop:
                container = parent
            lines = range(lines.start if first is None else first, max(stop, lines.stop))
            child = parent
        parent = parent.getparent()
    return container, lines


def _within(element: HtmlElement, blocks: Sequence[Block], start: int, end: int) -> range:
    inside = set(element.iter())
    ats = [block.at for block in blocks[start + 1 : end] if block.element in inside]
    return range(ats[0], ats[-1] + 1) if ats else range(0)


def _first_own(parent: HtmlElement, child: HtmlElement, above: list[Block]) -> int | None:
    """The first line above that is text: prose, or in an element of the same kind as what follows.

    What else stands between a title and its text is the date, the poster, counters, buttons.
    """
    beside = _child_of(parent, child)
    for block in above:
        if is_prose(block):
            return block.at
        if beside is None or beside.tag in OWN:
            node = _child_of(parent, block.element)
            if node is beside or (
                node is not None
                and beside is not None
                and (node.tag, node.get("class")) == (beside.tag, beside.get("class"))
            ):
                return block.at
    return None


def _child_of(parent: HtmlElement, inner: HtmlElement) -> HtmlElement | None:
    """The child of `parent` that an element is or stands in; None for the parent itself."""
    node: HtmlElement | None = inner
    while node is not None and node is not parent:
        above = node.getparent()
        if above is parent:
            return node
        node = above
    return None

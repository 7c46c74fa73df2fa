"""How far an article reaches around its prose: captions, tables, headings, the byline's cell.

The element with the most prose is often one of several that the article is made of. It grows to
the elements around it as long as nothing foreign (headlines of others, a sidebar, the footer)
stands in them between the title and the article's end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lxml.html import HtmlElement

from crawler.extract.article_end import PROSE, is_headline, is_prose, unled
from crawler.extract.blocks import Block
from crawler.extract.branches import branches, path_of

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
    others: frozenset[int] = frozenset(),
) -> tuple[HtmlElement, range]:
    """The outermost element that still is the article, and its lines.

    `start`: the title's line; `others`: lines of other articles.
    """

    def foreign(block: Block) -> bool:
        return is_headline(block) or block.at in others or is_aside(block.element)

    within = _spans(seed, blocks, start, end)
    container, lines = seed, within(seed)
    inside = [blocks[at] for at in lines]
    prose = next((block for block in inside if is_prose(block)), None)
    if prose is not None:
        above = [block for block in inside if block.at < prose.at]
        first = _first_own(seed, prose.element, above)
        lines = range(prose.at if first is None else first, lines.stop)
    first, stop = (lines.start, lines.stop) if len(lines) else (start + 1, start + 1)
    child, up, down = seed, True, True
    parent = seed.getparent()
    while parent is not None and parent.tag != "html" and (up or down):
        reach = within(parent)
        above = [blocks[at] for at in reach if at < first]
        below = [blocks[at] for at in reach if at >= stop]
        if up and above:
            if any(map(foreign, above)):
                # Others' headlines in a box among the paragraphs: text of the same kind goes on.
                beside = _child_of(parent, child)
                leads = {b.at for b in unled(above) if len(b.text) >= PROSE}
                above = [
                    b for b in above
                    if not foreign(b) and (b.at in leads or _is_alike(parent, beside, b))
                ]  # fmt: skip
                up = bool(above)
            own = _first_own(parent, child, above)
            if own is not None:
                first, container = own, parent
        if down and below:
            last = below[-1].at if not any(map(foreign, below)) else None
            if last is None:
                beside = _child_of(parent, child)
                alike = [b for b in below if not foreign(b) and _is_alike(parent, beside, b)]
                last = alike[-1].at if alike else _before_aside(below, is_aside)
                down = bool(alike)
            if last is not None:
                stop, container = last + 1, parent
        child = parent
        parent = parent.getparent()
    return container, range(first, stop)


def _before_aside(below: list[Block], is_aside: Callable[[HtmlElement], bool]) -> int | None:
    """The last line before the article's own footer, unless a headline comes first."""
    last = None
    for block in below:
        if is_headline(block):
            return None
        if is_aside(block.element):
            return last
        last = block.at
    return last


def _spans(
    seed: HtmlElement, blocks: Sequence[Block], start: int, end: int
) -> Callable[[HtmlElement], range]:
    """What tells from which line to which the seed reaches, or an element around it.

    Lines above the title and below the end are left out.
    """
    path, between = path_of(seed), blocks[start + 1 : end]
    rungs = [at for at, _ in branches(path, between)]
    rung_of = {node: at for at, node in enumerate(path)}

    def within(element: HtmlElement) -> range:
        highest = rung_of[element]
        ats = [block.at for block, at in zip(between, rungs, strict=True) if at <= highest]
        return range(ats[0], ats[-1] + 1) if ats else range(0)

    return within


def _first_own(parent: HtmlElement, child: HtmlElement, above: list[Block]) -> int | None:
    """The first line above that is text: prose, or in an element of the same kind as what follows.

    What else stands between a title and its text is the date, the poster, counters, buttons.
    """
    beside = _child_of(parent, child)
    for block in above:
        if is_prose(block):
            return block.at
        if (beside is None or beside.tag in OWN) and _is_alike(parent, beside, block):
            return block.at
    return None


def _is_alike(parent: HtmlElement, beside: HtmlElement | None, block: Block) -> bool:
    """Whether a line stands in the same child of `parent`, or in one of the same kind."""
    node = _child_of(parent, block.element)
    if node is None or beside is None:
        return node is beside
    return (node.tag, node.get("class")) == (beside.tag, beside.get("class"))


def _child_of(parent: HtmlElement, inner: HtmlElement) -> HtmlElement | None:
    """The child of `parent` that an element is or stands in; None for the parent itself."""
    node: HtmlElement | None = inner
    while node is not None and node is not parent:
        above = node.getparent()
        if above is parent:
            return node
        node = above
    return None

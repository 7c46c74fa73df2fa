"""Where the lines of a page leave the path from one of its elements up to the root."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from lxml.html import HtmlElement

from crawler.extract.blocks import Block

# How far up the path, and the child through which; None for what stands in the path's own element.
Branch = tuple[int, HtmlElement | None]


def path_of(element: HtmlElement) -> list[HtmlElement]:
    """An element and all around it, from the inside out."""
    return [element, *element.iterancestors()]


def branches(path: Sequence[HtmlElement], blocks: Sequence[Block]) -> list[Branch]:
    """For each line the innermost element of a path that holds it, and the path's child it is in."""
    known: dict[HtmlElement, Branch] = {node: (at, None) for at, node in enumerate(path)}
    found = []
    for block in blocks:
        climbed: list[HtmlElement] = []
        node = block.element
        while node not in known:  # the path ends in the root, which is around everything
            climbed.append(node)
            node = cast(HtmlElement, node.getparent())
        at, child = known[node]
        if climbed:
            child = climbed[-1] if child is None else child
            known.update(dict.fromkeys(climbed, (at, child)))
        found.append((at, child))
    return found

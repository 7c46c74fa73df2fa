"""A platform's CSS selectors, compiled once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from crawler.extract.blocks import UNSEEN, is_hidden


@lru_cache(maxsize=512)
def _compiled(selector: str) -> CSSSelector:
    return CSSSelector(selector, translator="html")


def elements(tree: HtmlElement, selectors: tuple[str, ...]) -> Iterator[HtmlElement]:
    """All elements of the first selector that finds any, then of the next."""
    for selector in selectors:
        yield from _compiled(selector)(tree)


def texts(tree: HtmlElement, selectors: tuple[str, ...]) -> Iterator[tuple[HtmlElement, str]]:
    """Those elements that hold visible words, with these."""
    for element in elements(tree, selectors):
        if element.tag in UNSEEN or is_hidden(element.attrib):
            continue
        text = " ".join("".join(element.itertext()).split())
        if text:
            yield element, text

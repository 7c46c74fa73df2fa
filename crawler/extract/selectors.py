"""A platform's CSS selectors, compiled once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from functools import lru_cache

from lxml.cssselect import CSSSelector, LxmlHTMLTranslator
from lxml.etree import XPath
from lxml.html import HtmlElement

from crawler.extract.blocks import UNSEEN, is_hidden, text_of
from crawler.portals.model import Markup

_NAMES = XPath("//@class | //@id", smart_strings=False)


# A class or an id, alone or around what is looked for.
_NAMED_FIRST = re.compile(r"(?P<mark>[.#])(?P<name>[A-Za-z_][\w-]*)(?:\s+(?P<inner>[^,>+~]+))?")
_TRANSLATOR = LxmlHTMLTranslator()


@lru_cache(maxsize=512)
def _compiled(selector: str) -> XPath:
    found = _NAMED_FIRST.fullmatch(selector)
    if found is None:
        return CSSSelector(selector, translator="html")
    # From the attribute to its element: a fifth to a half of asking each element for it.
    mark, name = found["mark"], found["name"]
    if mark == "#":
        path = f"descendant-or-self::*/@id[. = '{name}']/.."
    else:
        token = f"contains(concat(' ', normalize-space(.), ' '), ' {name} ')"
        path = f"descendant-or-self::*/@class[contains(., '{name}')][{token}]/.."
    if found["inner"]:
        path += f"/{_TRANSLATOR.css_to_xpath(found['inner'], prefix='descendant::')}"
    return XPath(path)


def usable(markup: Markup, tree: HtmlElement, html: str) -> Markup:
    """The selectors that can match on this page: all that they name is on it."""
    present = set(" ".join(_NAMES(tree)).split())
    kept = {}
    for part in fields(Markup):
        kept[part.name] = tuple(
            selector
            for selector in getattr(markup, part.name)
            if _named(selector) <= present and all(value in html for value in _valued(selector))
        )
    return Markup(**kept)


@lru_cache(maxsize=512)
def _named(selector: str) -> frozenset[str]:
    """The classes and ids in a selector."""
    return frozenset(re.findall(r"[.#]([A-Za-z_][\w-]*)", re.sub(r"\[[^\]]*\]", "", selector)))


@lru_cache(maxsize=512)
def _valued(selector: str) -> tuple[str, ...]:
    """The values of the attributes in a selector."""
    return tuple(re.findall(r"=[\"']?([^\"'\]]+)", selector))


def elements(tree: HtmlElement, selectors: tuple[str, ...]) -> Iterator[HtmlElement]:
    """All elements of the first selector that finds any, then of the next."""
    for selector in selectors:
        yield from _compiled(selector)(tree)


def texts(tree: HtmlElement, selectors: tuple[str, ...]) -> Iterator[tuple[HtmlElement, str]]:
    """Those elements that hold visible words, with these."""
    for element in elements(tree, selectors):
        if element.tag in UNSEEN or is_hidden(element):
            continue
        text = " ".join(text_of(element).split())
        if text:
            yield element, text

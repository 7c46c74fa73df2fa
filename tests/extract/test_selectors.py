"""A platform's selectors find what the same CSS finds anywhere else."""

from __future__ import annotations

import pytest
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement, document_fromstring

from crawler.extract.selectors import elements
from crawler.platforms import PLATFORMS

PAGE = """
<body class="tin chi-tiet"><div id="tin"><p class="tin">a</p><p class="tin-lien-quan">b</p>
<div class=" noi-dung
 tin	x"><p id="tin">c <span class="tin">d</span></p><h1 class="tin">e</h1></div></div>
<div class="TIN" id="khac"><div class="tin"><div class="tin"><span itemprop="name">f</span></div></div></div>
<p class>g</p><p id>h</p></body>
"""
SELECTORS = (
    ".tin", "#tin", "#khac", ".TIN", ".chi-tiet", ".tin .tin", ".tin span", "#tin h1", "#tin .tin",
    ".tin [itemprop=name]", ".tin > span", "div.tin", ".tin, #khac", ".khong-co", "#tin span.tin",
    ".tin p:first-child", ".tin div span",
)  # fmt: skip
DECLARED = sorted(
    {
        selector
        for platform in PLATFORMS.values()
        for field in platform.markup.__slots__
        for selector in getattr(platform.markup, field)
    }
)


def css(tree: HtmlElement, selector: str) -> list[HtmlElement]:
    return CSSSelector(selector, translator="html")(tree)


@pytest.mark.parametrize("selector", SELECTORS)
def test_the_elements_and_their_order_are_those_of_css(selector: str) -> None:
    tree = document_fromstring(PAGE)
    assert list(elements(tree, (selector,))) == css(tree, selector)
    inner = tree.find(".//div")
    assert list(elements(inner, (selector,))) == css(inner, selector)


@pytest.mark.parametrize("selector", DECLARED)
def test_every_selector_of_a_platform_can_be_asked(selector: str) -> None:
    tree = document_fromstring(PAGE)
    assert list(elements(tree, (selector,))) == css(tree, selector)

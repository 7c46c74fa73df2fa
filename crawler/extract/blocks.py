"""A page as the lines a reader sees, in order, each with the element it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

from crawler.parsing import is_number

# Elements that begin and end a line of their own.
LINE_BREAKING = frozenset(
    ["address", "article", "aside", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "caption", "marquee", "details", "summary"]
)  # fmt: skip
UNSEEN = frozenset(
    ["script", "style", "noscript", "template", "svg", "math", "select", "option", "button", "textarea", "iframe", "object", "embed", "head", "canvas", "audio", "video", "map", "input", "datalist", "title", "meta", "link", "noframes", "applet"]
)  # fmt: skip
HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:left|top|text-indent)\s*:\s*-\d{3,}|font-size\s*:\s*0(?:px|pt|;|$)"
    r"|opacity\s*:\s*0(?:;|$)",
    re.IGNORECASE,
)
HIDDEN_CLASS = re.compile(
    r"(?:^|\s)(?:hidden|hide|sr-only|visually-hidden|aui-helper-hidden|ms-hide|d-none)(?:\s|$)"
)
# What is behind a tab is a click away: half of an article may be.
TAB = re.compile(r"(?:^|\s)tab-?(?:pane|panel|content)(?:\s|$)", re.IGNORECASE)
RAISED = {
    "sup": str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻"),
    "sub": str.maketrans("0123456789+-−–", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋"),
}
EXPONENT = re.compile(r"[\d+\-−–\s]{1,8}")
# `m2` and `CO2` are written so by hand; behind a digit a raised one would read as one more digit.
PLAIN = re.compile(r"(?<![a-zđ])(?:[kcdm]?m|ha)$|[A-Z]$")
HUGE = 8_000  # characters of a tag
HUGE_TAG = re.compile(rf"<([a-zA-Z][\w:-]{{0,30}})\s[^<>]{{{HUGE},}}>?")
MOST_ATTRIBUTES = 1_000
DEEPEST = 400  # nesting beyond this is an attack, not an article
PICTURES = frozenset(["img", "amp-img", "picture"])
MOST = 60_000  # blocks of a page that are looked at


@dataclass(slots=True)
class Block:
    """One line; `links`: how many of its characters are links, and `density` their share.

    `parts`: the pictures and links in it and up to the next line, in order.
    """

    text: str
    element: HtmlElement
    links: int
    at: int
    parts: list[HtmlElement] = field(default_factory=list)
    density: float = field(init=False)

    def __post_init__(self) -> None:
        self.density = self.links / len(self.text) if self.text else 0.0

    def tags(self) -> Iterator[str]:
        """Its element and those around it, from the inside out."""
        node: HtmlElement | None = self.element
        while node is not None:
            yield str(node.tag)
            node = node.getparent()


_LOOKUP = etree.ElementDefaultClassLookup(element=HtmlElement)


def _tamed(text: str) -> str:
    """Without the attributes of tags that have thousands: libxml2 takes quadratic time on them."""
    pieces, done = [], 0
    at = text.find("<")
    while 0 <= at < len(text):
        # From tag to tag in long strides: nearly all are far shorter than one.
        after = text.rfind("<", at + 1, at + HUGE)
        if after < 0:
            after = text.find("<", at + HUGE)
            after = len(text) if after < 0 else after
            tag = HUGE_TAG.match(text, at, after)
            if tag and len(tag[0].split(None, MOST_ATTRIBUTES)) > MOST_ATTRIBUTES:
                pieces += [text[done:at], f"<{tag[1]}>"]
                done = tag.end()
        at = after
    return "".join([*pieces, text[done:]]) if pieces else text


def parse(text: str) -> HtmlElement | None:
    """The page's one tree; None when there is nothing in it."""
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True
    )
    parser.set_element_class_lookup(_LOOKUP)
    try:
        return cast(HtmlElement, etree.fromstring(_tamed(text).encode("utf-8", "replace"), parser))
    except (etree.XMLSyntaxError, ValueError):
        return None


def text_of(element: HtmlElement) -> str:
    """All characters in an element; a seventh of what `itertext` costs."""
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)


def is_hidden(element: HtmlElement) -> bool:
    """Whether an element's own attributes keep it from the reader's eyes."""
    get = element.get
    name, style = get("class"), get("style")
    if (name is not None and _class_hides(name)) or get("hidden") is not None:
        return True
    if style is None or not _style_hides(style):
        return False
    return get("role") != "tabpanel" and not (name and TAB.search(name))


@lru_cache(maxsize=1_000)  # a page has few styles, and its portal's other pages have the same
def _style_hides(style: str) -> bool:
    return bool(HIDING.search(style))


@lru_cache(maxsize=1_000)
def _class_hides(name: str) -> bool:
    return bool(HIDDEN_CLASS.search(name))


def read_blocks(root: HtmlElement, *, hiding: bool = True) -> list[Block]:
    """All lines under an element; what is hidden or not for reading is left out.

    `hiding`: believe the page's own styles and classes about what is hidden.
    """
    blocks: list[Block] = []
    pieces: list[str] = []  # of the line that is being read
    links = 0  # its characters inside <a>
    anchors = 0  # how many <a> we are inside
    raised: list[int] = []  # where in the line the exponents and indices begin that we are inside
    owner = root  # the innermost line-breaking element
    parts: list[HtmlElement] = []  # of the line that is being read
    # A stack of iterators: pages nest deeper than Python may recurse.
    stack: list[tuple[HtmlElement, str, Iterator[HtmlElement], bool, bool, HtmlElement]] = []
    child: HtmlElement | None = root
    while True:
        if child is not None:
            tag = child.tag
            if (
                tag in UNSEEN
                or not isinstance(tag, str)
                or len(stack) > DEEPEST
                or (hiding and is_hidden(child))
            ):
                tail = child.tail
            else:
                breaking = tag in LINE_BREAKING
                if breaking and pieces:
                    parts = _flush(blocks, pieces, links, owner, parts)
                    links = 0
                    if len(blocks) > MOST:
                        return blocks
                anchor = tag == "a" and child.get("href") is not None
                if tag in RAISED:
                    raised.append(len(pieces))
                stack.append((child, tag, iter(child), breaking, anchor, owner))
                if breaking and tag != "br":
                    owner = child
                anchors += anchor
                if tag in PICTURES and (pieces or blocks):
                    (parts if pieces else blocks[-1].parts).append(child)
                tail = child.text
        else:
            element, tag, _, breaking, anchor, outer = stack.pop()
            if tag in RAISED:
                _raise(pieces, raised.pop(), tag)
            if breaking and pieces:
                parts = _flush(blocks, pieces, links, owner, parts)
                links = 0
            if anchor and (pieces or blocks):  # above the first line there is no article
                (parts if pieces else blocks[-1].parts).append(element)
            if not stack:
                return blocks
            owner = outer
            anchors -= anchor
            tail = element.tail
        if tail and "\n" in tail and owner.tag == "pre":
            # What is set line by line reads line by line.
            *whole, tail = tail.split("\n")
            for line in whole:
                pieces.append(line)
                seen = len(line.strip()) if anchors else 0
                parts = _flush(blocks, pieces, links + seen, owner, parts)
                links = 0
        if tail and (pieces or not tail.isspace()):
            pieces.append(tail)
            if anchors:
                links += len(tail.strip())
        child = next(stack[-1][2], None)


def _raise(pieces: list[str], start: int, tag: str) -> None:
    """Write an exponent, an index or a footnote's mark so that it is no digit of what it stands at."""
    mark = "".join(pieces[start:])
    before = "".join(pieces[max(0, start - 3) : start])
    if not before or before[-1].isspace() or not EXPONENT.fullmatch(mark):
        return
    if is_number(before[-1]) or (tag == "sup" and not PLAIN.search(before)):
        pieces[start:] = [mark.strip().translate(RAISED[tag])]


def _flush(
    blocks: list[Block],
    pieces: list[str],
    links: int,
    owner: HtmlElement,
    parts: list[HtmlElement],
) -> list[HtmlElement]:
    """The line that was read becomes a block; what the next one's parts are put in."""
    line = " ".join("".join(pieces).split())
    pieces.clear()
    if not line:
        return parts
    blocks.append(Block(line, owner, min(links, len(line)), len(blocks), parts))
    return []

"""Pictures with their captions, and files that hang on an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from urllib.parse import unquote

from lxml.html import HtmlElement

from crawler.extract.blocks import Block, text_of
from crawler.extract.body import Body
from crawler.extract.boilerplate_rules import ends_article
from crawler.extract.file_links import is_file_link
from crawler.extract.selectors import elements
from crawler.items import Attachment, Image
from crawler.parsing import join_url, split_url

MOST = 200  # pictures or files of an article
CAPTION = 250  # characters
SMALL = 40  # pixels: icons
ICON = re.compile(
    r"/(?:icons?|emoji|smil|captcha|spacer|pixel|blank|loading|logo|banner|button|btn|print|share|facebook|zalo|twitter)[\w-]*[./]"
    r"|(?:icon|spacer|pixel|blank|loading)[\w-]*\.(?:gif|png|svg)",
    re.IGNORECASE,
)
CAPTION_START = re.compile(
    r"^\W{0,2}(?:ảnh|hình|photo|chú thích|toàn cảnh|quang cảnh|đ/c|đồng chí)\b", re.IGNORECASE
)


def read_images(body: Body, blocks: Sequence[Block], *, url: str) -> list[Image]:
    """The article's own pictures, in order, each once."""
    found: dict[str, Image] = {}
    after = _lines_after_images(body, blocks)
    for image in _own(body):
        source = _source(image) if image.tag == "img" else None
        if not source or _is_icon(image, source):
            continue
        address = _absolute(source, url)
        if address and len(found) < MOST:
            caption = _caption(image, after)
            if address not in found or (caption and not found[address].caption):
                found[address] = Image(address, caption)
    return list(found.values())


def read_attachments(
    tree: HtmlElement, body: Body, blocks: Sequence[Block], *, url: str, selectors: tuple[str, ...]
) -> list[Attachment]:
    """Files linked in the article, in its block of attachments, or right below its text."""
    found: dict[str, Attachment] = {}
    places = [_own(body), *(p.iter() for p in (*elements(tree, selectors), *_below(body, blocks)))]
    for place in places:
        for link in place:
            if link.tag != "a" or not is_file_link(link):
                continue
            address = _absolute((link.get("href") or "").strip(), url)
            if address and len(found) < MOST:
                label = " ".join(text_of(link).split()) or _file_name(address)
                found.setdefault(address, Attachment(address, label[:300]))
    return list(found.values())


def _own(body: Body) -> Iterator[HtmlElement]:
    """The container's elements up to where the article in it ends."""
    return takewhile(lambda element: element is not body.after, body.container.iter())


def _below(body: Body, blocks: Sequence[Block]) -> list[HtmlElement]:
    """The elements of the few lines under the text, up to the related list."""
    places = []
    for block in blocks[body.lines.stop : body.lines.stop + 8]:
        if ends_article(block.text):
            break
        places.append(block.element)
    return places


def _source(image: HtmlElement) -> str | None:
    for name in ("data-src", "data-original", "data-lazy-src", "src"):
        value = (image.get(name) or "").strip()
        if value and not value.lower().startswith(("data:", "file:", "about:", "javascript:")):
            return value
    return None


def _is_icon(image: HtmlElement, source: str) -> bool:
    for name in ("width", "height"):
        size = re.match(r"\s*(\d{1,5})", image.get(name) or "")
        if size and int(size[1]) <= SMALL:
            return True
    return bool(ICON.search(source))


def _absolute(target: str, url: str) -> str | None:
    address = join_url(url, target)
    return address if split_url(address).scheme in ("http", "https") else None


def _file_name(address: str) -> str:
    return unquote(split_url(address).path.rpartition("/")[2], errors="replace")


def _lines_after_images(body: Body, blocks: Sequence[Block]) -> dict[HtmlElement, Block]:
    """For each picture the line that follows it, when nothing stands between."""
    waiting: list[HtmlElement] = []
    found: dict[HtmlElement, Block] = {}
    first: dict[HtmlElement, Block] = {}
    for at in body.lines:
        first.setdefault(blocks[at].element, blocks[at])
    for node in body.container.iter("img", *{element.tag for element in first}):
        if node.tag == "img":
            waiting.append(node)
        elif node in first and waiting:
            for image in waiting:
                found[image] = first[node]
            waiting.clear()
    return found


def _caption(image: HtmlElement, after: dict[HtmlElement, Block]) -> str | None:
    node = image.getparent()
    for _ in range(4):
        if node is None:
            break
        if node.tag == "figure" or "caption" in (node.get("class") or ""):
            for part in node.iter("figcaption", "p", "span", "div"):
                text = " ".join(text_of(part).split())
                if text and len(text) <= CAPTION:
                    return text
        node = node.getparent()
    block = after.get(image)
    if block is None or len(block.text) > CAPTION:
        return None
    return block.text if CAPTION_START.match(block.text) or _looks_like_caption(block) else None


def _looks_like_caption(block: Block) -> bool:
    """Centred or slanted, and short: how captions are set where no markup says so."""
    element = block.element
    style = f"{element.get('style') or ''} {element.get('align') or ''} {element.get('class') or ''}".lower()
    slanted = any(
        inner.tag in ("em", "i") and len(text_of(inner).strip()) >= 0.8 * len(block.text)
        for inner in element.iter("em", "i")
    )
    return ("center" in style or "caption" in style or slanted) and len(block.text) <= 180

"""Pictures with their captions, and files that hang on an article: those among its own lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile, zip_longest
from urllib.parse import unquote

from lxml.html import HtmlElement
from w3lib.url import safe_url_string

from crawler.extract.article_end import is_headline, is_prose, is_toolbar
from crawler.extract.blocks import PICTURES, Block, text_of
from crawler.extract.body import ASIDE, Body
from crawler.extract.boilerplate_rules import ends_article, is_furniture
from crawler.extract.file_links import FRAMES, embedded_file, is_file_link, leads_to_files
from crawler.extract.links import base_of
from crawler.extract.pictures import caption_of, is_icon, leads_elsewhere, source_of
from crawler.extract.selectors import elements
from crawler.extract.titles import Title
from crawler.items import Attachment, Image
from crawler.parsing import join_url, split_url

MOST = 200  # pictures or files of an article
BELOW = 8  # lines under the text that may lead to its files
UNIT = 3  # elements around a title that still are its article's
SLIDES = re.compile(r"slid(?:e|er)|carousel|swiper|banner|logo|header", re.IGNORECASE)
HEAD = 12  # lines between a title and the text


def own_lines(
    body: Body, kept: Sequence[Block], blocks: Sequence[Block], title: Title | None
) -> list[Block]:
    """The lines from the title to the end of the text that are the article's: no list of others.

    `kept`: the lines that its text was made of.
    """
    text = {block.at for block in kept}
    first = min(text, default=body.lines.start)
    last = max(text, default=body.lines.stop - 1)
    start = first - 1  # a picture at the top of the container follows the line before it
    if title is not None and title.at is not None and title.at < first:
        start = title.at if first - title.at <= HEAD else start
    found: list[Block] = []
    boxed = False
    for block in blocks[max(0, start) : max(last, body.lines.stop - 1) + 1]:
        if block.at in text or block.at == start:
            boxed = False
        elif ends_article(block.text):
            boxed = True
            if block.at > last:
                break
        elif block.at > last and is_headline(block):
            break
        if not boxed and (block.at in text or block.at == start or not is_headline(block)):
            found.append(block)
    return found


def read_images(
    tree: HtmlElement,
    body: Body,
    own: Sequence[Block],
    blocks: Sequence[Block],
    *,
    title: Title | None,
    url: str,
) -> list[Image]:
    """The article's own pictures, in order, each once; `own`: its lines."""
    found: dict[str, Image] = {}
    base = base_of(tree, url)
    around = _around(body, own)
    for picture in _above_title(blocks, title):
        source = source_of(picture)
        address = _absolute(source, base) if source else None
        if source and address and not is_icon(picture, source) and not leads_elsewhere(picture):
            found[address] = Image(address, caption_of(picture, None))
    for block, following in zip_longest(own, own[1:]):
        # Below a link stand a list of others, a menu, a column of banners; not below buttons.
        linked = block.density > 0.5 and not (leads_to_files(block) or _is_button(block))
        for picture, is_last in _pictures(block):
            if linked and not _stands_with(picture, following, block):
                continue
            source = source_of(picture)
            if not source or _is_foreign(picture, around) or is_icon(picture, source):
                continue
            below = blocks[block.at + 1] if block.at + 1 < len(blocks) else None
            if below is not None and _is_of_headline(picture, block, below):
                continue
            address = _absolute(source, base)
            if address and len(found) < MOST:
                caption = caption_of(picture, below if is_last else None)
                if address not in found or (caption and not found[address].caption):
                    found[address] = Image(address, caption)
    return list(found.values())


def _pictures(block: Block) -> Iterator[tuple[HtmlElement, bool]]:
    """The pictures of a line, and whether each is the one right above the next line."""
    pictures = [
        part for part in block.parts
        if part.tag in PICTURES
        and not (part.tag == "picture" and next(part.iter("img"), None) is not None)
    ]  # fmt: skip
    for at, picture in enumerate(pictures, 1):
        yield picture, at == len(pictures)


def _above_title(blocks: Sequence[Block], title: Title | None) -> Iterator[HtmlElement]:
    """The pictures right above the title, in the small unit that both open: the article's lead."""
    if title is None or not title.at:
        return
    head, before = blocks[title.at].element, blocks[title.at - 1]
    above = {before.element, *before.element.iterancestors()}
    unit = {node for node in islice(head.iterancestors(), UNIT) if node not in above}
    for picture, _ in _pictures(before):
        inner = list(takewhile(lambda node: node not in unit, picture.iterancestors()))
        whole = next(iter(inner[-1:]), picture).getparent()
        names = " ".join(f"{e.get('class') or ''} {e.get('id') or ''}" for e in inner)
        if whole in unit and not ASIDE.search(names) and not SLIDES.search(names):
            yield picture


def _is_button(block: Block) -> bool:
    return is_toolbar(block) or is_furniture(block.text)


def _stands_with(picture: HtmlElement, following: Block | None, above: Block) -> bool:
    """Whether a picture is in one unit with the text below it, and the link above is not."""
    if following is None or not is_prose(following):
        return False
    its = {following.element, *following.element.iterancestors()}
    unit = next((node for node in picture.iterancestors() if node in its), None)
    return unit is not None and unit not in {above.element, *above.element.iterancestors()}


def _around(body: Body, own: Sequence[Block]) -> frozenset[HtmlElement]:
    """The elements that hold the article: a picture beside it stands in a column of another name."""
    around = set(body.container.iterancestors()) | {body.container}
    for block in own[:1]:
        around |= {block.element, *block.element.iterancestors()}
    return frozenset(around)


def _is_foreign(picture: HtmlElement, around: frozenset[HtmlElement]) -> bool:
    if leads_elsewhere(picture):
        return True
    for node in picture.iterancestors():
        if node in around:
            return False
        if node.tag in ("nav", "aside", "footer", "header"):
            return True
        if ASIDE.search(f"{node.get('class') or ''} {node.get('id') or ''}"):
            return True
    return False


def _is_of_headline(picture: HtmlElement, above: Block, below: Block) -> bool:
    """Whether the picture stands in one unit with the headline of another article under it."""
    if not is_headline(below):
        return False
    its = {below.element, *below.element.iterancestors()}
    unit = next((node for node in picture.iterancestors() if node in its), None)
    return unit is not None and unit not in {above.element, *above.element.iterancestors()}


def read_attachments(
    tree: HtmlElement,
    body: Body,
    own: Sequence[Block],
    blocks: Sequence[Block],
    *,
    url: str,
    selectors: tuple[str, ...],
) -> list[Attachment]:
    """Files linked in the article, in its block of attachments, or right below its text."""
    found: dict[str, Attachment] = {}
    base = base_of(tree, url)
    links = [part for block in own for part in block.parts if part.tag == "a"]
    links += [link for place in elements(tree, selectors) for link in place.iter("a")]
    links += [part for block in _below(body, blocks) for part in block.parts if part.tag == "a"]
    for link in links:
        if not is_file_link(link):
            continue
        address = _absolute((link.get("href") or "").strip(), base)
        if address and len(found) < MOST:
            label = " ".join(text_of(link).split()) or _file_name(address)
            found.setdefault(address, Attachment(address, label[:300]))
    ends = [node for block in (*own[:1], *own[-1:]) for node in block.element.iterancestors()]
    places = {body.container, *ends} - {tree}
    for frame in tree.iter(*FRAMES):
        beside = not places.isdisjoint(islice(frame.iterancestors(), UNIT))
        target = embedded_file(frame) if beside else None
        address = _absolute(target, base) if target else None
        if address and len(found) < MOST:
            label = " ".join((frame.get("title") or "").split()) or _file_name(address)
            found.setdefault(address, Attachment(address, label[:300]))
    return list(found.values())


def _below(body: Body, blocks: Sequence[Block]) -> Iterator[Block]:
    """The few lines under the text, up to the related list."""
    for block in blocks[body.lines.stop : body.lines.stop + BELOW]:
        if ends_article(block.text):
            return
        yield block


def _absolute(target: str, base: str) -> str | None:
    """The whole address, escaped as a browser asks for it; backslashes are slashes to it."""
    address = join_url(base, target.replace("\\", "/"))
    parts = split_url(address)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    try:
        return safe_url_string(address)
    except (ValueError, UnicodeError):
        return None


def _file_name(address: str) -> str:
    return unquote(split_url(address).path.rpartition("/")[2], errors="replace")

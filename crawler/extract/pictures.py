"""One picture of a page: its address among those its element names, whether it is an icon, its caption."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from crawler.extract.blocks import Block, text_of
from crawler.parsing import number, split_url

CAPTION = 250  # characters
SLANTED = 180  # characters of a line that its look alone makes a caption
LEAD = 110  # characters of such a line that is a sentence
SMALL = 40  # pixels: icons
LAZY = (
    "data-src", "data-original", "data-lazy-src", "data-lazyload", "data-lazy", "data-url",
    "data-image", "data-img", "data-echo", "data-cfsrc", "data-original-src", "data-srcset",
    "data-lazy-srcset", "src", "srcset",
)  # fmt: skip
# What stands in `src` until a script puts the picture there.
PLACEHOLDER = re.compile(
    r"^(?:data|file|about|javascript|blob|cid):|(?:^|[/_-])(?:blank|spacer|pixel|placeholder|transparent|lazy(?:load)?|loading|loader|grey|gray|1x1|no-?image|noimg|default-?(?:image|thumb|img)?)[\w-]{0,30}\.(?:gif|png|svg|jpe?g|webp)(?:$|\?)",
    re.IGNORECASE,
)
ICON = re.compile(
    r"/(?:icons?|emoji|emoticons?|smil(?:ey|ies)?|captcha|spacer|pixel|blank|loading|logo|banner|button|btn|print|share|facebook|zalo|twitter|youtube|rss|arrow|bullet|flags?|counter|thong-?ke|stat)[\w-]*[./]"
    r"|[\w-]*(?:icon|spacer|pixel|_blank|bullet|arrow|logo|banner|bg_|_bg|background)[\w-]*\.(?:gif|png|svg|ico)"
    r"|/(?:pdf|docx?|xlsx?|pptx?|zip|rar|word|excel|file|files|attach(?:ment)?|download|tai-?ve|new|hot|moi|fgimg|home|search|gosearch\d*|print(?:er)?|e?mail|star|nhat|dam|email)\d{0,3}\.(?:gif|png|svg|ico)"
    r"|gravatar\.com/|/_layouts/(?:\d+/)?images/|/s2/favicons|favicon|(?:pdf|print|e?mail)_?button\.|hitwebcounter|histats|counter\.|\.svg(?:$|\?)|\.ico(?:$|\?)",
    re.IGNORECASE,
)
ICON_CLASS = re.compile(
    r"(?:^|[\s_-])(?:icon|ico|emoji|wp-smiley|logo|rating|star|spinner|social)(?:$|[\s_-])",
    re.IGNORECASE,
)
FILE = re.compile(r"\.(?:jpe?g|png|gif|bmp|webp|avif|tiff?)(?:$|[?#&/;])", re.IGNORECASE)
# Pages that show one picture and nothing else.
SHOWN = re.compile(
    r"^(?:#|javascript:|data:)|attachment_id=|/attachment/|lightbox|fancybox", re.IGNORECASE
)
STYLED = re.compile(r"(?<![\w-])(?P<side>width|height)\s*:\s*(?P<size>\d{1,5})\s*px", re.IGNORECASE)
CAPTION_START = re.compile(
    r"^\W{0,2}(?:ảnh|hình|photo|chú thích|toàn cảnh|quang cảnh|đ/c|đồng chí)\b", re.IGNORECASE
)


def source_of(picture: HtmlElement) -> str | None:
    """The address of the picture itself, not of what stands in for it; the largest of a set."""
    for element in _tellers(picture):
        for name in LAZY:
            value = (element.get(name) or "").strip()
            if value and name.endswith("srcset"):
                value = _largest(value)
            if value and not PLACEHOLDER.search(value):
                return value
    return None


def _tellers(picture: HtmlElement) -> Iterator[HtmlElement]:
    """The element, and the sources of the `<picture>` it stands in or is."""
    if picture.tag != "picture":
        yield picture
    # libxml2 does not know that `<source>` is empty: the picture stands in it.
    around = picture if picture.tag == "picture" else next(picture.iterancestors("picture"), None)
    if around is not None:
        yield from around.iter("source")


def _largest(candidates: str) -> str:
    """Of `a.jpg 300w, b.jpg 1200w` the widest; a comma inside an address parts nothing."""
    best, most = "", -1.0
    for part in re.split(r",\s+|,(?=https?:)|,(?=/)", candidates):
        address, _, size = part.strip().rpartition(" ")
        scale = re.fullmatch(r"(\d{1,6}(?:\.\d{1,3})?)[wxh]", size)
        if not address or scale is None:
            address, scale = part.strip().strip(","), None
        weight = float(scale[1]) if scale else 0.0
        if address and weight > most:
            best, most = address, weight
    return best


def is_icon(picture: HtmlElement, source: str) -> bool:
    """Whether a picture decorates the page: by its size, its class or its address."""
    sizes: dict[str, int] = {}
    for side in ("width", "height"):
        size = number((picture.get(side) or "").strip().removesuffix("px"))
        if size is not None:
            sizes[side] = size
    for match in STYLED.finditer(picture.get("style") or ""):
        sizes[match["side"].lower()] = int(match["size"])
    # There they may be a ratio.
    if picture.tag != "amp-img" and any(size <= SMALL for size in sizes.values()):
        return True
    names = f"{picture.get('class') or ''} {picture.get('id') or ''}"
    return bool(ICON_CLASS.search(names) or ICON.search(source.partition("?")[0]))


def leads_elsewhere(picture: HtmlElement) -> bool:
    """Whether the picture is a link to another page: a banner, a related item's thumbnail."""
    link = next((a for a in picture.iterancestors("a") if a.get("href")), None)
    if link is None:
        return False
    target = (link.get("href") or "").strip()
    if not target or SHOWN.search(target) or FILE.search(target):
        return False
    own = source_of(picture) or ""
    return not (own and split_url(own).path == split_url(target).path)


def caption_of(picture: HtmlElement, below: Block | None) -> str | None:
    """What its figure says of it, else the line right below it when that looks like a caption."""
    node = picture.getparent()
    for _ in range(5):
        if node is None or node.tag == "body":
            break
        if node.tag == "figure" or "caption" in (node.get("class") or "").lower():
            return _of_figure(node, picture)
        node = node.getparent()
    if below is None or len(below.text) > CAPTION or below.density > 0.5:
        return None
    if any(outer.tag == "figure" for outer in (below.element, *below.element.iterancestors())):
        return None  # another's
    return below.text if CAPTION_START.match(below.text) or _looks_like_caption(below) else None


def _of_figure(figure: HtmlElement, picture: HtmlElement) -> str | None:
    pictures = [node for node in figure.iter("img", "amp-img") if node is not picture]
    captions = [
        " ".join(text_of(part).split()) for part in figure.iter("figcaption")
    ] or [" ".join(text_of(part).split()) for part in figure.iter("p", "span", "div")]  # fmt: skip
    text = next((caption for caption in captions if caption), "")
    if not text and not pictures:
        text = " ".join(text_of(figure).split())
    return text if text and len(text) <= CAPTION else None


def _looks_like_caption(block: Block) -> bool:
    """Centred or slanted, and short: how captions are set where no markup says so."""
    element = block.element
    style = f"{element.get('style') or ''} {element.get('align') or ''} {element.get('class') or ''}".lower()
    slanted = any(
        inner.tag in ("em", "i") and len(text_of(inner).strip()) >= 0.8 * len(block.text)
        for inner in element.iter("em", "i")
    )
    if len(block.text) > LEAD and block.text.endswith("."):
        return False  # a lead in italics under the article's first picture
    return ("center" in style or "caption" in style or slanted) and len(block.text) <= SLANTED

"""What speaks for a line being the title: head, address, class and tag, look, place on the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from crawler.extract.blocks import Block, text_of
from crawler.extract.date_words import holds_date
from crawler.extract.names import is_place
from crawler.extract.slugs import LEAST_OVERLAP, SLUG, is_exact, overlap, words_of

FUZZY = 15  # characters of a line that may be nearly what the address says
PROSE = 80  # characters of a line that follows a title and not another heading
NAMED = re.compile(
    r"title|tieu-?_?de|headline|heading|ten-?tin|post-?name|subject|article-?header|(?:^|\s)tit(?:\s|$)",
    re.IGNORECASE,
)
# A part of a class or an id in full: `Title allowMenuPost` is no menu.
NOT_NAMED = re.compile(
    r"(?:^|[\s_-])(?:breadcrumbs?|\w{0,6}menu|\w{0,5}nav(?:bar|igation)?|\w{0,6}footer|site-?(?:title|name)|sitename|\w{0,6}logo"
    r"|related\w{0,8}|(?:tin-?)?lien-?quan|others?(?:-?news)?|widgets?|widget-?title|\w{0,5}sidebar|(?:module|portlet|box|block|panel|group)-?_?(?:title|header|heading)"
    r"|\w{0,6}banner|slogan|(?:tin|bai)-?khac|\w{0,5}list(?:s|view|-?item)?|\w{0,6}comments?|cms-head|folder-?title|categor(?:y|ies)(?:-?(?:title|name))?|section-?(?:title|name)"
    r"|chuyen-?muc|(?:wp-)?caption(?:-text)?|figcaption|sub-?title|titlebar|toolbar|author|copyright)\d{0,2}(?=$|[\s_-])",
    re.IGNORECASE,
)
# What names the site and not a page of it, and the names of pages that say nothing.
SITE = re.compile(
    r"^\W*(?:(?:trang|cổng)(?: thông tin| tt| ttđt)(?: điện tử)?\b.{0,100}|website .{0,100}"
    r"|(?:xem )?chi tiết(?: tin| tin tức| bài viết| nội dung| thông báo)?|nội dung|in bài viết|in tin|trang chủ|home|tin tức(?: (?:-|&|và) sự kiện)?|(?:bản tin|tin) .{2,20}|bài viết)\W*$",
    re.IGNORECASE,
)
# `Trang thông tin của Sở đạt hơn 200 nghìn lượt truy cập` is about the site, not its name.
HAPPENS = re.compile(
    r"\d|(?<!\w)(?:đạt|ra mắt|tổ chức|triển khai|được|chính thức|đã|sẽ|nâng cấp|hoạt động|vận hành|bị|có)(?!\w)",
    re.IGNORECASE,
)
OFFICE = re.compile(
    r"^\W*(?:sở (?:khoa học|thông tin|kh)\s?(?:và|&)?\s?(?:công nghệ|truyền thông|cn)|(?:ubnd|ủy ban nhân dân))"
    r"\s*(?:tỉnh|thành phố|tp\.?)?(?!\w)",
    re.IGNORECASE,
)
LARGE = re.compile(
    r"font-weight\s*:\s*(?:bold|[6-9]00)|font-size\s*:\s*(?:1[4-9]|[2-4]\d)(?:\.\d+)?p[xt]|font-size\s*:\s*(?:1\.[2-9]|2)\d*e?r?em|font-size\s*:\s*(?:large|x-large|xx-large)",
    re.IGNORECASE,
)
# What speaks for a line and against it, with the page that set it.
WEIGHTS = {
    "h1": 2.0,
    "h2": 1.2,
    "h3": 0.8,
    "declared": 3.0,  # the window, OpenGraph or JSON-LD says the same
    "declared_start": 2.5,  # `Title - Section - Site`; a title cut in the head
    "slug": 3.0,  # times how much of the address it is
    "slug_exact": 4.5,  # beats a bold line in the body that says nearly the same
    "named": 1.0,  # `<p class="Title">`
    "not_named": -1.5,  # `<div class="box-title">`
    "site": -2.0,  # `Sở Khoa học và Công nghệ tỉnh …`
    "large": 0.5,  # `<p><b>…</b></p>`
    "linked": -0.7,
    "short": -0.7,  # `Tin trong tỉnh`
    "long": -1.0,  # a paragraph
    "dated_1": 1.6,  # its date right below, one and two lines further down
    "dated_2": 1.0,
    "dated_3": 0.6,
    "text_below": 0.6,
    "stop": -0.8,  # a teaser; `… những vùng trọng điểm.` in a heading is a title
    "colon": -0.8,  # `Kết quả như sau:`
    "text_above": -2.0,  # a bold sub-heading between paragraphs
}
REWORDED = 0.88  # of the words of a title and a line that are the same
SHORT, LONG = 25, 200  # characters


def looks(block: Block, named: float) -> float:
    """What a line's own markup and words say for it; `named`: what the page says of it elsewhere."""
    tag = block.element.tag
    level = heading(block.element)
    score = WEIGHTS.get(level, 0.0) + _by_name(_names_around(block.element))
    if named + score <= 3 and names_site(block.text):
        score += WEIGHTS["site"]
    if is_large(block):
        score += WEIGHTS["large"]
    if block.density > 0.5 and level != "h1":
        score += WEIGHTS["linked"]
    if len(block.text) < SHORT:
        score += WEIGHTS["short"]
    if tag in ("p", "li", "td") and len(block.text) > LONG:
        score += WEIGHTS["long"]
    return score


@lru_cache(maxsize=2_000)  # a portal's pages have the same templates
def _by_name(names: str) -> float:
    """What classes and ids say of the lines in them."""
    named = WEIGHTS["named"] if NAMED.search(names) else 0.0
    return named + (WEIGHTS["not_named"] if NOT_NAMED.search(names) else 0.0)


def named_elsewhere(block: Block, declared: list[str], slug: list[str]) -> float:
    """What the page's head and its address say for a line; `declared`: titles of the head, folded."""
    score = 0.0
    folded = _folded(block.text)
    for other in declared if not names_office(block.text) else ():
        if other == folded:
            score += WEIGHTS["declared"]
            break
        if len(other) >= 20 and folded.startswith(other):
            score += WEIGHTS["declared_start"] * len(other) / len(folded)
            break
        if len(folded) >= 20 and other.startswith(folded):
            score += WEIGHTS["declared_start"]
            break
    if slug and is_exact(slug, folded) and not names_site(block.text):
        score += WEIGHTS["slug_exact"]
    elif len(slug) >= SLUG and len(block.text) >= FUZZY:
        shared = overlap(slug, folded.split())
        score += WEIGHTS["slug"] * shared if shared > LEAST_OVERLAP else 0
    return score


def standing(block: Block, blocks: Sequence[Block]) -> float:
    """Evidence of place: a title stands right above its date, and text follows it."""
    level = heading(block.element)
    is_heading = level in ("h1", "h2")
    if len(block.text) > 300 or (len(block.text) < FUZZY and not is_heading):
        return 0.0
    if block.density > 0.5 and not is_heading:
        return 0.0
    score = 0.0
    after = blocks[block.at + 1 : block.at + 7]
    if len(after) > 1 and heading(after[0].element) and _is_dated(after[1]):
        return 0.0  # the section's name above the title
    for distance, line in enumerate(after[:3], 1):
        if _is_dated(line):
            score += WEIGHTS[f"dated_{distance}"]
            break
    if any(len(line.text) >= PROSE and line.density < 0.3 for line in after):
        score += WEIGHTS["text_below"]
    if block.text[-1] in ":;,":
        score += WEIGHTS["colon"]
    elif block.text[-1] == "." and not level:
        score += WEIGHTS["stop"]
    return score


def under_text(block: Block, blocks: Sequence[Block]) -> float:
    """Evidence against a line that stands below a paragraph in one element with it: a sub-heading."""
    parent = block.element.getparent()
    for line in reversed(blocks[max(0, block.at - 6) : block.at]):
        beside = line.element is block.element or line.element.getparent() is parent
        if beside and len(line.text) >= PROSE and line.density < 0.3:
            return WEIGHTS["text_above"]
    return 0.0


def _is_dated(line: Block) -> bool:
    return len(line.text) <= 100 and line.density < 0.5 and holds_date(line.text.lower())


@lru_cache(maxsize=4_000)
def names_site(text: str) -> bool:
    """`Sở Khoa học và Công nghệ tỉnh Yên Bái` and nothing more, a portal's name, a general word."""
    if SITE.match(text) and not HAPPENS.search(text):
        return True
    return names_office(text)


@lru_cache(maxsize=4_000)
def names_office(text: str) -> bool:
    """A department's name and nothing more, which half of all window titles hold."""
    office = OFFICE.match(text)
    rest = text[office.end() :] if office else text
    rest = re.sub(r"\([^()]{0,30}\)", "", rest).strip(" -–,|.")
    return bool(office) and (not rest or is_place(rest))


def plain(text: str) -> str:
    """On one line, without the marks that part it from the site's name."""
    return " ".join(text.split()).strip(" \t|»")


def undated(text: str) -> str:
    """Without a date in brackets at its end: the day it was posted, and not the title's."""
    bare = " ".join(text.split())
    if not bare.endswith((")", "]")):
        return bare.strip(" \t|»")
    bare = re.sub(
        r"\s*[(\[]\s*(?:\d{1,2}:\d{2}\s*[|,-]?\s*)?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?:[\s,|-]+\d{1,2}:\d{2})?\s*[)\]]\s*$",
        "",
        bare,
    )
    return bare.strip(" \t|»")


def heading(element: HtmlElement) -> str:
    node: HtmlElement | None = element
    for _ in range(3):
        if node is None:
            break
        if node.tag in ("h1", "h2", "h3"):
            return node.tag
        node = node.getparent()
    return ""


def is_large(block: Block) -> bool:
    """Set bold or large by its own markup, where no heading element says that it is one."""
    if len(block.text) > 250:
        return False
    inner = islice(block.element.iter(), 4)
    return any(
        child is block.element or len(text_of(child).strip()) >= 0.9 * len(block.text)
        for child in inner
        if child.tag in ("b", "strong")
        or (child.tag == "font" and (child.get("size") or "").strip("+ ") in ("3", "4", "5", "6"))
        or LARGE.search(child.get("style") or "")
    )


def _names_around(element: HtmlElement) -> str:
    """Class and id of the element and of the two around it."""
    names = []
    node: HtmlElement | None = element
    for _ in range(3):
        if node is None or node.tag == "body":
            break
        names += [node.get("class") or "", node.get("id") or "", node.get("itemprop") or ""]
        node = node.getparent()
    return " ".join(names)


@lru_cache(maxsize=4_000)  # a portal's pages have the same menus
def _folded(text: str) -> str:
    return " ".join(words_of(undated(text)))


def rewords(block: Block, title: str) -> bool:
    """Whether a bold line says the title again in a word or two otherwise: a title of its first draft.

    One that says it word for word heads a part of the article, as on Hà Nội's portal, and stays.
    """
    if not FUZZY <= len(block.text) <= 300 or heading(block.element) or not is_large(block):
        return False
    words, wanted = words_of(block.text), words_of(title)
    if len(wanted) < SLUG or words == wanted:
        return False
    return SequenceMatcher(None, words, wanted, autojunk=False).ratio() >= REWORDED

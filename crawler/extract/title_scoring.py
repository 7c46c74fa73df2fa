"""What speaks for a line being the title: head, address, class and tag, look, place on the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice
from urllib.parse import unquote

from lxml.html import HtmlElement

from crawler.extract.blocks import Block, text_of
from crawler.extract.date_words import holds_date
from crawler.extract.names import fold, is_place
from crawler.parsing import is_number, split_url

LEAST_OVERLAP = 0.6  # of an address's words with a title's, below which they are not the same
PROSE = 80  # characters of a line that follows a title and not another heading
NAMED = re.compile(
    r"title|tieu-?_?de|headline|heading|ten-?tin|post-?name|subject|article-?header|(?:^|\s)tit(?:\s|$)",
    re.IGNORECASE,
)
NOT_NAMED = re.compile(
    r"breadcrumb|menu|nav|footer|site-?title|logo|related|lien-?quan|other|widget|sidebar|module-title|portlet-title|box-title"
    r"|banner|slogan|tin-?khac|list|comment|block-title|panel-title|cms-head",
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
WORD = re.compile(r"\w+")
HEADINGS = {"h1": 2.0, "h2": 1.2, "h3": 0.8}


def evidence(block: Block, declared: list[str], slug: list[str]) -> float:
    """What speaks for a line; `declared`: the titles the head names, folded."""
    score = _named_elsewhere(block, declared, slug)
    tag = block.element.tag
    heading = _heading(block.element)
    score += HEADINGS.get(heading, 0.0) + _by_name(_names_around(block.element))
    if score <= 3 and names_site(block.text):
        score -= 2.0
    if _is_large(block):
        score += 0.5
    if block.density > 0.5 and heading != "h1":
        score -= 0.7
    if len(block.text) < 25:
        score -= 0.7
    if tag in ("p", "li", "td") and len(block.text) > 200:
        score -= 1.0
    return score


@lru_cache(maxsize=2_000)  # a portal's pages have the same templates
def _by_name(names: str) -> float:
    """What classes and ids say of the lines in them."""
    return (1.0 if NAMED.search(names) else 0.0) - (1.5 if NOT_NAMED.search(names) else 0.0)


def is_mere_link(block: Block, declared: list[str], slug: list[str]) -> bool:
    """A link line that is no heading and named nowhere else: its looks alone make no title of it."""
    return not _heading(block.element) and not _named_elsewhere(block, declared, slug)


def _named_elsewhere(block: Block, declared: list[str], slug: list[str]) -> float:
    """What the page's head and its address say for a line."""
    score = 0.0
    folded = _folded(block.text)
    for other in declared:
        if other == folded:
            score += 3
            break
        if len(other) >= 20 and folded.startswith(other):
            score += 2.5 * len(other) / len(folded)
            break
        if len(folded) >= 20 and other.startswith(folded):
            score += 2.5
            break
    if slug and len(block.text) >= 15:
        shared = overlap(slug, folded.split())
        score += 3 * shared if shared > LEAST_OVERLAP else 0
    return score


def standing(block: Block, blocks: Sequence[Block]) -> float:
    """Evidence of place: a title stands right above its date, and text follows it."""
    if block.density > 0.5 or len(block.text) < 15 or len(block.text) > 300:
        return 0.0
    score = 0.0
    after = blocks[block.at + 1 : block.at + 7]
    if len(after) > 1 and _heading(after[0].element) and _is_dated(after[1]):
        return 0.0  # the section's name above the title
    for distance, line in enumerate(after[:3]):
        if _is_dated(line):
            score += (1.6, 1.0, 0.6)[distance]
            break
    if any(len(line.text) >= PROSE and line.density < 0.3 for line in after):
        score += 0.6
    if block.text[-1] in ".:;,":
        score -= 0.8
    return score


def _is_dated(line: Block) -> bool:
    return len(line.text) <= 100 and line.density < 0.5 and holds_date(line.text.lower())


@lru_cache(maxsize=4_000)
def names_site(text: str) -> bool:
    """`Sở Khoa học và Công nghệ tỉnh Yên Bái` and nothing more, a portal's name, a general word."""
    if SITE.match(text) and not HAPPENS.search(text):
        return True
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


def _heading(element: HtmlElement) -> str:
    node: HtmlElement | None = element
    for _ in range(3):
        if node is None:
            break
        if node.tag in ("h1", "h2", "h3"):
            return node.tag
        node = node.getparent()
    return ""


def _is_large(block: Block) -> bool:
    """Set bold or large by its own markup, where no heading element says that it is one."""
    if len(block.text) > 250:
        return False
    inner = islice(block.element.iter(), 4)
    return any(
        child.tag in ("b", "strong")
        or (child.tag == "font" and (child.get("size") or "").strip("+ ") in ("3", "4", "5", "6"))
        or bool(LARGE.search(child.get("style") or ""))
        for child in inner
        if child is block.element or len(text_of(child).strip()) >= 0.9 * len(block.text)
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


def slug_words(url: str) -> list[str]:
    """The words of the address, when it is made of the title; without numbers and suffixes."""
    parts = split_url(url)
    for piece in (
        *reversed([p for p in parts.path.split("/") if p]),
        *re.findall(r"title=([^&]+)", parts.query),
    ):
        bare = re.sub(r"\.\w{2,5}$", "", unquote(piece, errors="replace"))
        words = [word for word in re.split(r"[-_+\s]+", fold(bare)) if word and not is_number(word)]
        if len(words) >= 4:
            return words
    return []


@lru_cache(maxsize=4_000)  # a portal's pages have the same menus
def _folded(text: str) -> str:
    return " ".join(words_of(undated(text)))


@lru_cache(maxsize=4_000)
def _triples(text: str) -> tuple[str, ...]:
    return tuple(text[at : at + 3] for at in range(len(text) - 2))


def words_of(text: str) -> list[str]:
    return WORD.findall(fold(text))


def overlap(slug: list[str], words: list[str]) -> float:
    """How much of an address's words are these, in their order; slugs are cut and lose letters."""
    if not slug or not words:
        return 0.0
    joined, wanted = "".join(words)[:400], "".join(slug)[:400]
    whole = max(len(wanted), min(len(joined), len(wanted) * 2))
    if len(joined) <= LEAST_OVERLAP * whole or _covered(wanted, joined) <= LEAST_OVERLAP * whole:
        return 0.0  # as nearly every line of a page
    matcher = SequenceMatcher(None, wanted, joined, autojunk=False)
    if matcher.real_quick_ratio() < 0.3:
        return 0.0
    same = sum(block.size for block in matcher.get_matching_blocks() if block.size > 2)
    return same / whole


def _covered(wanted: str, joined: str) -> int:
    """How many letters of `wanted` can be in common runs of three and more, at most."""
    covered, upto = 0, 0
    for at, three in enumerate(_triples(wanted)):
        if three in joined:
            covered += at + 3 - max(at, upto)
            upto = at + 3
    return covered

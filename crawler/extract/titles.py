"""An article's title: the one that is printed, told by all that points to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from lxml.html import HtmlElement

from crawler.extract.article_end import footer_start
from crawler.extract.blocks import Block, text_of
from crawler.extract.boilerplate_rules import ends_article, is_furniture
from crawler.extract.selectors import texts
from crawler.extract.slugs import LEAST_OVERLAP, SLUG, overlap, slug_words, words_of
from crawler.extract.title_scoring import (
    heading,
    looks,
    named_elsewhere,
    names_site,
    plain,
    standing,
    under_text,
)
from crawler.parsing import join_url, read_json, split_url
from crawler.text.boilerplate import title_mark

SHORT_SLUG = 2  # words of an address that tell a title that is the same
SHORTEST, LONGEST = 8, 400  # characters of a title
CUT = 800  # characters of what stands where a title should; the pipelines cut further, and say so
ENOUGH = 2.0  # evidence a block needs to be the title
SURE = 3.0  # enough where the window names a title that is not printed
LIKELY = 1.2  # enough where nothing else is one
SEPARATOR = re.compile(r"\s+[-–—|»:•·]{1,2}\s+|\s*[|»]\s*|\s*::\s*")
DOTTED = (";", "?", ".")  # at the end of an address that is not written as it is resolved
PARTS = re.compile(SEPARATOR.pattern + r"|\s+[>/]\s+")


@dataclass(frozen=True, slots=True)
class Title:
    text: str
    at: int | None  # the block it is printed in


def find_title(
    tree: HtmlElement,
    blocks: Sequence[Block],
    *,
    url: str,
    selectors: tuple[str, ...] = (),
    boilerplate: frozenset[str] = frozenset(),
) -> Title | None:
    """The title, with the block it stands in; from the page's head only when none is printed.

    What `boilerplate` marks as the site's name is no title, unless the address is made of it.
    """
    for element, text in texts(tree, selectors):
        if len(text) >= SHORTEST // 2:
            text = text[:CUT]  # what follows is no title, and is not searched
            at = next((b.at for b in blocks if _is_in(b.element, element) and b.text), None)
            return Title(plain(text), at)
    slug = slug_words(url, least=SHORT_SLUG)
    declared = _declared(tree)
    if boilerplate:
        declared = _nameless(declared, slug, boilerplate)
    folded = [joined for text in declared if (joined := " ".join(words_of(text)))]
    best, most = None, 0.0
    for block in _candidates(blocks):
        if boilerplate and _is_site(block.text, slug, boilerplate):
            continue
        named = named_elsewhere(block, folded, slug)
        if block.density > 0.5:
            if _leads_here(block, url):
                block = replace(block, links=0)
            elif not named and not heading(block.element):
                continue  # its looks alone make no title of a link
        weight = named + looks(block, named) + standing(block, blocks)
        if weight > most:
            weight += under_text(block, blocks)
        # Few lines come this far; knowing furniture is dearer than weighing evidence.
        # `Đăng ký` is a button, and the title of the page whose address says so.
        if weight > most and (named or not is_furniture(block.text)):
            best, most = block, weight
    window = next((part for part in declared if _says_something(part)), None)
    if best is not None and most >= (SURE if window else ENOUGH):
        return Title(plain(_longer(best.text, declared)), best.at)
    for text in declared:
        words = words_of(text)
        if len(slug) >= SLUG and overlap(slug, words) >= 0.7:
            return Title(plain(text), None)
    if window:
        return Title(plain(window), None)
    if best is not None and most >= LIKELY:
        return Title(plain(_longer(best.text, declared)), best.at)
    endless = next((b for b in blocks if b.element.tag == "h1" and len(b.text) > LONGEST), None)
    return Title(plain(endless.text[:CUT]), endless.at) if endless else None


def site_names(tree: HtmlElement, url: str) -> tuple[str, ...]:
    """What a start page calls the site: its window title and the words that lead to the start."""
    window = next(tree.iter("title"), None)
    whole = " ".join((window.text_content() if window is not None else "").split())
    found = [whole, *SEPARATOR.split(whole)]
    for anchor in tree.iter("a"):
        there = split_url(join_url(url, (anchor.get("href") or "#").strip()))
        if there.netloc == split_url(url).netloc and not there.path.strip("/") + there.query:
            found.append(" ".join(text_of(anchor).split()))
    names = {title_mark(name) for name in found if SHORTEST // 2 <= len(name) <= LONGEST}
    return tuple(sorted(names))


def _is_site(text: str, slug: list[str], boilerplate: frozenset[str]) -> bool:
    return title_mark(text) in boilerplate and overlap(slug, words_of(text)) < LEAST_OVERLAP


def _nameless(declared: list[str], slug: list[str], boilerplate: frozenset[str]) -> list[str]:
    """What the head declares, without the site's name: `Bản tin: Hội nghị …` names a conference."""
    found = []
    for text in declared:
        name, colon, rest = text.partition(": ")
        if colon and _is_site(name, slug, boilerplate) and len(rest) >= SHORTEST:
            found.append(rest)
        elif not _is_site(text, slug, boilerplate):
            found.append(text)
    return found


def _says_something(part: str) -> bool:
    """A part of the window title that is neither the site's name nor a general word."""
    return (
        len(part.split()) >= 7
        and not names_site(part)
        and not any(names_site(piece) for piece in PARTS.split(part))
    )


def _leads_here(block: Block, url: str) -> bool:
    link = next((a for a in block.element.iter("a") if a.get("href")), None)
    if link is None and block.element.getparent() is not None:
        link = next((a for a in block.element.iterancestors("a") if a.get("href")), None)
    href = (link.get("href") or "").strip() if link is not None else "#"
    here = url.partition("#")[0]
    last = href[href.rstrip("/").rfind("/") + 1 :]
    if "#" in href or not (last.endswith(DOTTED) or "./" in last or here.endswith(last)):
        return False  # nearly every link of a page, told without resolving it
    return join_url(url, href) == here


def _candidates(blocks: Sequence[Block]) -> list[Block]:
    """The lines above the footer that may be a title; a heading may be a single word."""
    found = []
    for block in blocks[: footer_start(blocks) or None]:
        short = len(block.text) < SHORTEST
        if len(block.text) > LONGEST or (short and not _is_short_heading(block)):
            continue
        # `Tin mới nhất` in a left column stands above the article.
        if not ends_article(block.text):
            found.append(block)
    return found


def _is_short_heading(block: Block) -> bool:
    return block.element.tag in ("h1", "h2") and len(block.text) >= SHORTEST // 2


def _declared(tree: HtmlElement) -> list[str]:
    """What the page's head says the title is: OpenGraph, JSON-LD, the window title and its parts."""
    found: list[str] = []
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name in ("og:title", "twitter:title", "dc.title", "title", "headline"):
            found.append(meta.get("content") or "")
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "") and script.text and len(script.text) < 100_000:
            found += _headlines(script.text)
    window = next(tree.iter("title"), None)
    if window is not None:
        whole = " ".join(window.text_content().split())
        found.append(whole)
        found += SEPARATOR.split(whole)
    tidy = (" ".join(text.split()) for text in found)
    return [text for text in dict.fromkeys(tidy) if SHORTEST <= len(text) <= LONGEST]


def _headlines(script: str) -> list[str]:
    data = read_json(script)
    entries = data if isinstance(data, list) else [data]
    graphs = [entry.get("@graph") for entry in entries if isinstance(entry, dict)]
    entries = [*entries, *chain.from_iterable(g for g in graphs if isinstance(g, list))]
    found = [entry.get("headline") for entry in entries if isinstance(entry, dict)]
    return [headline for headline in found if isinstance(headline, str)]


def _longer(printed: str, declared: list[str]) -> str:
    """The declared title where the printed one is cut with dots."""
    if not printed.endswith(("...", "…")):
        return printed
    start = printed.rstrip(". …").casefold()
    return next((text for text in declared if text.casefold().startswith(start)), printed)


def _is_in(element: HtmlElement, outer: HtmlElement) -> bool:
    node: HtmlElement | None = element
    while node is not None:
        if node is outer:
            return True
        node = node.getparent()
    return False

"""Bytes to a reading: the one function that everything else in this package serves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from lxml.html import HtmlElement

from crawler.extract.article_end import is_headline, is_imprint
from crawler.extract.blocks import Block, parse, read_blocks
from crawler.extract.classify import is_notice, refused
from crawler.extract.decode import decode, wide_encoding
from crawler.extract.draft import Draft, Page
from crawler.extract.feeds import is_xml_list, read_feed, read_sitemap
from crawler.extract.links import canonical_of, declared_count, moves_to, read_links
from crawler.extract.list_pages import is_index
from crawler.extract.names import fold
from crawler.extract.selectors import usable
from crawler.extract.titles import Title, find_title, site_names
from crawler.extract.weighing import best_draft
from crawler.http.limits import MAX_BODY
from crawler.items import Expected, Fetched, Link, Reading, Refusal
from crawler.parsing import read_json, split_url
from crawler.portals.model import Portal
from crawler.text.navigation import STANDING_PAGE

MOST_TAGS = 200_000  # the heaviest real pages have a tenth
ENOUGH_PROSE = 250  # characters that make a page of unknown kind an article
ENOUGH_OF_NAMED = 60  # the same under a title that its address spells out
TITLE_WORDS = 4  # of such a title
FEW_LINKS = 5  # of a page that cannot be a list
HEADLINES = 12  # links as long as headlines that make a page without prose a list
SAYS_NOTHING = 3  # lines of a page that only sends its reader on
SEEN, MOST_CONTROLS = 4096, 0.02  # bytes looked at, and how many of them may be control characters
CONTROLS = bytes({*range(1, 32)} - {9, 10, 12, 13, 27})  # browsers pass over NUL
BINARY = (
    b"%PDF",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"\x1f\x8b",
)


def read_page(
    fetched: Fetched,
    portal: Portal,
    *,
    key: str = "",
    expect: Expected | None = None,
    boilerplate: frozenset[str] = frozenset(),
    largest: int = MAX_BODY,
    follow: bool = False,
) -> Reading:
    """What a page is and says: an article, a refusal with its reason, and where it leads.

    Pure: the same bytes give the same reading, in any order and any process. `expect` is what its
    address says it is; None when nobody knows. With `follow` an article's links are read, too. Raw
    values only: dates and authors are normalised by the pipelines.
    """
    body = fetched.body
    if fetched.problem:
        return Reading(refusal=Refusal(fetched.problem, "as kept"))
    if len(body) > largest:
        return Reading(refusal=Refusal("too_large", f"{len(body)} bytes"))
    if not body.strip() and fetched.header("refresh"):
        body = b"<html>"  # its header says where it leads
    if not body.strip():
        return Reading(refusal=Refusal("empty", "no bytes"))
    kind = is_xml_list(body)
    if kind == "sitemap":
        return Reading(links=read_sitemap(body))
    if kind == "feed":
        return Reading(links=read_feed(body))
    content_type = fetched.header("content-type")
    if body.startswith(BINARY) or _is_binary(body) or _is_other(content_type):
        return Reading(refusal=Refusal("not_html", content_type or ""))
    decoded = decode(body, content_type)
    if decoded.garbled:
        return Reading(refusal=Refusal("bad_encoding", f"as {decoded.encoding}"))
    html, cut = _bounded(_fragment(decoded.text))
    tree = parse(html)
    if tree is None:
        return Reading(refusal=Refusal("empty", "no elements"))
    blocks = read_blocks(tree)
    reading = Reading(canonical=canonical_of(tree, fetched.url))
    if expect in ("list", "feed", "sitemap"):
        if expect == "list":
            reading.site_names = site_names(tree, fetched.url)
        return _list(reading, tree, blocks, fetched, html)
    sections = ("[itemtype$=BreadcrumbList]", *portal.markup.section)
    markup = usable(replace(portal.markup, section=sections), tree, html)
    portal = replace(portal, markup=markup)
    title = find_title(
        tree, blocks, url=fetched.url, selectors=portal.markup.title, boilerplate=boilerplate
    )
    page = Page(tree, blocks, title, fetched, portal, boilerplate)
    draft = best_draft(page)
    article, prose = (draft.article, draft.prose) if draft else (None, 0)
    place = draft.place if draft else None
    if article is not None:
        article.key = key
        article.notes[:0] = (*decoded.notes, *cut)
    dated = (
        expect in ("article", "headline", "sibling")
        and article is not None
        and bool(article.published_raw)
    )
    refusal = refused(
        tree, blocks, prose=prose, title=title.text if title else None, dated=dated
    )  # fmt: skip
    if refusal is None:
        lines = place.lines if place else range(0)
        vouched = expect == "article" and portal.described
        if not vouched and is_index(blocks, lines, title, url=fetched.url, follow=follow):
            refusal = Refusal("list_page", "headlines with teasers")
        elif draft is None or not _is_article(draft, blocks, expect):
            refusal = _refusal(blocks, title, prose if expect is None else 0)
    if refusal is None and expect is None and not portal.explored and article:
        # Where the addresses of articles are declared, no other page is one; but it is not passed over.
        reading.unmatched = article.title
        return _list(reading, tree, blocks, fetched, html)
    if refusal is None:
        reading.article = article
        if follow:  # elsewhere its links lead nowhere that the lists do not
            reading.links = read_links(tree, fetched.url, html=html)
        return reading
    _list(reading, tree, blocks, fetched, html)
    if expect is not None or refusal.reason not in ("list_page", "empty"):
        reading.refusal = refusal
    return reading


def _refusal(blocks: Sequence[Block], title: Title | None, prose: int) -> Refusal:
    """What a page is that is no article; `prose`: of one that nobody took for an article."""
    if title and prose >= ENOUGH_PROSE and STANDING_PAGE.match(title.text):
        return Refusal("static_page", title.text)
    return Refusal("list_page" if _headlines(blocks) >= HEADLINES else "empty")


def _list(
    reading: Reading, tree: HtmlElement, blocks: Sequence[Block], fetched: Fetched, html: str
) -> Reading:
    """What a page is good for that is no article: its links, and how many it says there are."""
    reading.links = read_links(tree, fetched.url, html=html)
    reading.declared_count = declared_count(blocks)
    if len(blocks) <= SAYS_NOTHING and len(reading.links) < FEW_LINKS:
        _sent_on(reading, tree, fetched, html)
    leads_on = reading.moves_to not in (None, fetched.url)
    if len(reading.links) < FEW_LINKS and reading.refusal is None and not leads_on:
        # A list that leads nowhere may be the site's way to say that it is not there.
        said = refused(tree, blocks, prose=0, title=None)
        if said is None or said.reason == "empty":
            said = is_notice(tree, blocks, links=len(reading.links))
        if said and said.reason not in ("empty", "soft_404"):
            reading.refusal = said
    return reading


def _sent_on(reading: Reading, tree: HtmlElement, fetched: Fetched, html: str) -> None:
    """Where a page that says nothing sends its reader: that is all it is good for."""
    refresh = fetched.header("refresh")
    target = moves_to(tree, fetched.url, html=html, refresh=refresh)
    reading.moves_to = target
    if target and target not in {link.url for link in reading.links}:
        reading.links.append(Link(target, "list"))


def _bounded(html: str) -> tuple[str, tuple[str, ...]]:
    """The page up to so many tags: more would cost a worker its memory, and no reader sees them."""
    tags = html.count("<")
    if tags <= MOST_TAGS:
        return html, ()
    end = next(islice(re.finditer("<", html), MOST_TAGS, None)).start()
    return html[:end], (f"page_cut: {tags} tags",)


def _is_binary(body: bytes) -> bool:
    """Bytes that no text has, more than a few of them; in UTF-16 they are halves of letters."""
    start = body[:SEEN]
    if wide_encoding(start):
        return False
    return len(start) - len(start.translate(None, CONTROLS)) > len(start) * MOST_CONTROLS


def _is_other(content_type: str | None) -> bool:
    kind = (content_type or "text/html").partition(";")[0].strip().lower()
    return bool(kind) and not any(
        part in kind for part in ("html", "xml", "text/plain", "json", "octet-stream", "x-unknown")
    )


def _fragment(text: str) -> str:
    """ASP.NET page methods wrap a fragment of HTML in JSON: `{"d": "<li>…"}`."""
    if not text.lstrip().startswith("{"):
        return text
    data = read_json(text)
    inner = (
        data.get("d") or data.get("html") or data.get("data") if isinstance(data, dict) else None
    )
    return inner if isinstance(inner, str) else text


def _headlines(blocks: Sequence[Block]) -> int:
    return sum(1 for block in blocks if block.density > 0.8 and len(block.text) >= 30)


def _is_named_after(url: str, title: str) -> bool:
    """Whether an address ends in the words of a title that is longer than a section's name."""
    words = re.findall(r"[a-z0-9]+", fold(title))
    if len(words) < TITLE_WORDS:
        return False
    path = re.findall(r"[a-z0-9]+", split_url(url).path.lower())
    said = sum(1 for word in words if word in path)
    return said >= 0.8 * len(words)


def _is_article(draft: Draft, blocks: Sequence[Block], expect: Expected | None) -> bool:
    """Whether what was found is one article; an address that says so needs less proof."""
    article, prose = draft.article, draft.prose
    filed = bool(article.attachments or article.images)
    if not article.published_raw and not filed and is_imprint(article.text.splitlines()):
        return False
    if expect == "headline":
        dated = article.published_raw is not None and (prose > 0 or filed)
        if article.title is None:
            return False
        named = (
            prose >= ENOUGH_OF_NAMED
            and _is_named_after(article.url, article.title)
            and not any(is_headline(blocks[at]) for at in draft.place.lines if at < len(blocks))
        )
        return dated or prose >= ENOUGH_PROSE or filed or named
    if expect == "sibling":
        return bool(article.title and article.published_raw and (prose > 0 or filed))
    if expect == "article":
        if (
            prose < 80
            and not article.attachments
            and not article.images
            and not article.published_raw
        ):
            return _headlines(blocks) < HEADLINES and prose > 0 and article.title is not None
        return bool(article.text or article.summary or article.attachments or article.images)
    if article.title is None or article.published_raw is None:
        return False
    return prose >= ENOUGH_PROSE or bool(article.attachments and prose > 0)

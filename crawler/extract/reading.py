"""Bytes to a reading: the one function that everything else in this package serves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from lxml.html import HtmlElement

from crawler.extract.authors import is_account
from crawler.extract.blocks import Block, parse, read_blocks
from crawler.extract.body import Body, find_body
from crawler.extract.bylines import Byline, find_byline
from crawler.extract.classify import refused
from crawler.extract.decode import decode, mend
from crawler.extract.feeds import is_xml_list, read_feed, read_sitemap
from crawler.extract.links import canonical_of, declared_count, read_links
from crawler.extract.media import read_attachments, read_images
from crawler.extract.names import fold
from crawler.extract.published import Published, find_published
from crawler.extract.selectors import elements, texts, usable
from crawler.extract.text import Text, read_text
from crawler.extract.titles import Title, find_title
from crawler.facts import Portal
from crawler.items import Article, Fetched, PageKind, Reading, Refusal

LARGEST = 8 * 2**20  # bytes of a page
ENOUGH_PROSE = 250  # characters that make a page of unknown kind an article
HEADLINES = 12  # links as long as headlines that make a page without prose a list
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
LEAD = re.compile(
    r"sapo|hometext|(?:^|[\s_-])lead(?:$|[\s_-])|summary|excerpt|intro-?text|description|tom-?tat",
    re.IGNORECASE,
)
CRUMBS = re.compile(r"breadcrumb|duong-?dan|pathway", re.IGNORECASE)
CRUMB_LINE = re.compile(r"\s*(?:>{1,2}|»|›|→|\|{1,2}|•|/)\s*")
HOME = frozenset({"trang chu", "home", "trang nhat", "trangchu", "ban dang o", "you are here"})


def read_page(
    fetched: Fetched,
    portal: Portal,
    *,
    key: str = "",
    expect: PageKind | None = None,
    boilerplate: frozenset[str] = frozenset(),
) -> Reading:
    """What a page is and says: an article, a refusal with its reason, and where it leads.

    Pure: the same bytes give the same reading, in any order and any process. `expect` is what its
    address says it is; None when nobody knows. Raw values only: dates and authors are normalised
    by the pipelines.
    """
    body = fetched.body
    if len(body) > LARGEST:
        return Reading(refusal=Refusal("too_large", f"{len(body)} bytes"))
    if not body.strip():
        return Reading(refusal=Refusal("empty", "no bytes"))
    kind = is_xml_list(body)
    if kind == "sitemap":
        return Reading(links=read_sitemap(body))
    if kind == "feed":
        return Reading(links=read_feed(body))
    content_type = fetched.header("content-type")
    if body.startswith(BINARY) or _is_other(content_type):
        return Reading(refusal=Refusal("not_html", content_type or ""))
    decoded = decode(body, content_type)
    html = _fragment(decoded.text)
    tree = parse(html)
    if tree is None:
        return Reading(refusal=Refusal("empty", "no elements"))
    blocks = read_blocks(tree)
    reading = Reading(canonical=canonical_of(tree, fetched.url))
    if expect in ("list", "feed", "sitemap") or (expect is None and portal.article_urls):
        # Where the addresses of articles are known, no other page is one.
        return _list(reading, tree, blocks, fetched.url, html)
    sections = ("[itemtype$=BreadcrumbList]", *portal.markup.section)
    markup = usable(replace(portal.markup, section=sections), tree, html)
    portal = replace(portal, markup=markup)
    title = find_title(tree, blocks, url=fetched.url, selectors=portal.markup.title)
    place = find_body(
        tree, blocks, title=title, selectors=portal.markup.body, boilerplate=boilerplate
    )
    article, prose = None, 0
    if place is not None:
        article, prose = _article(tree, blocks, place, title, fetched, portal, boilerplate)
        article.key = key
        article.notes[:0] = decoded.notes
    refusal = refused(tree, blocks, prose=prose, title=title.text if title else None)
    if refusal is None and (article is None or not _is_article(article, blocks, prose, expect)):
        refusal = Refusal("list_page" if _headlines(blocks) >= HEADLINES else "empty")
    if refusal is None:
        reading.article = article  # its links lead nowhere that the lists do not
        return reading
    _list(reading, tree, blocks, fetched.url, html)
    if expect == "article" or refusal.reason not in ("list_page", "empty"):
        reading.refusal = refusal
    return reading


def _list(
    reading: Reading, tree: HtmlElement, blocks: Sequence[Block], url: str, html: str
) -> Reading:
    """What a page is good for that is no article: its links, and how many it says there are."""
    reading.links = read_links(tree, url, html=html)
    reading.declared_count = declared_count(blocks)
    return reading


def _is_other(content_type: str | None) -> bool:
    kind = (content_type or "text/html").partition(";")[0].strip().lower()
    return bool(kind) and not any(
        part in kind for part in ("html", "xml", "text/plain", "json", "octet-stream", "x-unknown")
    )


def _fragment(text: str) -> str:
    """ASP.NET page methods wrap a fragment of HTML in JSON: `{"d": "<li>…"}`."""
    if not text.lstrip().startswith("{"):
        return text
    try:
        data = json.loads(text)
    except ValueError:
        return text
    inner = (
        data.get("d") or data.get("html") or data.get("data") if isinstance(data, dict) else None
    )
    return inner if isinstance(inner, str) else text


def _article(
    tree: HtmlElement,
    blocks: Sequence[Block],
    place: Body,
    title: Title | None,
    fetched: Fetched,
    portal: Portal,
    boilerplate: frozenset[str],
) -> tuple[Article, int]:
    markup = portal.markup
    published = find_published(
        tree, blocks, title=title, body=place.lines, portal=portal, url=fetched.url,
        captured_at=fetched.fetched_at,
    )  # fmt: skip
    text = read_text(
        place, blocks, title=title, prune=markup.prune, dropped=_date_line(published, blocks),
        boilerplate=boilerplate,
    )  # fmt: skip
    summary = _summary(tree, blocks, place, text, title, markup.summary)
    byline = _byline(tree, text, portal)
    notes: list[str] = []
    for at, line in enumerate(text.lines):
        text.lines[at], said = mend(line)
        if said and said not in notes:
            notes.append(said)
    title_text = title.text if title else None
    if title_text:
        title_text, said = mend(title_text)
    article = Article(
        url=fetched.url,
        key="",
        title=title_text,
        section=_section(tree, blocks, title, markup.section),
        summary=summary,
        text="\n".join(text.lines),
        byline=byline.raw if byline else None,
        published_raw=published.raw if published else None,
        published_from=published.provenance if published else None,
        images=read_images(place, blocks, url=fetched.url),
        attachments=read_attachments(
            tree, place, blocks, url=fetched.url, selectors=markup.attachments
        ),
        notes=notes,
        removed=text.removed,
        repeated=text.repeated,
    )
    prose = sum(len(line) for line in text.lines) + len(summary or "")
    return article, prose


def _date_line(published: Published | None, blocks: Sequence[Block]) -> frozenset[int]:
    """The line that holds the date and little else is not text."""
    if published is None or published.at is None:
        return frozenset()
    return frozenset({published.at}) if len(blocks[published.at].text) <= 140 else frozenset()


def _byline(tree: HtmlElement, text: Text, portal: Portal) -> Byline | None:
    """Find the byline and take it out of the text."""
    for _, printed in texts(tree, portal.markup.byline):
        lines = [printed] if len(printed) <= 160 else []
        found = find_byline(["…", *lines], portal=portal)
        if found and lines:
            text.lines[:] = [line for line in text.lines if line != printed]
            if text.lines and found.raw.endswith(_unstopped(text.lines[-1])):
                text.removed.append(text.lines.pop())
            return Byline(found.raw)
    _drop_account(text, portal)
    found = find_byline(text.lines, portal=portal, head=text.head)
    if found is None:
        return None
    first = min(found.at, default=0)
    if first and found.raw.endswith(_unstopped(text.lines[first - 1])):
        # The name stands twice: as the writer signed and as the system prints it.
        found = Byline(found.raw, (first - 1, *found.at))
    text.removed += [text.lines[at] for at in found.at]
    if found.glued is not None:
        line = text.lines[found.glued]
        at = line.rfind(found.raw)
        text.lines[found.glued] = line[:at].rstrip(" (")
        text.removed.append(found.raw)
    text.lines[:] = [
        line for at, line in enumerate(text.lines) if at not in found.at and line.strip()
    ]
    return found


def _unstopped(line: str) -> str:
    return line.strip(" .") or line


def _drop_account(text: Text, portal: Portal) -> None:
    """The login of whoever posted the article, on a line of its own under the text."""
    while len(text.lines) > 1 and is_account(text.lines[-1], portal):
        text.removed.append(text.lines.pop())


def _summary(
    tree: HtmlElement,
    blocks: Sequence[Block],
    place: Body,
    text: Text,
    title: Title | None,
    selectors: tuple[str, ...],
) -> str | None:
    """The lead that a portal sets apart, and takes no second time in the text."""
    for element, printed in chain(texts(tree, selectors), _leads(blocks, place, title)):
        if not 30 <= len(printed) <= 1_500 or element.tag == "body":
            continue
        if title and fold(printed) == fold(title.text) and not selectors:
            continue
        squeezed = _squeezed(printed)
        again = next((i for i, t in enumerate(text.lines[:6]) if _squeezed(t) == squeezed), None)
        if again is not None:
            text.lines.pop(again)
        elif text.lines and squeezed == _squeezed("".join(text.lines[:3]))[: len(squeezed)]:
            while text.lines and squeezed.startswith(first := _squeezed(text.lines[0])):
                squeezed = squeezed[len(first) :]
                text.lines.pop(0)
        return printed
    return None


def _leads(
    blocks: Sequence[Block], place: Body, title: Title | None
) -> Iterator[tuple[HtmlElement, str]]:
    """Lines between the title and the text's first ones, in an element that calls itself a lead."""
    first = title.at + 1 if title and title.at is not None else place.lines.start
    for block in blocks[first : max(first, place.lines.start) + 6]:
        if (named := _named(block.element, LEAD, up=2)) is not None:
            yield named, " ".join("".join(named.itertext()).split())


def _named(element: HtmlElement, names: re.Pattern[str], *, up: int) -> HtmlElement | None:
    """The element, or one around it, whose class or id matches."""
    node: HtmlElement | None = element
    for _ in range(up + 1):
        if node is None or node.tag == "body":
            return None
        if names.search(f"{node.get('class') or ''} {node.get('id') or ''}"):
            return node
        node = node.getparent()
    return None


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _section(
    tree: HtmlElement, blocks: Sequence[Block], title: Title | None, selectors: tuple[str, ...]
) -> str | None:
    """The breadcrumb without the home page and the title: `Tin Hoạt động > Chung`."""
    own = fold(title.text) if title else ""
    for element in elements(tree, selectors):
        marked = [
            "".join(name.itertext()) for name in element.iter() if name.get("itemprop") == "name"
        ]
        parts = marked or [block.text for block in read_blocks(element)]
        if section := _crumbs(_split(parts), own):
            return section[:200]
    end = title.at if title and title.at is not None else min(40, len(blocks))
    for block in reversed(blocks[max(0, end - 25) : end + 1]):
        if (element := _named(block.element, CRUMBS, up=4)) is not None:
            if section := _crumbs(_split([b.text for b in read_blocks(element)]), own):
                return section[:200]
            return None
    for block in reversed(blocks[max(0, end - 5) : end]):
        if len(block.text) <= 150 and re.search(r">{1,2}|»|›", block.text):
            return _crumbs(CRUMB_LINE.split(block.text), own)
    return None


def _split(parts: Sequence[str]) -> list[str]:
    tidy = [" ".join(part.split()) for part in parts]
    return CRUMB_LINE.split(tidy[0]) if len(tidy) == 1 else tidy


def _crumbs(parts: Sequence[str], title: str) -> str | None:
    names = [part.strip(" >»›/|•-\t") for part in parts]
    kept = [
        name
        for name in names
        if name
        and re.search(r"\w", name)
        and fold(name).strip(" :") not in HOME
        and not (title and title.startswith(fold(name).rstrip(". …")) and len(name) > 25)
    ]
    return " > ".join(dict.fromkeys(kept)) or None


def _headlines(blocks: Sequence[Block]) -> int:
    return sum(1 for block in blocks if block.density > 0.8 and len(block.text) >= 30)


def _is_article(
    article: Article, blocks: Sequence[Block], prose: int, expect: PageKind | None
) -> bool:
    """Whether what was found is one article; an address that says so needs less proof."""
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

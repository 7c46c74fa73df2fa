"""An article as read from one place of a page: all its raw values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.extract.article_end import PROSE
from crawler.extract.article_text import Text, read_text
from crawler.extract.authors import is_account
from crawler.extract.blocks import Block
from crawler.extract.body import Body
from crawler.extract.byline_places import byline_below, set_right, site_names, under_pictures
from crawler.extract.bylines import Byline, find_byline
from crawler.extract.images_and_files import own_lines, read_attachments, read_images
from crawler.extract.lead_and_section import read_section, read_summary
from crawler.extract.mojibake import mend
from crawler.extract.published import Published, find_published
from crawler.extract.selectors import texts
from crawler.extract.title_scoring import undated
from crawler.extract.titles import Title
from crawler.items import Article, Fetched
from crawler.parsing import split_url
from crawler.portals.model import Portal

OWN_ADDRESS = re.compile(r"^[^.:]{0,20}:?\s*(?P<address>https?://\S+)\W*$", re.IGNORECASE)
LOST = 200  # characters of prose that rules cut from an article of which nothing is left


@dataclass(frozen=True, slots=True)
class Page:
    """A page as far as it is read: its lines, its title, and what is known of its portal."""

    tree: HtmlElement
    blocks: Sequence[Block]
    title: Title | None
    fetched: Fetched
    portal: Portal
    boilerplate: frozenset[str] = frozenset()  # learnt of the portal


@dataclass(frozen=True, slots=True)
class Draft:
    """What an article would be if its text stood in `place`; `prose`: characters of it."""

    place: Body
    article: Article
    prose: int
    text: Text


def draft(page: Page, place: Body) -> Draft:
    """The article of a page with the text that stands in one place of it."""
    tree, blocks, title = page.tree, page.blocks, page.title
    fetched, portal = page.fetched, page.portal
    markup = portal.markup
    published = find_published(
        tree, blocks, title=title, body=place.lines, portal=portal, url=fetched.url,
        captured_at=fetched.fetched_at,
    )  # fmt: skip
    text = read_text(
        place, blocks, title=title, prune=markup.prune, dropped=_date_line(published, blocks),
        boilerplate=page.boilerplate,
    )  # fmt: skip
    summary = read_summary(tree, blocks, place, text, title, markup.summary)
    own = own_lines(place, text.blocks, blocks, title)
    byline = _byline(page, text, own)
    notes: list[str] = [*text.notes]
    for at, line in enumerate(text.lines):
        text.lines[at], said = mend(line)
        if said and said not in notes:
            notes.append(said)
    title_text = title.text if title else None
    if title and title_text and published and published.at == title.at is not None:
        title_text = undated(title_text)
    if title_text:
        title_text, said = mend(title_text)
    article = Article(
        url=fetched.url,
        key="",
        title=title_text,
        section=read_section(tree, blocks, title, markup.section),
        summary=summary,
        text="\n".join(text.lines),
        byline=byline.raw if byline else None,
        published_raw=published.raw if published else None,
        published_from=published.provenance if published else None,
        images=read_images(tree, place, own, blocks, title=title, url=fetched.url),
        attachments=read_attachments(
            tree, place, own, blocks, url=fetched.url, selectors=markup.attachments
        ),
        notes=notes,
        removed=text.removed,
        repeated=text.repeated,
    )
    prose = sum(len(line) for line in text.lines) + len(summary or "")
    lost = sum(len(line) for line in text.removed if len(line) >= PROSE)
    if prose < PROSE and lost > LOST:
        article.notes.append(f"text_lost: {lost} characters")
    return Draft(place, article, prose, text)


def _date_line(published: Published | None, blocks: Sequence[Block]) -> frozenset[int]:
    """The line that holds the date and little else is not text."""
    if published is None or published.at is None:
        return frozenset()
    return frozenset({published.at}) if len(blocks[published.at].text) <= 140 else frozenset()


def _byline(page: Page, text: Text, own: Sequence[Block]) -> Byline | None:
    """Find the byline and take it out of the text."""
    portal = page.portal
    for _, printed in texts(page.tree, portal.markup.byline):
        lines = [printed] if len(printed) <= 160 else []
        found = find_byline(["…", *lines], portal=portal)
        if found and lines:
            text.lines[:] = [line for line in text.lines if line != printed]
            if text.lines and found.raw.endswith(_unstopped(text.lines[-1])):
                text.removed.append(text.lines.pop())
            return Byline(found.raw)
    _drop_account(text, portal)
    _drop_address(text, page.fetched.url)
    found = find_byline(
        text.lines, portal=portal, head=text.head,
        captions=under_pictures(own, page.blocks), site=site_names(page.tree), right=set_right(own),
    )  # fmt: skip
    if found is None:
        return byline_below(page.blocks, own, portal=portal)
    if not found.at and found.glued is None and found.raw in text.lines[:4]:
        found = Byline(found.raw, (text.lines.index(found.raw),))  # under the title, above the text
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


def _drop_address(text: Text, url: str) -> None:
    """The page's own address, which print pages put under the text: `Nguồn: https://…`."""
    while text.lines and (own := OWN_ADDRESS.match(text.lines[-1])):
        if split_url(own["address"]).netloc != split_url(url).netloc:
            return
        text.removed.append(text.lines.pop())


def _drop_account(text: Text, portal: Portal) -> None:
    """The login of whoever posted the article, on a line of its own under the text."""
    while len(text.lines) > 1 and is_account(text.lines[-1], portal):
        text.removed.append(text.lines.pop())

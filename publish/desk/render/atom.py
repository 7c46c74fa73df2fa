"""Atom feeds (RFC 4287): new articles, saved searches, edits and deletions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from crawler.text.characters import for_xml

ATOM = "http://www.w3.org/2005/Atom"
MOST = 50  # entries
NEVER = "1970-01-01T00:00:00Z"
ElementTree.register_namespace("", ATOM)


@dataclass(frozen=True, slots=True)
class Entry:
    name: str  # what it is called for ever
    title: str
    updated: str
    link: str
    summary: str = ""
    original: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    category: str | None = None


def atom(entries: Iterable[Entry], *, title: str, author: str, me: str, page: str) -> bytes:
    """The feed; `me` is its own address, `page` the one for people."""
    listed = list(entries)
    feed = ElementTree.Element(f"{{{ATOM}}}feed", {"xml:lang": "vi"})
    _add(feed, "id", uuid5(NAMESPACE_URL, me).urn)
    _add(feed, "title", title)
    _add(feed, "updated", max((entry.updated for entry in listed), default=NEVER))
    _link(feed, "self", me, "application/atom+xml")
    _link(feed, "alternate", page, "text/html")
    person = ElementTree.SubElement(feed, f"{{{ATOM}}}author")
    _add(person, "name", author)
    for entry in listed:
        _entry(feed, entry)
    return ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)


def _entry(feed: ElementTree.Element, entry: Entry) -> None:
    item = ElementTree.SubElement(feed, f"{{{ATOM}}}entry")
    _add(item, "id", uuid5(NAMESPACE_URL, f"khcn-archive/{entry.name}").urn)
    _add(item, "title", entry.title)
    _add(item, "updated", entry.updated)
    if entry.published:
        _add(item, "published", entry.published)
    _link(item, "alternate", entry.link, "text/html")
    if entry.original:
        _link(item, "via", entry.original)
    for name in entry.authors:
        _add(ElementTree.SubElement(item, f"{{{ATOM}}}author"), "name", name)
    if entry.category:
        ElementTree.SubElement(item, f"{{{ATOM}}}category", {"term": for_xml(entry.category)})
    _add(item, "summary", entry.summary)


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, f"{{{ATOM}}}{name}").text = for_xml(text)


def _link(parent: ElementTree.Element, rel: str, href: str, kind: str = "") -> None:
    attributes = {"rel": rel, "href": for_xml(href)} | ({"type": kind} if kind else {})
    ElementTree.SubElement(parent, f"{{{ATOM}}}link", attributes)


def moment(published: str | None) -> str | None:
    """RFC 3339, where at least the day is known."""
    if not published or len(published) < len("2021-02-02"):
        return None
    return published if "T" in published else f"{published}T00:00:00+07:00"


def article_entries(
    conn: sqlite3.Connection, articles: list[int], departments: dict[str, str], link: str
) -> list[Entry]:
    """Articles in the given order; what was edited since is as new as its edit."""
    rows: dict[int, Entry] = {}
    for at in range(0, len(articles), 500):
        listed = ", ".join(str(ident) for ident in articles[at : at + 500])
        names: dict[int, list[str]] = {}
        for ident, name in conn.execute(
            "select article, name from article_authors join authors on authors.id = author "
            f"where role = 'author' and article in ({listed}) order by article, position"
        ):
            names.setdefault(ident, []).append(name)
        for row in conn.execute(
            "select id, portal, title, url, published, captured_at, section, "
            f"coalesce(summary, substr(text, 1, 400)) from articles where id in ({listed})"
        ):
            ident, portal, title, url, published, captured_at, section, summary = row
            rows[ident] = Entry(
                name=f"articles/{ident}",
                title=title or url,
                updated=captured_at,
                link=f"{link}{ident}",
                summary=summary,
                original=url if url.lower().startswith(("http://", "https://")) else None,
                published=moment(published),
                authors=tuple(names.get(ident, [departments.get(portal, portal)])),
                category=section,
            )
    return [rows[ident] for ident in articles if ident in rows]


def change_entries(conn: sqlite3.Connection, link: str, words: dict[str, str]) -> list[Entry]:
    """Edits and deletions, the latest first."""
    edits = conn.execute(
        "select 'edit', article, r.seen_at, coalesce(r.title, a.title), a.url, r.change "
        "from revisions as r join articles as a on a.id = r.article "
        "where json_extract(change, '$.class') = 'edit' order by r.seen_at desc limit ?",
        (MOST,),
    ).fetchall()
    gone = conn.execute(
        "select 'gone', id, last_seen, title, url, '' from articles where status = 'gone' "
        "order by last_seen desc limit ?",
        (MOST,),
    ).fetchall()
    found = sorted([*edits, *gone], key=lambda row: row[2], reverse=True)[:MOST]
    return [
        Entry(
            name=f"{kind}/{ident}/{seen}",
            title=f"{words[kind]}: {title or url}",
            updated=seen,
            link=f"{link}{ident}/ban" if kind == "edit" else f"{link}{ident}",
            summary=f"{words[kind]} – {url}",
            original=url if url.lower().startswith(("http://", "https://")) else None,
        )
        for kind, ident, seen, title, url, _ in found
    ]

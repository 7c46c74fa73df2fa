"""The looks of a dump that were kept, month by month, and where their records lie."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from urllib.parse import unquote

from crawler.archive.articles.removed import SHORTEST
from crawler.archive.captures import located
from crawler.parsing import split_url

KEPT = """
select captures.portal, department, substr(fetched_at, 1, 7), captures.url, fetched_at, warc, offset,
  (select title from revisions as seen where seen.article = captures.article
    and seen.seen_at = fetched_at order by seen.rowid desc limit 1)
from captures join portals on portals.slug = captures.portal
where warc is not null and offset is not null
order by captures.portal, substr(fetched_at, 1, 7), fetched_at, captures.url
"""


@dataclass(frozen=True, slots=True)
class Look:
    """A look, the place of its record by the dump, and the file that holds it here."""

    url: str
    fetched_at: str
    warc: str
    offset: int
    title: str | None
    path: Path


@dataclass(frozen=True, slots=True)
class Month:
    portal: str
    department: str
    month: str  # 2025-06
    looks: tuple[Look, ...]
    missing: int  # looks whose files are not here
    hidden: tuple[str, ...] = ()  # addresses of removed articles, which no page is to name


def names_one(body: bytes, hidden: Sequence[str]) -> bool:
    """Whether a page names an address, as it stands or as markup writes it."""
    for url in hidden:
        parts = split_url(url)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        ways = (path, path.replace("&", "&amp;"), unquote(path))
        if len(path) >= SHORTEST and any(way.encode() in body for way in ways):
            return True
    return False


def months(dump: sqlite3.Connection, archive: sqlite3.Connection, folder: Path) -> Iterator[Month]:
    """Every month of every portal of which something is here, `folder` being that of captures."""
    known = archive.execute("select name, path from _warcs").fetchall()
    files = {name: located(path, folder) for name, path in known}
    removed = _removed(archive)
    here = {name: path for name, path in files.items() if path.is_file()}
    for (portal, department, month), rows in groupby(dump.execute(KEPT), lambda row: row[:3]):
        listed = [row[3:] for row in rows]
        looks = tuple(
            Look(url, fetched_at, warc, offset, title, here[warc])
            for url, fetched_at, warc, offset, title in listed
            if warc in here
        )
        if looks:
            hidden = tuple(removed.get(portal, ()))
            yield Month(portal, department, month, looks, len(listed) - len(looks), hidden)


def _removed(archive: sqlite3.Connection) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for portal, name in archive.execute(
        "select portal, name from _removed where name like 'http%' order by 1, 2"
    ):
        found.setdefault(portal, []).append(name)
    return found

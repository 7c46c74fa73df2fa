"""Whether a section's own count, the links on its list pages and what was reached agree."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from crawler.parsing import split_url
from crawler.portals.paging import paging

REASON = "list_incomplete"


@dataclass(frozen=True, slots=True)
class ShortList:
    """A section that says it has more articles than its pages led to."""

    url: str
    declared: int
    reached: int
    pages: int

    @property
    def detail(self) -> str:
        return f"declared {self.declared}, reached {self.reached} on {self.pages} pages"


def short_lists(conn: sqlite3.Connection, portal: str) -> list[ShortList]:
    """The sections of a portal that were not reached whole, by what they say of themselves."""
    sections: dict[str, list[tuple[str, int, int | None]]] = {}
    for url, links, declared in conn.execute(
        "select url, coalesce(article_links, 0), declared from _frontier "
        "where portal = ? and kind = 'list' and state = 'done' order by page, id",
        (portal,),
    ):
        sections.setdefault(_section(url), []).append((url, links, declared))
    short = []
    for pages in sections.values():
        declared = max((count for _, _, count in pages if count), default=0)
        reached = sum(links for _, links, _ in pages)
        if reached < declared:
            short.append(ShortList(pages[0][0], declared, reached, len(pages)))
    return short


def note_short_lists(conn: sqlite3.Connection, portal: str, now: str) -> int:
    """An issue for each section that was walked to its end and fell short; returns their number.

    Only a sweep over all pages can tell; a nightly one stops at what is known.
    """
    deep = conn.execute("select deep from _sweeps where portal = ?", (portal,)).fetchone()
    if not deep or not deep[0]:
        return 0
    found = short_lists(conn, portal)
    conn.executemany(
        "insert into issues(url, seen_at, reason, portal, detail) values (?, ?, ?, ?, ?) "
        "on conflict do nothing",
        [(short.url, now, REASON, portal, short.detail) for short in found],
    )
    return len(found)


def _section(url: str) -> str:
    """The address of a list without its page number and its window's state."""
    bare = (paging(url) or (url, 1))[0]
    parts = split_url(bare)
    return f"{parts.netloc}{parts.path.rstrip('/')}"

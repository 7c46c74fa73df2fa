"""What a first look at a site brought: its articles, its lists, its dates."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.archive.captures import readable
from crawler.captures import RecordPlace


@dataclass(frozen=True, slots=True)
class Found:
    """A site as far as one short visit shows it."""

    platform: str | None
    articles: list[dict[str, Any]]  # columns of articles, newest first
    lists: list[str]
    feeds: list[str]
    pages: list[RecordPlace]  # where the articles' pages are kept


def found_on(conn: sqlite3.Connection, portal: str, folder: Path) -> Found:
    """Everything the archive holds of a portal that matters for its declaration."""
    platform = conn.execute("select platform from portals where slug = ?", (portal,)).fetchone()
    columns = ("url", "key", "title", "published", "published_raw", "byline", "text", "section")
    rows = conn.execute(
        f"select {', '.join(columns)} from articles where portal = ? order by published desc, id",
        (portal,),
    )
    lists = conn.execute(
        "select url from _frontier where portal = ? and kind = 'list' and page = 1 "
        "and article_links > 1 and form = '' order by article_links desc, id",
        (portal,),
    )
    feeds = conn.execute(
        "select url from _frontier where portal = ? and kind in ('feed', 'sitemap')", (portal,)
    )
    return Found(
        platform[0] if platform else None,
        [dict(zip(columns, row, strict=True)) for row in rows],
        [url for (url,) in lists],
        [url for (url,) in feeds],
        [
            RecordPlace(kept.path, kept.offset, kept.url, kept.fetched_at)
            for kept in readable(conn, folder)
            if kept.portal == portal
        ],
    )

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
    asked: list[str]  # other addresses, of links that led on to articles
    lists: list[str]  # first pages that articles were found on
    others: list[str]  # every page that was read and is no article
    feeds: list[str]  # that list articles
    pages: list[RecordPlace]  # where the articles' pages are kept


def found_on(conn: sqlite3.Connection, portal: str, folder: Path) -> Found:
    """Everything the archive holds of a portal that matters for its declaration."""
    platform = conn.execute("select platform from portals where slug = ?", (portal,)).fetchone()
    columns = ("url", "key", "title", "published", "published_raw", "byline", "text", "section")
    rows = conn.execute(
        f"select {', '.join(columns)} from articles where portal = ? order by published desc, id",
        (portal,),
    )
    asked = conn.execute(
        "select distinct url from captures where portal = ? and outcome = 'redirect' "
        "and exists(select 1 from _frontier where portal = captures.portal "
        "and _frontier.url = captures.url and kind = 'article')",
        (portal,),
    )
    found = (
        "(select count(*) from _frontier as page join addresses on addresses.url = page.url "
        "where page.found_on = _frontier.id)"
    )
    lists = conn.execute(
        "select url from _frontier where portal = ? and kind = 'list' and page = 1 and form = '' "
        f"and article_links > 1 and {found} > 0 order by {found} desc, id",
        (portal,),
    )
    others = conn.execute(
        "select url from _frontier where portal = ? and kind in ('list', 'unknown') and form = '' "
        "and (article_links is not null or page > 1)",
        (portal,),
    )
    feeds = conn.execute(
        "select url from _frontier where portal = ? and kind in ('feed', 'sitemap') "
        "and article_links > 0",
        (portal,),
    )
    return Found(
        platform[0] if platform else None,
        [dict(zip(columns, row, strict=True)) for row in rows],
        [url for (url,) in asked],
        [url for (url,) in lists],
        [url for (url,) in others],
        [url for (url,) in feeds],
        [
            RecordPlace(kept.path, kept.offset, kept.url, kept.fetched_at)
            for kept in readable(conn, folder)
            if kept.portal == portal
        ],
    )

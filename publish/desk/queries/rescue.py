"""What was rescued from web archives: each portal's years, sources side by side, and what is lost."""

from __future__ import annotations

import sqlite3
from typing import Any

from crawler.parsing import read_json

LOST = 60  # lost articles that are named on the page
REASONS = 4  # of a year's refusals, the commonest first


def is_known(conn: sqlite3.Connection) -> bool:
    """Whether the archive has the tables: a dump of an earlier version has not."""
    found = conn.execute("select 1 from sqlite_master where name = 'rescue_years'")
    return found.fetchone() is not None


def years(conn: sqlite3.Connection) -> list[dict[str, Any]]:
    """A row for each portal and year, the newest year of each portal first."""
    cursor = conn.execute(
        "select portal, department, year, known, captured, read, refused, waiting, lost, reasons, "
        "sources from rescue_years join portals on slug = portal order by portal, year desc"
    )
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor]
    for row in rows:
        reasons: dict[str, int] = read_json(row["reasons"] or "") or {}
        sources: dict[str, dict[str, int]] = read_json(row["sources"] or "") or {}
        row["reasons"] = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))[:REASONS]
        row["sources"] = sorted(sources.items())
    return rows


def lost(conn: sqlite3.Connection) -> tuple[int, list[dict[str, Any]]]:
    """How many articles are lost, and those that were listed last."""
    count = conn.execute("select count(*) from lost_articles").fetchone()[0]
    cursor = conn.execute(
        "select lost_articles.portal, department, title, lost_articles.url, published, listed_at, "
        "listed_on, source, source_url from lost_articles join portals on slug = portal "
        "order by coalesce(published, listed_at) desc, title limit ?",
        (LOST,),
    )
    names = [column[0] for column in cursor.description]
    return count, [dict(zip(names, row, strict=True)) for row in cursor]


def sold(conn: sqlite3.Connection) -> list[dict[str, Any]]:
    """Domains that have another owner, as the newest rescue of each portal saw it."""
    cursor = conn.execute(
        "select portal, detail, since from alarms as this where code = 'parked' and run = "
        "(select max(run) from alarms as other where other.portal = this.portal "
        "and other.code = 'parked') order by portal"
    )
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]

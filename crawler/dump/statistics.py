"""A dump in numbers: what is kept of each portal, province and year, and what is missing."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from typing import Any

Numbers = dict[str, int]
# Each asks for rows of (portal, year, number); a year is NULL where the page prints no date.
ASKED = {
    "articles": "select portal, year, count(*) from articles group by 1, 2",
    "with_date": "select portal, year, count(published) from articles group by 1, 2",
    "with_author": (
        "select portal, year, count(*) from articles where id in (select article from "
        "article_authors where role = 'author') group by 1, 2"
    ),
    "edits": (
        "select portal, cast(substr(seen_at, 1, 4) as integer), count(*) from edited_articles "
        "group by 1, 2"
    ),
    "gone": "select portal, year, count(*) from articles where status = 'gone' group by 1, 2",
    "gap_days": (
        "select portal, cast(substr(day, 1, 4) as integer), count(*) from coverage "
        "where coverage <> 'looked' group by 1, 2"
    ),
}
MEANS = {
    "articles": "Số bài, theo năm đăng - articles by year of publication",
    "with_date": "trong đó có in ngày đăng - of which print a date",
    "with_author": "trong đó có tên tác giả - of which name an author",
    "edits": "Lần sửa sau khi đăng, theo năm thấy - edits by the year in which they were seen",
    "gone": "Bài cổng đã gỡ, theo năm đăng - taken down by the portal, by year of publication",
    "gap_days": (
        "Ngày không xem được trọn vẹn, theo năm - days on which the portal was not looked at as a "
        "whole"
    ),
}


def statistics(conn: sqlite3.Connection, version: str) -> dict[str, Any]:
    """Every number by portal and year, and the same summed up."""
    provinces = conn.execute(
        "select portals.slug, provinces.slug, coalesce(successor, provinces.slug) from portals "
        "left join provinces on provinces.slug = province"
    )
    places = {portal: (former, present) for portal, former, present in provinces}
    cells: dict[tuple[str, int | None], Numbers] = defaultdict(lambda: dict.fromkeys(ASKED, 0))
    for name, sql in ASKED.items():
        for portal, year, number in conn.execute(sql):
            cells[portal, year][name] += number
    rows: list[dict[str, Any]] = [
        {
            "portal": portal,
            "province": places[portal][1],
            "former_province": places[portal][0],
            "year": year,
            **cells[portal, year],
        }
        for portal, year in sorted(cells, key=lambda key: (key[0], key[1] or 0))
    ]
    return {
        "version": version,
        "means": MEANS,
        "total": _summed(rows),
        **{
            f"by_{by}": [
                {by: value, **_summed([row for row in rows if row[by] == value])}
                for value in sorted({row[by] for row in rows}, key=lambda value: str(value or ""))
            ]
            for by in ("portal", "province", "former_province", "year")
        },
        "by_portal_and_year": rows,
    }


def _summed(rows: list[dict[str, Any]]) -> Numbers:
    return {name: sum(row[name] for row in rows) for name in ASKED}

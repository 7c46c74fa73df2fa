"""The provinces as dots in their places: a map without a map's files."""

from __future__ import annotations

import math
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

WIDTH, HEIGHT = 360, 600
WEST, NORTH = 101.9, 23.25
ACROSS, DOWN = 41.5, 38.0  # pixels a degree
SMALLEST, LARGEST = 4.0, 13.0
LETTER = 6.3  # pixels of a label's letter
FRESH = (("week", 7), ("month", 30))


@dataclass(frozen=True, slots=True)
class Dot:
    slug: str
    name: str
    x: float
    y: float
    radius: float
    articles: int
    newest: str | None
    fresh: str  # week, month, old, none
    label: bool
    left: bool  # the label stands left of the dot


def province_counts(conn: sqlite3.Connection) -> list[dict[str, Any]]:
    """Each province with its place, its articles and the newest of them."""
    cursor = conn.execute(
        "with counted as (select portal, count(*) as articles, max(published) as newest "
        "from articles group by portal) "
        "select provinces.slug, name, coalesce(successor, provinces.slug) as successor, "
        "latitude, longitude, coalesce(sum(articles), 0) as articles, max(newest) as newest, "
        "count(portals.slug) as portals "
        "from provinces left join portals on portals.province = provinces.slug "
        "left join counted on counted.portal = portals.slug "
        "group by provinces.slug order by name"
    )
    keys = [column[0] for column in cursor.description]
    return [dict(zip(keys, row, strict=True)) for row in cursor]


def merged(provinces: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The 34: each with everything that became part of it."""
    present = {row["slug"]: dict(row, articles=0, newest=None, portals=0) for row in provinces
               if row["successor"] == row["slug"]}  # fmt: skip
    for row in provinces:
        into = present.get(row["successor"])
        if into:
            into["articles"] += row["articles"]
            into["portals"] += row["portals"]
            into["newest"] = max(filter(None, (into["newest"], row["newest"])), default=None)
    return list(present.values())


def former(provinces: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The 63; Huế is on the list under its old name."""
    replaced = {row["successor"] for row in provinces if row["slug"] == "thua_thien_hue"}
    return [row for row in provinces if row["slug"] not in replaced]


def dots(provinces: list[dict[str, Any]], now: datetime) -> list[Dot]:
    """The largest first underneath, labels where there is room."""
    placed = [row for row in provinces if row["latitude"] is not None]
    most = max((row["articles"] for row in placed), default=0) or 1
    found: list[Dot] = []
    taken: list[tuple[float, float, float, float]] = []
    for row in sorted(placed, key=lambda row: (-row["articles"], row["name"])):
        x = (row["longitude"] - WEST) * ACROSS
        y = (NORTH - row["latitude"]) * DOWN + 20
        radius = SMALLEST + (LARGEST - SMALLEST) * math.sqrt(row["articles"] / most)
        name = row["name"].removeprefix("Thành phố ")
        length = len(name) * LETTER
        right = (x + radius + 2, y - 6, x + radius + 2 + length, y + 6)
        left = (x - radius - 2 - length, y - 6, x - radius - 2, y + 6)
        place = next((box for box in (right, left) if _free(box, taken, placed, row)), None)
        if place:
            taken.append(place)
        found.append(
            Dot(row["slug"], name, round(x, 1), round(y, 1), round(radius, 1), row["articles"],
                row["newest"], freshness(row["newest"], row["articles"], now), bool(place),
                place is left)
        )  # fmt: skip
    return found


def freshness(newest: str | None, articles: int, now: datetime) -> str:
    if not articles:
        return "none"
    for name, days in FRESH:
        if (
            newest
            and newest[:10] >= (now.astimezone(UTC) - timedelta(days=days)).date().isoformat()
        ):
            return name
    return "old"


def _free(
    box: tuple[float, float, float, float],
    taken: list[tuple[float, float, float, float]],
    placed: list[dict[str, Any]],
    own: dict[str, Any],
) -> bool:
    left, top, right, bottom = box
    if left < 0 or right > WIDTH:
        return False
    if any(left < b and right > a and top < d and bottom > c for a, c, b, d in taken):
        return False
    for row in placed:
        if row is own:
            continue
        x, y = (row["longitude"] - WEST) * ACROSS, (NORTH - row["latitude"]) * DOWN + 20
        if left - 9 < x < right + 9 and top - 7 < y < bottom + 7:
            return False
    return True

"""Portals and provinces: few rows, asked for on every page."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A portal, the province it served and the one that is there today."""

    portal: str
    department: str
    host: str
    province: str
    province_name: str
    present: str
    present_name: str

    @property
    def merged(self) -> bool:
        return self.province != self.present


def places(conn: sqlite3.Connection) -> dict[str, Place]:
    rows = conn.execute(
        "select portals.slug, department, host, coalesce(former.slug, ''), "
        "coalesce(former.name, ''), coalesce(present.slug, former.slug, ''), "
        "coalesce(present.name, former.name, '') from portals "
        "left join provinces as former on former.slug = portals.province "
        "left join provinces as present on present.slug = former.successor"
    )
    return {row[0]: Place(*row) for row in rows}


def portals_of(known: dict[str, Place], *, tinh: str, tinh_cu: str, cong: str) -> list[str] | None:
    """The portals that all three filters leave; None when none of them is set."""
    if not (tinh or tinh_cu or cong):
        return None
    return [
        place.portal
        for place in known.values()
        if (not tinh or place.present == tinh)
        and (not tinh_cu or place.province == tinh_cu)
        and (not cong or place.portal == cong)
    ]

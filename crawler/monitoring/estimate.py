"""How far a portal is: what is known, what waits, and how many nights that takes at least."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from math import ceil

from crawler.archive.frontier.queue import pending
from crawler.monitoring.context import LOOKED


@dataclass(frozen=True, slots=True)
class Estimate:
    """A portal's way to its end; pages that are not linked yet are not in it."""

    portal: str
    known: int  # articles in the archive
    waiting: int  # addresses that are queued
    seconds: float  # a page, at its present pace
    a_night: int  # pages

    @property
    def nights(self) -> int:
        return ceil(self.waiting / self.a_night)


def estimate(
    conn: sqlite3.Connection, portal: str, *, budget: int, hours: float | None, delay: float
) -> Estimate:
    """`budget`: pages a night; `hours`: its length, when it has one; `delay`: seconds between pages."""
    known = conn.execute("select count(*) from articles where portal = ?", (portal,)).fetchone()[0]
    pace = conn.execute(
        "select avg((julianday(finished_at) - julianday(started_at)) * 86400.0 / pages) from "
        "(select finished_at, started_at, pages from run_portals where portal = ? and pages > 0 "
        f"and finished_at is not null and {LOOKED} order by started_at desc limit 5)",
        (portal,),
    ).fetchone()[0]
    seconds = max(pace or 0.0, delay)
    a_night = budget
    if hours and seconds:
        a_night = min(budget, round(hours * 3600 / seconds))
    return Estimate(portal, known, pending(conn, portal), seconds, max(1, a_night))

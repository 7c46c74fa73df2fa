"""How each portal is: what its last run raised, and what only the calendar can tell."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from crawler.archive.ids import text_sha256
from crawler.archive.runs import is_behind
from crawler.clock import days_between
from crawler.monitoring.alarms import Alarm

STALE_DAYS = 3  # days without a run


@dataclass(slots=True)
class Health:
    """How a portal is."""

    portal: str
    last_visit: str | None = None
    last_success: str | None = None
    articles: int = 0
    newest: str | None = None
    with_date: float | None = None
    with_byline: float | None = None
    alarms: list[Alarm] = field(default_factory=list)

    def stored(self) -> dict[str, Any]:
        return asdict(self)


def raise_alarms(
    conn: sqlite3.Connection, run: str, portal: str, alarms: Iterable[Alarm], now: str
) -> list[Alarm]:
    """Write down a run's alarms; returns those that its last run did not have."""
    before = dict(
        conn.execute(
            "select code, since from alarms where portal = ? and run = (select run from run_portals "
            "where portal = ? and run <> ? and finished_at is not null "
            "order by started_at desc, rowid desc limit 1)",
            (portal, portal, run),
        ).fetchall()
    )
    alarms = list(alarms)
    conn.executemany(
        "insert or replace into alarms(portal, run, code, detail, since) values (?, ?, ?, ?, ?)",
        [(portal, run, alarm.code, alarm.detail, before.get(alarm.code, now)) for alarm in alarms],
    )
    return [alarm for alarm in alarms if alarm.code not in before]


def health_of(conn: sqlite3.Connection, portal: str, now: str) -> Health:
    """Look at one portal's last run and its articles as of `now` (RFC 3339)."""
    row = conn.execute(
        "select last_visit, last_success, articles, newest_published, with_date, with_byline, "
        "outcome, last_run from portal_health where portal = ?",
        (portal,),
    ).fetchone()
    if row is None or row[0] is None:
        return Health(portal, alarms=[Alarm("never_visited", "")])
    found = Health(portal, *row[:6])
    outcome, last_run = row[6:]
    found.alarms = [
        Alarm(*alarm)
        for alarm in conn.execute(
            "select code, detail from alarms where portal = ? and run = ? order by rowid",
            (portal, last_run),
        )
    ]
    if outcome is None and days_between(row[0], now) > 1:
        found.alarms.append(Alarm("unfinished", f"since {row[0]}"))
    if later := is_behind(conn, now):
        found.alarms.append(Alarm("clock", f"a run began at {later}, now it is {now}"))
    if found.last_success is None:
        found.alarms.append(Alarm("never_succeeded", ""))
    if (days := days_between(row[0], now)) > STALE_DAYS:
        found.alarms.append(Alarm("stale", f"{days:.0f} days without a run"))
    return found


def damage(conn: sqlite3.Connection) -> list[str]:
    """What is broken in the file itself: its pages, its references, texts without their hash."""
    problems = [text for (text,) in conn.execute("pragma quick_check") if text != "ok"]
    problems += [
        f"{table} row {rowid} refers to a missing row of {parent}"
        for table, rowid, parent, _ in conn.execute("pragma foreign_key_check")
    ]
    for article, seen_at, text, sha256 in conn.execute(
        "select article, seen_at, text, text_sha256 from revisions"
    ):
        if text_sha256(text) != sha256:
            problems.append(f"revision {article} of {seen_at}: the text is not the one it was")
    return problems


def portals_of(conn: sqlite3.Connection) -> list[str]:
    return [slug for (slug,) in conn.execute("select slug from portals order by slug")]

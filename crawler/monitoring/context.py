"""What a monitor may ask: a portal's place in the archive after one of its runs."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field

# Captures that others made are no look at the portal.
LOOKED = "run not in (select id from runs where command = 'backfill')"


@dataclass(frozen=True, slots=True)
class Context:
    """A portal and its run; `since` is when its history was last accepted as the measure."""

    conn: sqlite3.Connection
    portal: str
    run: str
    now: str  # RFC 3339
    since: str = ""
    undated: bool = False  # the portal prints no dates
    standing: Mapping[str, str] = field(default_factory=dict)  # its last run's alarms → their start


def context_of(
    conn: sqlite3.Connection, portal: str, run: str, now: str, *, undated: bool = False
) -> Context:
    since = accepted(conn, portal)
    before = conn.execute(
        "select code, since from alarms where portal = :portal and since > :since and run = "
        f"({PREVIOUS})",
        {"portal": portal, "run": run, "since": since},
    )
    return Context(conn, portal, run, now, since, undated, dict(before.fetchall()))


# The last run over a portal, before this one, that came to its end.
PREVIOUS = (
    "select run from run_portals where portal = :portal and run <> :run "
    f"and finished_at is not null and {LOOKED} order by started_at desc, rowid desc limit 1"
)


def accept(conn: sqlite3.Connection, portal: str, now: str) -> None:
    """Take the portal as it is now for the measure of what comes."""
    conn.execute(
        "insert into _accepted(portal, accepted_at) values (?, ?) "
        "on conflict(portal) do update set accepted_at = excluded.accepted_at",
        (portal, now),
    )
    conn.execute(
        "update _frontier set recent = iif(article_links > 0, article_links, ''), pagers = null, "
        "amiss = null where portal = ? and (recent <> '' or amiss is not null)",
        (portal,),
    )


def accepted(conn: sqlite3.Connection, portal: str) -> str:
    """Since when the portal's history counts; '' from the first."""
    row = conn.execute("select accepted_at from _accepted where portal = ?", (portal,)).fetchone()
    return row[0] if row else ""

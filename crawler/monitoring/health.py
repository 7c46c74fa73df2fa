"""How each portal is: what its last run raised, and what only the calendar can tell."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from crawler.archive.database import is_being_written
from crawler.archive.ids import text_sha256
from crawler.archive.runs import is_behind
from crawler.archive.views import portal_health
from crawler.monitoring.alarms import Alarm
from crawler.monitoring.context import PREVIOUS


@dataclass(frozen=True, slots=True)
class Standing(Alarm):
    """An alarm, and since when it has been raised without a break."""

    since: str | None = None


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
    alarms: list[Standing] = field(default_factory=list)

    def stored(self) -> dict[str, Any]:
        return asdict(self)


def raise_alarms(
    conn: sqlite3.Connection, run: str, portal: str, alarms: Iterable[Alarm], now: str
) -> dict[str, str]:
    """Write down a run's alarms; returns each code with when it was first raised without a break."""
    before = dict(
        conn.execute(
            f"select code, since from alarms where portal = :portal and run = ({PREVIOUS})",
            {"portal": portal, "run": run},
        ).fetchall()
    )
    alarms = list(alarms)
    conn.executemany(
        "insert or replace into alarms(portal, run, code, detail, since) values (?, ?, ?, ?, ?)",
        [(portal, run, alarm.code, alarm.detail, before.get(alarm.code, now)) for alarm in alarms],
    )
    return {alarm.code: before.get(alarm.code, now) for alarm in alarms}


def health_of(
    conn: sqlite3.Connection, portal: str, now: str, *, running: str | None = None
) -> Health:
    """Look at one portal's last run and its articles as of `now` (RFC 3339).

    `running` is the run that is being written at this moment, if there is one.
    """
    row = conn.execute(
        "select last_visit, last_success, articles, newest_published, with_date, with_byline, "
        f"last_run, alarms from ({portal_health(':now', ':running')}) where portal = :portal",
        {"portal": portal, "now": now, "running": running},
    ).fetchone()
    if row is None:
        return Health(portal, alarms=[Standing("never_visited", "")])
    found = Health(portal, *row[:6])
    last_run, codes = row[6], (row[7] or "").split()
    raised = {
        code: Standing(code, detail, since)
        for code, detail, since in conn.execute(
            "select code, detail, since from alarms where portal = ? and run = ? order by rowid",
            (portal, last_run),
        )
    }
    since = found.last_visit if found.last_visit else None
    calendar = [Standing(code, "", since) for code in codes if code not in raised]
    found.alarms = [*raised.values(), *calendar]
    if (later := is_behind(conn, now)) and "clock" not in raised:
        detail = f"a run began at {later}, now it is {now}"
        found.alarms.append(Standing("clock", detail, later))
    return found


def run_in_flight(conn: sqlite3.Connection, path: Path) -> str | None:
    """The run that is being written at this moment."""
    if not is_being_written(path):
        return None
    return conn.execute("select max(id) from runs where finished_at is null").fetchone()[0]


def killed_runs(conn: sqlite3.Connection, running: str | None) -> list[str]:
    """Runs that never came to their end and that no later run has named yet."""
    return [
        run
        for (run,) in conn.execute(
            "select id from runs where finished_at is null and outcome is null and id is not ? "
            "order by id",
            (running,),
        )
    ]


def damage(conn: sqlite3.Connection) -> list[str]:
    """What is broken in the file itself: its pages, its references, texts without their hash.

    Never raises: a file that cannot even be asked is damaged too.
    """
    problems: list[str] = []
    try:
        problems += _damage(conn)
    except sqlite3.Error as error:
        problems.append(str(error))
    return problems


def _damage(conn: sqlite3.Connection) -> Iterator[str]:
    pages = [text for (text,) in conn.execute("pragma quick_check") if text != "ok"]
    yield from pages
    if pages:
        return  # what stands on broken pages cannot be asked
    for table, rowid, parent, _ in conn.execute("pragma foreign_key_check"):
        yield f"{table} row {rowid} refers to a missing row of {parent}"
    for article, seen_at, text, sha256 in conn.execute(
        "select article, seen_at, text, text_sha256 from revisions"
    ):
        if text_sha256(text) != sha256:
            yield f"revision {article} of {seen_at}: the text is not the one it was"


def portals_of(conn: sqlite3.Connection) -> list[str]:
    return [slug for (slug,) in conn.execute("select slug from portals order by slug")]

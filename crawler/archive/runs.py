"""Runs: who looked, when, at which portals, and with what result."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, fields

from crawler.portals.model import Portal
from crawler.portals.provinces import PROVINCES


@dataclass(slots=True)
class Tally:
    """What a run did on one portal; the names are the columns of `run_portals`."""

    pages: int = 0
    lists: int = 0
    new: int = 0
    edited: int = 0
    unchanged: int = 0
    refused: int = 0  # pages that are no article, lists and others included
    missing: int = 0  # pages of articles that are not there any more
    redirected: int = 0  # pages of articles that lead elsewhere
    unreadable: int = 0  # pages of articles that yield none
    errors: int = 0

    @property
    def articles(self) -> int:
        return self.new + self.edited + self.unchanged


COUNTS = tuple(item.name for item in fields(Tally))


def record_provinces(conn: sqlite3.Connection) -> None:
    """The 63 provinces and the 34 they became; facts of this release overwrite older ones."""
    columns = (
        "slug", "name", "region", "code", "valid_from", "valid_to", "successor",
        "latitude", "longitude",
    )  # fmt: skip
    conn.executemany(
        f"insert or replace into provinces({', '.join(columns)}) "
        f"values ({', '.join('?' * len(columns))})",
        [tuple(getattr(province, name) for name in columns) for province in PROVINCES.values()],
    )


def record_portals(conn: sqlite3.Connection, portals: Iterable[Portal]) -> None:
    conn.executemany(
        "insert into portals(slug, province, department, host, platform, start_url, "
        "valid_from, valid_to, evidence) values (?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "on conflict(slug) do update set province = excluded.province, "
        "department = excluded.department, host = excluded.host, "
        "platform = coalesce(excluded.platform, platform), start_url = excluded.start_url, "
        "valid_from = excluded.valid_from, valid_to = excluded.valid_to, "
        "evidence = excluded.evidence",
        [
            (
                portal.slug,
                portal.province or None,
                portal.department,
                portal.hosts[0],
                portal.platform,
                next(iter(portal.start_urls), None),
                portal.valid_from,
                portal.valid_to,
                portal.evidence,
            )
            for portal in portals
        ],
    )


def platform_of(conn: sqlite3.Connection, portal: str) -> str | None:
    """The platform an earlier visit recognised."""
    row = conn.execute("select platform from portals where slug = ?", (portal,)).fetchone()
    return row[0] if row else None


def begin_run(conn: sqlite3.Connection, run: str, command: str, now: str) -> None:
    conn.execute("insert into runs(id, command, started_at) values (?, ?, ?)", (run, command, now))


def end_run(conn: sqlite3.Connection, run: str, now: str, outcome: str, exit_code: int) -> None:
    conn.execute(
        "update runs set finished_at = ?, outcome = ?, exit_code = ? where id = ?",
        (now, outcome, exit_code, run),
    )


def note_killed(conn: sqlite3.Connection) -> list[str]:
    """The runs that nobody ended, marked as such: only whoever has the archive's lock may say so."""
    found = conn.execute(
        "update runs set outcome = 'killed' where finished_at is null and outcome is null returning id"
    )
    return sorted(run for (run,) in found)


def unfinished(conn: sqlite3.Connection) -> list[tuple[str, str | None]]:
    """The runs without an end, each with its outcome: none while it goes on, or killed."""
    return conn.execute("select id, outcome from runs where finished_at is null").fetchall()


def stay_unfinished(conn: sqlite3.Connection, runs: list[tuple[str, str | None]]) -> None:
    """Let these runs be as they were, whatever end another archive has told of them."""
    conn.executemany(
        "update runs set finished_at = null, outcome = ?, exit_code = null where id = ?",
        [(outcome, run) for run, outcome in runs],
    )


def newest_run(conn: sqlite3.Connection) -> str | None:
    """When the last run began."""
    return conn.execute("select max(started_at) from runs").fetchone()[0]


def newest_run_row(conn: sqlite3.Connection) -> tuple[str | None, ...]:
    """The last run and whether it is over: the same in two archives, and one is a copy of the other."""
    row = conn.execute(
        "select id, finished_at from runs order by started_at desc, id desc limit 1"
    ).fetchone()
    return row or (None, None)


def forget_run(conn: sqlite3.Connection, run: str) -> None:
    """Take out a run that saw nothing and whose times are wrong."""
    for table in ("alarms", "run_portals"):
        conn.execute(f"delete from {table} where run = ?", (run,))
    conn.execute("delete from runs where id = ?", (run,))
    last = newest_run(conn)
    conn.execute(
        "update _sweeps set started_at = min(started_at, :last), last_deep = min(last_deep, :last)",
        {"last": last or ""},
    )
    conn.execute("delete from _robots where fetched_at > ?", (last or "",))
    unused = "select warc from captures where warc is not null"
    stamp = run.replace(":", "").replace(".", "")
    conn.execute(
        f"delete from _warcs where name like ? and name not in ({unused})", (f"%-{stamp}.warc.gz",)
    )


def retire(conn: sqlite3.Connection, declared: Iterable[str]) -> None:
    """Portals that nobody describes any more: they keep their articles, and nothing is due."""
    conn.execute(
        "update portals set evidence = 'retired' where slug not in (select value from json_each(?))",
        (json.dumps(list(declared)),),
    )


def begin_portal(conn: sqlite3.Connection, run: str, portal: str, now: str) -> None:
    conn.execute(
        "insert into run_portals(run, portal, started_at) values (?, ?, ?)", (run, portal, now)
    )


def count_portal(conn: sqlite3.Connection, run: str, portal: str, tally: Tally) -> None:
    """Counts are written with each page, so a killed run has told how far it came."""
    conn.execute(
        f"update run_portals set {', '.join(f'{name} = ?' for name in COUNTS)} "
        "where run = ? and portal = ?",
        (*(getattr(tally, name) for name in COUNTS), run, portal),
    )


def end_portal(
    conn: sqlite3.Connection,
    run: str,
    portal: str,
    now: str,
    outcome: str,
    failure: str | None,
    evidence: str | None,
    pending: int,
) -> None:
    conn.execute(
        "update run_portals set finished_at = ?, outcome = ?, failure = ?, evidence = ?, "
        "pending = ? where run = ? and portal = ?",
        (now, outcome, failure, evidence, pending, run, portal),
    )


def record_stranger(conn: sqlite3.Connection, portal: str) -> None:
    """A row in `portals` for a spider that could not be imported: its failure refers to one."""
    conn.execute(
        "insert into portals(slug, department, host, evidence) values (?, '', '', 'unverified') "
        "on conflict do nothing",
        (portal,),
    )


def in_fair_order(conn: sqlite3.Connection, portals: Iterable[str]) -> list[str]:
    """The portals cut off by the deadline last night first, then those not visited for longest."""
    last = {
        portal: (failure != "deadline", started)
        for portal, failure, started in conn.execute(
            "select portal, failure, max(started_at) from run_portals group by portal"
        )
    }
    return sorted(portals, key=lambda portal: last.get(portal, (True, "")))


def is_behind(conn: sqlite3.Connection, now: str) -> str | None:
    """When a run began that lies in the future: the machine's clock is wrong, or was."""
    row = conn.execute(
        "select max(started_at) from runs where julianday(started_at) > julianday(?)", (now,)
    ).fetchone()
    return row[0]


def was_cut_short(conn: sqlite3.Connection, portal: str, since: str) -> bool:
    """Whether the portal's last run, begun after `since`, never came to its end."""
    row = conn.execute(
        "select run_portals.finished_at is null and run_portals.started_at > ? from run_portals "
        "join runs on runs.id = run where portal = ? and command <> 'backfill' "
        "order by run_portals.started_at desc, run_portals.rowid desc limit 1",
        (since, portal),
    ).fetchone()
    return bool(row and row[0])

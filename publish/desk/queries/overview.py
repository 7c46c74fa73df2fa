"""The archive at a glance: numbers for the home page and the charts."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

MONTHS = 60
NIGHTS = 30


def totals(conn: sqlite3.Connection) -> dict[str, Any]:
    articles, portals, provinces = conn.execute(
        "select (select count(*) from articles), (select count(*) from portals), "
        "(select count(distinct province) from portals)"
    ).fetchone()
    return {"articles": articles, "portals": portals, "provinces": provinces}


def last_night(conn: sqlite3.Connection) -> dict[str, Any] | None:
    """The latest run and what came of it."""
    run = conn.execute(
        "select id, command, started_at, finished_at, outcome from runs "
        "order by started_at desc limit 1"
    ).fetchone()
    if run is None:
        return None
    sums = conn.execute(
        "select coalesce(sum(new), 0), coalesce(sum(edited), 0), "
        "coalesce(sum(outcome = 'ok'), 0), coalesce(sum(outcome = 'failed'), 0), count(*) "
        "from run_portals where run = ?",
        (run[0],),
    ).fetchone()
    keys = ("id", "command", "started_at", "finished_at", "outcome")
    counts = ("new", "edited", "ok", "failed", "portals")
    return dict(zip(keys, run, strict=True)) | dict(zip(counts, sums, strict=True))


def newest(conn: sqlite3.Connection, most: int) -> list[int]:
    rows = conn.execute("select id from articles order by published desc limit ?", (most,))
    return [row[0] for row in rows]


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    value: int
    height: float  # 0 to 1
    link: str = ""


def bars(counted: list[tuple[str, int]]) -> list[Bar]:
    most = max((value for _, value in counted), default=0) or 1
    return [Bar(label, value, value / most) for label, value in counted]


def by_month(conn: sqlite3.Connection, last: date) -> list[tuple[str, int]]:
    """Every one of the last months, also those without an article."""
    year, month = last.year, last.month
    names: list[str] = []
    for _ in range(MONTHS):
        names.append(f"{year:04}-{month:02}")
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    names.reverse()
    counted = dict(
        conn.execute(
            "select substr(published, 1, 7), count(*) from articles "
            "where published >= ? group by 1",
            (names[0],),
        ).fetchall()
    )
    return [(name, counted.get(name, 0)) for name in names]


def by_year(conn: sqlite3.Connection) -> list[tuple[str, int]]:
    return conn.execute(
        "select substr(published, 1, 4), count(*) from articles where published is not null "
        "group by 1 order by 1"
    ).fetchall()


def alarms(conn: sqlite3.Connection) -> list[dict[str, Any]]:
    """What is wrong with each portal since its last run: alarm, since when, what shows it."""
    found = []
    for portal, department, last_run, last_visit, codes in conn.execute(
        "select portal, department, last_run, last_visit, alarms from portal_health "
        "join portals on slug = portal where alarms is not null order by alarmed_since, portal"
    ).fetchall():
        raised = {
            code: (detail, since)
            for code, detail, since in conn.execute(
                "select code, detail, since from alarms where portal = ? and run = ?",
                (portal, last_run),
            )
        }
        for code in codes.split():
            detail, since = raised.get(code, ("", last_visit))
            found.append(
                {"portal": portal, "department": department, "code": code, "detail": detail,
                 "since": since}
            )  # fmt: skip
    return found


def portal_rows(conn: sqlite3.Connection) -> list[dict[str, Any]]:
    """Each portal: how many articles, how fresh, how its last nights went."""
    last = conn.execute("select max(started_at) from runs").fetchone()[0]
    end = date.fromisoformat(last[:10]) if last else date(1970, 1, 1)
    days = [(end - timedelta(days=back)).isoformat() for back in range(NIGHTS - 1, -1, -1)]
    nights: dict[str, dict[str, str]] = {}
    failures: dict[str, str] = {}
    for portal, day, outcome, failure in conn.execute(
        "select portal, substr(started_at, 1, 10), outcome, failure from run_portals "
        "where started_at >= ? order by started_at",
        (days[0],),
    ):
        nights.setdefault(portal, {})[day] = outcome or "partial"
        failures[portal] = failure or ""
    cursor = conn.execute(
        "select portals.slug, department, host, platform, "
        "(select count(*) from articles where portal = portals.slug) as articles, "
        "(select max(published) from articles where portal = portals.slug) as newest, "
        "(select max(finished_at) from run_portals where portal = portals.slug "
        "and outcome = 'ok') as last_success from portals order by portals.slug"
    )
    keys = [column[0] for column in cursor.description]
    rows = [dict(zip(keys, row, strict=True)) for row in cursor]
    for row in rows:
        seen = nights.get(row["slug"], {})
        states = [_state(seen.get(day)) for day in days]
        row |= {
            "nights": list(zip(days, states, strict=True)),
            "ok": states.count("ok"),
            "last": states[-1],
            "failure": failures.get(row["slug"], ""),
        }
    order = {"failed": 0, "partial": 1, "none": 2, "ok": 3}
    return sorted(rows, key=lambda row: (order[row["last"]], row["ok"], row["slug"]))


def _state(outcome: str | None) -> str:
    if outcome is None:
        return "none"
    return outcome if outcome in ("ok", "failed") else "partial"

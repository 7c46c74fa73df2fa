"""Whether each portal does as it always did: expectations from its own history, alarms by name."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import pairwise
from statistics import median
from typing import Any

from crawler.archive.identity import text_sha256

STALE_DAYS = 3  # days without a run
SILENT_DAYS, SILENT_TIMES = 14, 3  # at least, and how many of its own usual gaps
FEWEST = 5  # new articles from which a share says something
DROP = 0.5  # of what it used to be
SHARE = 0.2  # of a run's articles that may be refused, or bear one title
FIELDS = ("published", "byline", "text")


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing that is wrong, by name, with what shows it."""

    code: str
    detail: str


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


def health_of(conn: sqlite3.Connection, portal: str, now: str) -> Health:
    """Look at one portal's runs and articles as of `now` (RFC 3339)."""
    row = conn.execute(
        "select last_visit, last_success, articles, newest_published, with_date, with_byline, "
        "outcome, failure, evidence, last_run from portal_health where portal = ?",
        (portal,),
    ).fetchone()
    if row is None:
        return Health(portal, alarms=[Alarm("never_visited", "")])
    found = Health(portal, *row[:6])
    outcome, failure, evidence, last_run = row[6:]
    if found.last_visit is None:
        found.alarms.append(Alarm("never_visited", ""))
        return found
    if outcome in ("failed", "partial"):
        found.alarms.append(Alarm(failure or "failed", evidence or ""))
    elif outcome is None and _days(found.last_visit, now) > 1:
        found.alarms.append(Alarm("unfinished", f"since {found.last_visit}"))
    if found.last_success is None:
        found.alarms.append(Alarm("never_succeeded", ""))
    if (days := _days(found.last_visit, now)) > STALE_DAYS:
        found.alarms.append(Alarm("stale", f"{days:.0f} days without a run"))
    found.alarms += [
        alarm
        for alarm in (
            _silent(conn, portal, found.last_success, now),
            _yield_drop(conn, portal, last_run) if outcome == "ok" else None,
            *_coverage_drops(conn, portal, last_run),
            _duplicate_titles(conn, portal, last_run),
            _refusals(conn, last_run, portal),
            _short_lists(conn, portal, last_run),
        )
        if alarm
    ]
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


def _days(since: str, now: str) -> float:
    return (datetime.fromisoformat(now) - datetime.fromisoformat(since)).total_seconds() / 86_400


def _silent(
    conn: sqlite3.Connection, portal: str, last_success: str | None, now: str
) -> Alarm | None:
    """Nothing published for much longer than this portal's own rhythm, though it was looked at."""
    days = [
        datetime.fromisoformat(day)
        for (day,) in conn.execute(
            "select distinct substr(published, 1, 10) from articles where portal = ? "
            "and length(published) >= 10 order by 1 desc limit 40",
            (portal,),
        )
    ]
    if len(days) < FEWEST or last_success is None:
        return None
    usual = median((newer - older).days for newer, older in pairwise(days))
    quiet = _days(f"{days[0].date().isoformat()}T00:00:00+07:00", now)
    if quiet > max(SILENT_DAYS, SILENT_TIMES * usual):
        return Alarm("silent", f"{quiet:.0f} days; usually one in {usual:.0f}")
    return None


def _yield_drop(conn: sqlite3.Connection, portal: str, run: str) -> Alarm | None:
    """List pages that used to lead somewhere lead nowhere."""
    now = conn.execute(
        "select lists + new + edited + unchanged from run_portals where portal = ? and run = ?",
        (portal, run),
    ).fetchone()
    before = conn.execute(
        "select max(lists + new + edited + unchanged) from run_portals "
        "where portal = ? and run < ? and outcome = 'ok'",
        (portal, run),
    ).fetchone()[0]
    if now and before and now[0] == 0:
        return Alarm("yield_drop", f"0 pages read; {before} before")
    return None


def _coverage_drops(conn: sqlite3.Connection, portal: str, run: str) -> list[Alarm]:
    """New articles that lack what older ones had: the page's form has changed."""
    began = conn.execute("select started_at from runs where id = ?", (run,)).fetchone()
    if began is None:
        return []
    shares = (
        "avg(published is not null), avg(byline is not null), avg(length(text)), count(*) "
        "from articles where portal = ? and first_seen"
    )
    new = conn.execute(f"select {shares} >= ?", (portal, began[0])).fetchone()
    old = conn.execute(f"select {shares} < ?", (portal, began[0])).fetchone()
    if new[3] < FEWEST or old[3] < FEWEST:
        return []
    return [
        Alarm("coverage_drop", f"{name}: {was:.2f} → {is_now:.2f}")
        for name, was, is_now in zip(FIELDS, old[:3], new[:3], strict=True)
        if was and is_now < DROP * was
    ]


def _duplicate_titles(conn: sqlite3.Connection, portal: str, run: str) -> Alarm | None:
    row = conn.execute(
        "select title, count(*), sum(count(*)) over () from articles where portal = ? "
        "and first_seen >= (select started_at from runs where id = ?) "
        "group by title order by 2 desc limit 1",
        (portal, run),
    ).fetchone()
    if row and row[2] >= FEWEST and row[1] > max(1, SHARE * row[2]):
        return Alarm("duplicate_titles", f"{row[1]} of {row[2]}: {row[0]}")
    return None


def _refusals(conn: sqlite3.Connection, run: str, portal: str) -> Alarm | None:
    refused, read = conn.execute(
        "select refused, new + edited + unchanged from run_portals where run = ? and portal = ?",
        (run, portal),
    ).fetchone() or (0, 0)
    if refused < FEWEST or refused <= SHARE * (refused + read):
        return None
    reason = conn.execute(
        "select reason from issues where portal = ? and seen_at >= "
        "(select started_at from runs where id = ?) group by reason order by count(*) desc limit 1",
        (portal, run),
    ).fetchone()
    detail = f"{refused} of {refused + read} pages{': ' + reason[0] if reason else ''}"
    return Alarm("extractor_refusals", detail)


def _short_lists(conn: sqlite3.Connection, portal: str, run: str) -> Alarm | None:
    count = conn.execute(
        "select count(*) from issues where portal = ? and reason = 'list_incomplete' "
        "and seen_at >= (select started_at from runs where id = ?)",
        (portal, run),
    ).fetchone()[0]
    return (
        Alarm("paging_unreachable", f"{count} sections fell short of their count")
        if count
        else None
    )

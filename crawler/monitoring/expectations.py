"""What a portal's own history leads one to expect, and where its last run falls short of it.

Nothing here adapts by itself: what was good is the measure until somebody accepts the new state
(`scrapy health --accept`). Shares are judged by how unlikely they are, so that five articles
without a byline say something about a portal that always signs, and nothing about one that seldom does.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from math import comb
from statistics import median
from typing import Any

from crawler.clock import days_between
from crawler.monitoring.alarms import Alarm
from crawler.monitoring.losses import SHORT

SILENT_DAYS, SILENT_TIMES, SILENT_GAP = 14, 3, 1.5  # at least; × its usual gap; × its longest
FEWEST = 5  # articles from which a share says something
WINDOW_DAYS, WINDOW_LOOKS = 14, 10  # what counts as now
WINDOWS = (5, 8, 12, 20)  # newest articles that are compared with those before them
BASELINE = 200  # articles before them
UNLIKELY = 0.00001  # so many portals and nights, and no false alarm in a year
LESS = 0.7  # of what it used to be
MOST, SOME = 0.5, 0.2  # of the looks
LOST = 3  # articles that lost a value they had
DATED, DATED_FROM = 0.2, 20
# Captures that others made are no look at the portal.
LOOKED = "run not in (select id from runs where command = 'backfill')"
RHYTHM = 1_000  # of its newest articles tell how often a portal publishes
STARVED = 7  # nights cut off in a row


def unmet(
    conn: sqlite3.Connection, portal: str, run: str, now: str, *, undated: bool = False
) -> list[Alarm]:
    """The alarms that a run's place in the portal's history raises, as of `now` (RFC 3339)."""
    since = accepted(conn, portal)
    found = [*_fields(conn, portal, now, since), *_looks(conn, portal, run, now, since)]
    said = {alarm.code for alarm in found}
    if said & {"coverage_drop", "duplicate_titles"}:
        # One change of form, said once: by what it did to the articles.
        found = [alarm for alarm in found if alarm.code != "mass_edits"]
    found += _silent(conn, portal, now)
    found += _starved(conn, portal)
    if not undated:
        found += _no_dates(conn, portal)
    return found


def accept(conn: sqlite3.Connection, portal: str, now: str) -> None:
    """Take the portal as it is now for the measure of what comes."""
    conn.execute(
        "insert into _accepted(portal, accepted_at) values (?, ?) "
        "on conflict(portal) do update set accepted_at = excluded.accepted_at",
        (portal, now),
    )
    conn.execute(
        "update _frontier set recent = iif(article_links > 0, article_links, ''), pagers = null "
        "where portal = ? and recent <> ''",
        (portal,),
    )


def accepted(conn: sqlite3.Connection, portal: str) -> str:
    """Since when the portal's history counts; '' from the first."""
    row = conn.execute("select accepted_at from _accepted where portal = ?", (portal,)).fetchone()
    return row[0] if row else ""


def unlikely(found: int, of: int, share: float) -> bool:
    """Whether so few, or fewer, of so many are nearly impossible at that share."""
    below = sum(
        comb(of, count) * share**count * (1 - share) ** (of - count) for count in range(found + 1)
    )
    return below < UNLIKELY


def _fields(conn: sqlite3.Connection, portal: str, now: str, since: str) -> Iterator[Alarm]:
    """Articles that came since the portal was first known whole, against those before them."""
    whole = conn.execute(
        "select min(finished_at) from run_portals where portal = ? "
        f"and outcome in ('ok', 'partial') and {LOOKED}",
        (portal,),
    ).fetchone()[0]
    if whole is None:
        return
    columns = "published is not null, byline is not null, length(text), first_seen"
    new = conn.execute(
        f"select {columns} from articles where portal = ? and first_seen > ? "
        f"and first_seen > datetime(?, '-{2 * WINDOW_DAYS} days') and via = 'crawl' "
        "order by first_seen desc limit ?",
        (portal, max(whole, since), now, WINDOWS[-1]),
    ).fetchall()
    said = set()
    for size in WINDOWS:
        if len(new) < size:
            return
        old = conn.execute(
            f"select {columns} from articles where portal = :portal and first_seen >= :since "
            "and first_seen < (select max(started_at) from run_portals "
            "where portal = :portal and started_at <= :oldest) "
            "order by first_seen desc, published desc limit :count",
            {"portal": portal, "since": since, "oldest": new[size - 1][3], "count": BASELINE},
        ).fetchall()
        for name, was, is_now in _drops(new[:size], old):
            if name not in said:
                said.add(name)
                yield Alarm("coverage_drop", f"{name}: {was:.0%} → {is_now:.0%} of {size} new")


def _drops(
    new: list[tuple[Any, ...]], old: list[tuple[Any, ...]]
) -> Iterator[tuple[str, float, float]]:
    """The fields that new articles lack and older ones had: name, share before, share now."""
    if len(old) < FEWEST:
        return
    usual = median(row[2] for row in old)
    for at, name in enumerate(("published", "byline", "text")):
        has_now, had = (
            [row[at] if at < 2 else row[2] >= SHORT * usual for row in rows] for rows in (new, old)
        )
        is_now, was = sum(has_now) / len(new), sum(had) / len(old)
        if is_now < LESS * was and unlikely(
            sum(has_now), len(new), (sum(had) + 1) / (len(had) + 2)
        ):
            yield name, was, is_now


def _looks(
    conn: sqlite3.Connection, portal: str, run: str, now: str, since: str
) -> Iterator[Alarm]:
    """What the last looks at article pages came to: this run's, or the last few before it too."""
    totals = dict.fromkeys(("new", "edited", "unchanged", "missing", "redirected", "unreadable"), 0)
    began = now
    for row in conn.execute(
        f"select started_at, {', '.join(totals)} from run_portals where portal = ? and run <= ? "
        f"and {LOOKED} and started_at >= ? and started_at > datetime(?, '-{WINDOW_DAYS} days') "
        "order by started_at desc, rowid desc",
        (portal, run, since, now),
    ):
        began = row[0]
        for name, count in zip(totals, row[1:], strict=True):
            totals[name] += count
        if sum(totals.values()) >= WINDOW_LOOKS:
            break
    looks = sum(totals.values())
    again = totals["edited"] + totals["unchanged"]
    for code, count, of, share in (
        ("extractor_refusals", totals["unreadable"], looks, SOME),
        ("redirects", totals["redirected"], looks, MOST),
        ("mass_missing", totals["missing"], looks, MOST),
        ("mass_edits", totals["edited"], again, MOST),
    ):
        if count >= FEWEST and count > share * of:
            reason = _reason(conn, portal, began) if code == "extractor_refusals" else ""
            yield Alarm(code, f"{count} of {of} articles{reason}")
    yield from _issues(conn, portal, began, again)
    yield from _titles(conn, portal)


def _issues(conn: sqlite3.Connection, portal: str, began: str, again: int) -> Iterator[Alarm]:
    counts = dict(
        conn.execute(
            "select reason, count(*) from issues left join articles on articles.id = article "
            "where issues.portal = :portal and seen_at >= :began and (reason like 'lost_%' "
            "or reason in ('list_incomplete', 'text_lost', 'prune_refused', 'pattern_unmatched') or reason = 'date_future' and first_seen >= :began) "
            "group by reason",
            {"portal": portal, "began": began},
        ).fetchall()
    )
    for reason in ("lost_published", "lost_byline", "lost_text"):
        count = counts.get(reason, 0)
        if count >= LOST and count > SOME * again:
            name = reason.removeprefix("lost_")
            yield Alarm("coverage_drop", f"{name}: {count} of {again} articles lost it")
    cut = counts.get("text_lost", 0), counts.get("prune_refused", 0)
    if any(cut):
        yield Alarm("text_lost", f"{cut[0]} articles without text, {cut[1]} rules refused")
    if counts.get("date_future", 0) >= LOST:
        yield Alarm("future_dates", f"{counts['date_future']} new articles")
    if counts.get("pattern_unmatched", 0) >= FEWEST:
        count = counts["pattern_unmatched"]
        yield Alarm(
            "patterns_unmatched", f"{count} pages with title, date and text match no pattern"
        )
    if counts.get("list_incomplete"):
        count = counts["list_incomplete"]
        yield Alarm("paging_unreachable", f"{count} sections fell short of their own count")


def _reason(conn: sqlite3.Connection, portal: str, began: str) -> str:
    row = conn.execute(
        "select reason from issues where portal = ? and seen_at >= ? "
        "group by reason order by count(*) desc limit 1",
        (portal, began),
    ).fetchone()
    return f": {row[0]}" if row else ""


def _titles(conn: sqlite3.Connection, portal: str) -> Iterator[Alarm]:
    title, count, of = conn.execute(
        "select title, count(*), sum(count(*)) over () from articles where id in "
        "(select article from captures where portal = ? and outcome = 'ok' and article is not null "
        "order by fetched_at desc limit ?) group by title order by 2 desc limit 1",
        (portal, WINDOW_LOOKS),
    ).fetchone() or ("", 0, 0)
    if count >= FEWEST and count >= MOST * of:
        yield Alarm("duplicate_titles", f"{count} of {of}: {title}")


def _silent(conn: sqlite3.Connection, portal: str, now: str) -> Iterator[Alarm]:
    """Nothing new for much longer than is usual, though the portal was looked at.

    A portal that had fallen silent before it was first visited is no news.
    """
    first, valid_to = conn.execute(
        "select min(started_at), (select valid_to from portals where slug = portal) "
        f"from run_portals where portal = ? and {LOOKED}",
        (portal,),
    ).fetchone()
    days = [
        datetime.fromisoformat(f"{day}T00:00:00+07:00")
        for (day,) in conn.execute(
            "select distinct day from (select substr(published, 1, 10) as day from articles "
            "where portal = ? and published <= ? order by published desc limit ?) "
            "where length(day) = 10 order by 1 desc limit 40",
            (portal, now, RHYTHM),
        )
    ]
    if len(days) < FEWEST or first is None or (valid_to and valid_to < now[:10]):
        return
    gaps = [(newer - older).days for newer, older in pairwise(days)]
    allowed = max(SILENT_DAYS, SILENT_TIMES * median(gaps), SILENT_GAP * max(gaps))
    if days_between(days[0].isoformat(), first) > allowed:
        return
    newest = max(
        [days[0].isoformat()]
        + [
            seen
            for (seen,) in conn.execute(
                "select max(first_seen) from articles where portal = ? and first_seen > "
                "(select min(finished_at) from run_portals where portal = ? and outcome = 'ok')",
                (portal, portal),
            )
            if seen
        ],
        key=datetime.fromisoformat,
    )
    quiet = days_between(newest, now)
    if quiet > allowed:
        yield Alarm("silent", f"{quiet:.0f} days; usually one in {median(gaps):.0f}")


def _starved(conn: sqlite3.Connection, portal: str) -> Iterator[Alarm]:
    nights = conn.execute(
        "select outcome, pending from run_portals where portal = ? and outcome is not null "
        f"and {LOOKED} "
        "order by started_at desc, rowid desc limit ?",
        (portal, STARVED),
    ).fetchall()
    cut = [pending for outcome, pending in nights if outcome == "capped"]
    if len(cut) == STARVED and cut[0] >= cut[-1]:
        yield Alarm("budget", f"{STARVED} nights cut off; {cut[0]} pages left, {cut[-1]} before")


def _no_dates(conn: sqlite3.Connection, portal: str) -> Iterator[Alarm]:
    count, dated = conn.execute(
        "select count(*), sum(published is not null) from articles where portal = ?", (portal,)
    ).fetchone()
    if count >= DATED_FROM and dated < DATED * count:
        yield Alarm("no_dates", f"{dated} of {count} articles")

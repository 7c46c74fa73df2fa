"""Is an article still there? When to look again, and when to call it gone."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime, timedelta

from crawler.archive.frontier.queue import Visit
from crawler.http.outcomes import GONE
from crawler.items import Page

# Answers of the site itself, not of the page: another night it may be read.
SITE_DOWN = frozenset({"block_page", "maintenance", "server_error", "login_page", "js_shell"})
LOOKS_BEFORE_GONE = 2
LOOKS_AT_UNREAD = 3  # at an address of an article that says it is not there and never was seen
DAYS_BEFORE_GONE = 3  # a portal that is down for a weekend has deleted nothing
SHORTEST, LONGEST = 1, 180  # days between two looks
HALF_A_NIGHT = timedelta(hours=12)  # how much earlier the next run may come to an article


def schedule(conn: sqlite3.Connection, visit: Visit, page: Page, article: int, now: str) -> None:
    """Set when the article is looked at again, and call it gone once it was missed for days."""
    if page.retry or page.capture.outcome == "redirect":
        return
    if page.reading.article or page.capture.outcome == "not_modified":
        published = conn.execute(
            "select published from articles where id = ?", (article,)
        ).fetchone()[0]
        _again(conn, visit, now, _rhythm(published, now), article)
        conn.execute("update _frontier set misses = 0 where id = ?", (visit.id,))
        return
    refusal = page.reading.refusal
    missed = page.capture.outcome in GONE or (refusal and refusal.reason in GONE)
    if not missed:
        _again(conn, visit, now, SHORTEST, article)
        return
    conn.execute("update _frontier set misses = misses + 1 where id = ?", (visit.id,))
    _again(conn, visit, now, DAYS_BEFORE_GONE, article)
    if _missed_for_days(conn, visit, article, page.capture.fetched_at):
        conn.execute("update articles set status = 'gone' where id = ?", (article,))
        _again(conn, visit, now, LONGEST, article)


def schedule_unread(conn: sqlite3.Connection, visit: Visit, page: Page, now: str) -> None:
    """Set when an address that never gave its article is asked again, ever more rarely."""
    state = conn.execute("select state from _frontier where id = ?", (visit.id,)).fetchone()[0]
    if state != "done" or page.capture.outcome == "redirect" or page.reading.article:
        return
    refusal = page.reading.refusal
    reason = refusal.reason if refusal else page.capture.outcome
    if refusal and reason not in SITE_DOWN | GONE:
        return  # it was read, and is no article
    misses = conn.execute(
        "update _frontier set misses = misses + 1 where id = ? returning misses", (visit.id,)
    ).fetchone()[0]
    if reason in GONE and misses >= LOOKS_AT_UNREAD:
        conn.execute("update _frontier set due = null where id = ?", (visit.id,))
        return
    _again(conn, visit, now, min(2 ** (misses - 1), LONGEST), visit.id)


def _missed_for_days(conn: sqlite3.Connection, visit: Visit, article: int, seen: str) -> bool:
    misses, last_seen = conn.execute(
        "select misses, last_seen from _frontier join articles on articles.id = ? "
        "where _frontier.id = ?",
        (article, visit.id),
    ).fetchone()
    first_missed = conn.execute(
        "select min(fetched_at) from captures where article = ? and fetched_at > ?",
        (article, last_seen),
    ).fetchone()[0]
    if misses < LOOKS_BEFORE_GONE or first_missed is None:
        return False
    return _moment(seen) - _moment(first_missed) >= timedelta(days=DAYS_BEFORE_GONE)


def _rhythm(published: str | None, now: str) -> int:
    """Days until the next look: as many as the article is old. Fresh ones still change."""
    if not published or len(published) < len("2021-02-02"):
        return SHORTEST * 30
    age = (_moment(now).date() - date.fromisoformat(published[:10])).days
    return max(SHORTEST, min(age, LONGEST))


def _again(conn: sqlite3.Connection, visit: Visit, now: str, days: int, article: int) -> None:
    conn.execute(
        "update _frontier set due = ? where id = ?", (due_after(now, days, article), visit.id)
    )


def due_after(now: str, days: int, article: int) -> str:
    """When an article that is looked at now is to be looked at again, some days later.

    Spread by the article's id: what was imported on one night must not come due on one night. What is
    to be looked at tomorrow is due when tomorrow's run begins, however late tonight its turn was.
    """
    spread = timedelta(days=(days - SHORTEST) * 0.25 * (article % 997) / 997)
    due = _moment(now) + timedelta(days=days) - HALF_A_NIGHT + spread
    return due.strftime("%Y-%m-%dT%H:%M:%SZ")


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)

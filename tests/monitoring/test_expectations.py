"""Each alarm is raised by what it is for, and by nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from crawler.archive.database import Archive
from crawler.archive.ids import text_sha256
from crawler.archive.runs import record_portals, record_provinces
from crawler.monitoring.alarms import Alarm
from crawler.monitoring.articles import unlikely
from crawler.monitoring.context import accept, context_of
from crawler.monitoring.health import damage, health_of, raise_alarms
from crawler.monitoring.monitors import unmet

NOW = "2025-03-10T22:00:00+00:00"


class Portal:
    """A portal's history, written night by night."""

    def __init__(self, archive: Archive) -> None:
        self.conn = archive.conn
        self.count = 0

    def night(
        self,
        days_ago: int,
        *,
        new: int = 1,
        outcome: str | None = "ok",
        lists: int = 4,
        dated: bool = True,
        signed: bool = True,
        text: str = "Nội dung " * 40,
        title: str | None = None,
        published_ago: int | None = None,
        failure: str | None = None,
        pending: int = 0,
        **counts: int,
    ) -> None:
        began = (datetime.fromisoformat(NOW) - timedelta(days=days_ago)).strftime(
            "%Y-%m-%dT%H:%M:%SZ"
        )
        self.conn.execute(
            "insert into runs(id, command, started_at) values (?, 'nightly', ?)", (began, began)
        )
        values = {
            "run": began, "portal": "yen_bai", "started_at": began,
            "finished_at": began if outcome else None, "outcome": outcome, "failure": failure,
            "lists": lists, "new": new, "pending": pending, **counts,
        }  # fmt: skip
        self.conn.execute(
            f"insert into run_portals({', '.join(values)}) values ({', '.join('?' * len(values))})",
            tuple(values.values()),
        )
        # What is published at night was seen a little after the run began.
        began = began.replace(":00Z", ":09Z")
        for _ in range(new):
            self.count += 1
            day = datetime.fromisoformat(NOW) - timedelta(
                days=published_ago if published_ago is not None else days_ago
            )
            sha = text_sha256(text)
            self.conn.execute(
                "insert into articles(id, portal, key, url, title, text, byline, published, captured_at, first_seen, "
                "last_seen, status, revisions, text_sha256, via, extractor, search_text) values "
                "(?, 'yen_bai', ?, ?, ?, ?, ?, ?, ?, ?, ?, 'live', 1, ?, 'crawl', 'x', '')",
                (
                    self.count,
                    str(self.count),
                    f"https://k.vn/{self.count}",
                    title or f"Bài {self.count}",
                    text,
                    "Thu Huyền" if signed else None,
                    day.date().isoformat() if dated else None,
                    began,
                    began,
                    began,
                    sha,
                ),
            )
            self.conn.execute(
                "insert into revisions(article, seen_at, title, text, text_sha256, change, extractor) values (?, ?, ?, ?, ?, '{}', 'x')",
                (self.count, began, title, text, sha),
            )
            self.conn.execute(
                "insert into captures(url, fetched_at, portal, status, outcome, article) "
                "values (?, ?, 'yen_bai', 200, 'ok', ?)",
                (f"https://k.vn/{self.count}", began, self.count),
            )

    def month(self) -> None:
        for ago in range(30, 0, -1):
            self.night(ago, new=1 if ago % 2 else 0, unchanged=3)

    def issues(self, reason: str, count: int) -> None:
        for number in range(1, count + 1):
            self.conn.execute(
                "insert into issues(url, seen_at, reason, portal, article) "
                "values (?, ?, ?, 'yen_bai', (select max(id) + 1 - ? from articles))",
                (f"https://k.vn/{number}", NOW, reason, number),
            )

    def alarms(self, now: str = NOW) -> set[str]:
        run = self.conn.execute("select max(id) from runs").fetchone()[0]
        return {alarm.code for alarm in unmet(context_of(self.conn, "yen_bai", run, now))}


@pytest.fixture
def portal(tmp_path, portals):
    archive = Archive.open(tmp_path / "archive.db")
    with archive.transaction() as conn:
        record_provinces(conn)
        record_portals(conn, [portals["yen_bai"]])
    yield Portal(archive)
    archive.close()


def test_no_false_alarm_over_a_quiet_month(portal):
    for ago in range(30, 0, -1):
        portal.night(ago, new=1 if ago % 2 else 0, unchanged=2, edited=ago % 3 == 0)
        now = (datetime.fromisoformat(NOW) - timedelta(days=ago)).isoformat()
        assert portal.alarms(now) == set()
    assert portal.alarms() == set()


def test_no_alarm_on_first_nights_of_a_long_archive(portal):
    """A backlog that is read over several nights holds older and other articles every night."""
    for ago, dated, signed in ((5, True, True), (4, True, False), (3, False, False)):
        portal.night(ago, new=40, outcome="capped", dated=dated, signed=signed, published_ago=900)
        assert portal.alarms() == set()


ALARMS = {
    "coverage_drop": lambda p: p.night(0, new=6, dated=False),
    "duplicate_titles": lambda p: p.night(0, new=6, title="Trang chủ"),
    "extractor_refusals": lambda p: p.night(0, new=2, unreadable=8),
    "mass_missing": lambda p: p.night(0, new=0, unchanged=1, missing=12),
    "redirects": lambda p: p.night(0, new=0, redirected=12),
    "mass_edits": lambda p: p.night(0, new=0, edited=9, unchanged=1),
    "future_dates": lambda p: (p.night(0, new=3, dated=False), p.issues("date_future", 3)),
    "patterns_unmatched": lambda p: (p.night(0), p.issues("pattern_unmatched", 5)),
    "paging_unreachable": lambda p: (p.night(0), p.issues("list_incomplete", 1)),
}


@pytest.mark.parametrize("code", sorted(ALARMS))
def test_alarms(portal, code):
    portal.month()
    ALARMS[code](portal)
    assert portal.alarms() == {code}


@pytest.mark.parametrize("change", [{"signed": False}, {"text": "Ngắn."}, {"dated": False}])
def test_one_article_a_night_is_enough(portal, change):
    portal.month()
    portal.night(0, new=1, **change)
    assert portal.alarms() == set(), "one article says nothing"
    for ago in range(-1, -9, -1):
        portal.night(ago, **change)
    now = (datetime.fromisoformat(NOW) + timedelta(days=8)).isoformat()
    assert portal.alarms(now) == {"coverage_drop"}


@pytest.mark.parametrize("field", ["published", "byline", "text"])
def test_values_that_known_articles_lost(portal, field):
    portal.month()
    portal.night(0, new=0, edited=4, unchanged=2)
    portal.issues(f"lost_{field}", 4)
    assert portal.alarms() == {"coverage_drop"}


def test_a_mended_reading_ends_the_alarm(portal):
    portal.month()
    portal.night(0, new=6, dated=False)
    assert portal.alarms() == {"coverage_drop"}
    portal.conn.execute("update articles set published = '2025-03-10' where published is null")
    assert portal.alarms() == set()


def test_accepting_makes_the_new_state_the_measure(portal):
    portal.month()
    portal.night(0, new=6, signed=False)
    assert portal.alarms() == {"coverage_drop"}
    accept(portal.conn, "yen_bai", NOW)
    assert portal.alarms() == set()


def test_silent(portal):
    for ago in range(90, 30, -2):
        portal.night(ago)
    for ago in range(30, -1, -1):
        portal.night(ago, new=0)
    assert portal.alarms() == {"silent"}
    portal.conn.execute("update portals set valid_to = '2025-03-01'")
    assert portal.alarms() == set(), "a portal that is closed may be silent"


def test_silence_is_counted_from_the_first_visit(portal):
    """What was silent before anybody came is told as soon as it is longer than its rhythm."""
    portal.night(30, new=1, published_ago=500)
    for ago in range(501, 510):
        portal.night(30 - (ago - 500), new=1, published_ago=ago)
    first = datetime.fromisoformat(NOW) - timedelta(days=30)
    told = {
        days: portal.alarms((first + timedelta(days=days)).isoformat()) for days in (10, 20, 40)
    }
    assert told == {10: set(), 20: set(), 40: {"silent"}}
    accept(portal.conn, "yen_bai", (first + timedelta(days=40)).isoformat())
    assert portal.alarms((first + timedelta(days=41)).isoformat()) == set()


def test_a_portal_whose_rhythm_nobody_knows_is_not_ok_for_ever(portal):
    for ago in range(70, -1, -10):
        portal.night(ago, new=2 if ago == 70 else 0)
    assert portal.alarms() == {"silent"}


def test_budget(portal):
    for ago in range(6, -1, -1):
        portal.night(ago, new=5, outcome="capped", failure="budget", pending=100 + 6 - ago)
    assert portal.alarms() == {"budget"}


def test_a_backlog_that_melts_is_no_alarm(portal):
    for ago in range(6, -1, -1):
        portal.night(ago, new=5, outcome="capped", failure="budget", pending=100 * ago)
    assert portal.alarms() == set()


def test_no_dates(portal):
    portal.night(1, new=25, dated=False)
    assert portal.alarms() == {"no_dates"}
    run = portal.conn.execute("select max(id) from runs").fetchone()[0]
    assert unmet(context_of(portal.conn, "yen_bai", run, NOW, undated=True)) == []


def test_unlikely():
    assert unlikely(0, 5, 0.95) and unlikely(2, 8, 0.95)
    assert not unlikely(0, 5, 0.6) and unlikely(0, 13, 0.6) and not unlikely(4, 5, 0.95)


def health(portal, ago: int = 0, **options) -> set[str]:
    now = (datetime.fromisoformat(NOW) - timedelta(days=ago)).isoformat()
    return {alarm.code for alarm in health_of(portal.conn, "yen_bai", now, **options).alarms}


def test_what_only_the_calendar_tells(portal):
    assert health(portal) == {"never_visited"}
    portal.night(5, new=6, outcome="failed", failure="dns")
    assert health(portal) == {"stale", "never_succeeded"}
    portal.night(1, outcome=None)
    assert health(portal) == {"unfinished", "never_succeeded"}, "8 hours later, and 20"
    run = portal.conn.execute("select max(id) from runs").fetchone()[0]
    assert health(portal, running=run) == {"never_succeeded"}, "it is being written just now"
    portal.night(0)
    assert health(portal) == set()


def test_alarms_are_rows_that_know_their_age(portal):
    nights = [["dns"], ["dns", "silent"], []]
    for ago, codes in zip((2, 1, 0), nights, strict=True):
        portal.night(ago)
        run, began = portal.conn.execute(
            "select max(run), max(started_at) from run_portals"
        ).fetchone()
        raised = [Alarm(code, "…") for code in codes]
        news = raise_alarms(portal.conn, run, "yen_bai", raised, began)
        told = [code for code in codes if news[code] == began]
        assert told == (["silent"] if ago == 1 else codes)
        assert health(portal, ago) == set(codes)
        shown = portal.conn.execute("select alarms, alarmed_since from portal_health").fetchone()
        assert shown[0] == (" ".join(codes) or None)
        assert (shown[1] or "")[:10] == ("2025-03-08" if codes else "")


def test_days_without_a_look_are_rows_too(portal):
    portal.night(6)
    portal.night(4, new=0)
    portal.night(3, new=0, lists=0, outcome="failed", failure="dns")
    portal.night(1, new=0, lists=2, outcome="partial", failure="timeout")
    shown = portal.conn.execute("select substr(day, 9), new, coverage from coverage").fetchall()
    assert shown == [
        ("04", 1, "looked"), ("05", 0, "not looked"), ("06", 0, "looked"),
        ("07", 0, "could not look"), ("08", 0, "not looked"), ("09", 0, "looked in part"),
    ]  # fmt: skip


def test_damage(portal):
    portal.month()
    assert damage(portal.conn) == []
    portal.conn.execute("drop trigger revisions_keep")
    portal.conn.execute("update revisions set text = 'khác' where article = 3")
    assert len(damage(portal.conn)) == 1

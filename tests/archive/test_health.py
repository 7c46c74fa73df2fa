"""Each alarm is raised by what it is for, and by nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from crawler.archive import Archive
from crawler.archive.health import damage, health_of
from crawler.archive.identity import text_sha256
from crawler.archive.runs import record_portals, record_provinces

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
        refused: int = 0,
        dated: bool = True,
        signed: bool = True,
        text: str = "Nội dung " * 40,
        title: str | None = None,
        published_ago: int | None = None,
        failure: str | None = None,
    ) -> None:
        began = (datetime.fromisoformat(NOW) - timedelta(days=days_ago)).strftime(
            "%Y-%m-%dT%H:%M:%SZ"
        )
        self.conn.execute(
            "insert into runs(id, command, started_at) values (?, 'nightly', ?)", (began, began)
        )
        self.conn.execute(
            "insert into run_portals(run, portal, started_at, finished_at, outcome, failure, lists, new, refused) "
            "values (?, 'yen_bai', ?, ?, ?, ?, ?, ?, ?)",
            (began, began, began if outcome else None, outcome, failure, lists, new, refused),
        )
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

    def quiet_month(self) -> None:
        for ago in range(30, 0, -1):
            self.night(ago, new=1 if ago % 2 else 0)

    def alarms(self) -> set[str]:
        return {alarm.code for alarm in health_of(self.conn, "yen_bai", NOW).alarms}


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
        portal.night(ago, new=1 if ago % 2 else 0)
        now = (datetime.fromisoformat(NOW) - timedelta(days=ago)).isoformat()
        assert health_of(portal.conn, "yen_bai", now).alarms == []
    assert portal.alarms() == set()


ALARMS = {
    "dns": lambda p: p.night(0, new=0, lists=0, outcome="failed", failure="dns"),
    "blocked": lambda p: p.night(0, new=0, outcome="partial", failure="blocked"),
    "yield_drop": lambda p: p.night(0, new=0, lists=0),
    "coverage_drop": lambda p: p.night(0, new=6, dated=False),
    "duplicate_titles": lambda p: p.night(0, new=6, title="Trang chủ"),
    "extractor_refusals": lambda p: p.night(0, new=2, refused=8),
}


@pytest.mark.parametrize("code", sorted(ALARMS))
def test_alarms(portal, code):
    portal.quiet_month()
    ALARMS[code](portal)
    assert portal.alarms() == {code}


@pytest.mark.parametrize("change", [{"signed": False}, {"text": "Ngắn."}])
def test_coverage_of_each_field(portal, change):
    portal.quiet_month()
    portal.night(0, new=6, **change)
    assert portal.alarms() == {"coverage_drop"}


def test_stale_and_never(portal):
    assert portal.alarms() == {"never_visited"}
    portal.night(5, new=6)
    assert "stale" in portal.alarms()


def test_never_succeeded(portal):
    portal.night(0, new=0, lists=0, outcome="failed", failure="timeout")
    assert portal.alarms() == {"timeout", "never_succeeded"}


def test_silent(portal):
    for ago in range(90, 30, -2):
        portal.night(ago)
    for ago in range(30, -1, -1):
        portal.night(ago, new=0)
    assert portal.alarms() == {"silent"}


def test_unfinished(portal):
    for ago in range(30, 2, -1):
        portal.night(ago)
    portal.night(2, new=0, outcome=None)
    assert portal.alarms() == {"unfinished"}


def test_damage(portal):
    portal.quiet_month()
    assert damage(portal.conn) == []
    portal.conn.execute("drop trigger revisions_keep")
    portal.conn.execute("update revisions set text = 'khác' where article = 3")
    assert len(damage(portal.conn)) == 1

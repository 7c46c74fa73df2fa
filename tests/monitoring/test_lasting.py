"""A fault lasts until what was wrong is right again, whatever else happens meanwhile."""

from __future__ import annotations

import pytest

from crawler.archive.frontier.list_history import amiss
from crawler.archive.views import CALENDAR
from crawler.monitoring.alarms import KINDS
from crawler.monitoring.context import accept, context_of
from crawler.monitoring.health import raise_alarms
from crawler.monitoring.monitors import MONITORS, RAISED_ELSEWHERE, unmet
from tests.conftest import ROOT
from tests.monitoring.test_expectations import NOW, portal  # noqa: F401


def test_every_alarm_has_a_monitor_or_is_raised_elsewhere_and_is_documented():
    watched = {monitor.code for monitor in MONITORS}
    assert set(KINDS) == watched | set(CALENDAR) | set(RAISED_ELSEWHERE)
    assert not watched & set(RAISED_ELSEWHERE) and not set(CALENDAR) & set(RAISED_ELSEWHERE)
    told = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    table = [line for line in told.splitlines() if line.startswith("| `")]
    for code, kind in KINDS.items():
        row = next((line for line in table if line.startswith(f"| `{code}` |")), None)
        assert row, f"docs/operations.md does not tell of {code}"
        assert all(said in row for said in (*kind.meaning.sentences, kind.remedy.in_language("en")))


@pytest.mark.parametrize(
    "fault, code",
    [("emptied", "lists_empty"), ("shrunk", "lists_shrunk"), ("no_pages", "paging_unreachable"),
     ("http_404", "list_gone"), ("http_503", "http_5xx"), ("maintenance", "maintenance"),
     ("block_page", "blocked"), ("robots", "robots"), ("soft_404", "list_gone")],
)  # fmt: skip
def test_a_list_that_was_last_seen_wrong_is_wrong(portal, fault, code):  # noqa: F811
    portal.month()
    portal.conn.execute(
        "insert into _frontier(portal, name, kind, url, found_on, recent, amiss) "
        "values ('yen_bai', 'l:tin', 'list', 'https://k.vn/tin', 1, '12 12', ?)",
        (fault,),
    )
    assert portal.alarms() == {code}
    run = portal.conn.execute("select max(id) from runs").fetchone()[0]
    down = unmet(context_of(portal.conn, "yen_bai", run, NOW), "failed")
    lasting = code in ("lists_empty", "lists_shrunk", "paging_unreachable")
    assert {alarm.code for alarm in down} == ({code} if lasting else set())
    accept(portal.conn, "yen_bai", NOW)
    assert portal.alarms() == set()


def told(portal, ago: int) -> set[str]:  # noqa: F811
    """Tonight's alarms, written down as a run does."""
    run, began = portal.conn.execute("select max(run), max(started_at) from run_portals").fetchone()
    alarms = unmet(context_of(portal.conn, "yen_bai", run, began))
    raise_alarms(portal.conn, run, "yen_bai", alarms, began)
    return {alarm.code for alarm in alarms}


def looked(portal, ago: int, articles: range, outcome: str) -> None:  # noqa: F811
    """A look at known articles on the night so many days ago."""
    at = portal.conn.execute("select max(started_at) from runs").fetchone()[0]
    at = at.replace(":00Z", ":20Z")
    for number in articles:
        portal.conn.execute(
            "insert into captures(url, fetched_at, portal, outcome, article) "
            "values (?, ?, 'yen_bai', ?, ?)",
            (f"https://k.vn/{number}", at, outcome, number),
        )
        if outcome == "ok":
            portal.conn.execute("update articles set last_seen = ? where id = ?", (at, number))


def test_articles_that_vanished_are_missing_until_they_are_back(portal):  # noqa: F811
    portal.month()
    portal.night(0, new=0, missing=12)
    looked(portal, 0, range(1, 13), "http_404")
    assert told(portal, 0) == {"mass_missing"}
    portal.night(-1, new=1, unchanged=12)  # other articles are well
    assert told(portal, -1) == {"mass_missing"}
    portal.night(-2, new=0, unchanged=2, missing=8)
    looked(portal, -2, range(1, 3), "ok")
    looked(portal, -2, range(3, 11), "http_404")
    assert told(portal, -2) == {"mass_missing"}
    portal.night(-3, new=0, unchanged=10)
    looked(portal, -3, range(1, 11), "ok")
    assert told(portal, -3) == set()


def test_values_that_were_lost_are_missing_until_they_are_back(portal):  # noqa: F811
    portal.month()
    portal.night(0, new=0, edited=5, unchanged=2)
    at = portal.conn.execute("select max(started_at) from runs").fetchone()[0]
    for number in range(1, 6):
        portal.conn.execute(
            "update articles set byline = null, last_seen = ? where id = ?", (at, number)
        )
        portal.conn.execute(
            "insert into issues(url, seen_at, reason, portal, article) "
            "values (?, ?, 'lost_byline', 'yen_bai', ?)",
            (f"https://k.vn/{number}", at, number),
        )  # fmt: skip
    assert told(portal, 0) == {"coverage_drop"}
    for ago in (-1, -2):
        portal.night(ago, new=1, unchanged=14)
        assert told(portal, ago) == {"coverage_drop"}, "nobody has mended anything"
    portal.night(-3, new=0, edited=5, unchanged=9)
    at = portal.conn.execute("select max(started_at) from runs").fetchone()[0]
    portal.conn.execute(
        "update articles set byline = 'Thu Hà', last_seen = ? where id between 1 and 5", (at,)
    )
    assert told(portal, -3) == set()


@pytest.mark.parametrize(
    "recent, links, before, pages, fault",
    [
        ("12 12", 0, 3, 3, "emptied"),
        ("12 12", 4, 3, 3, "shrunk"),
        ("12 12", 12, 3, 0, "no_pages"),
        ("12 12", 11, 3, 3, None),
        ("", 0, None, 0, None),
    ],
)
def test_amiss(recent, links, before, pages, fault):
    assert amiss(recent, links, before, pages) == fault

"""The first night of all, when there is nothing to compare with."""

from __future__ import annotations

from samples.site import Answer
from tests.end_to_end.portal_scenarios import everywhere
from tests.end_to_end.simulated_portal import FIRST, Living, Nights
from tests.scrapy_command import rows

YEARS = 24 * 365 * 3  # hours from the simulated night on: ahead of any day on which this is run
NOTICE = Answer(200, "<title>Sở KH&amp;CN</title><h1>Giao diện mới ra mắt ngày 01/7.</h1>")
BUSY = Answer(503, "<title>503</title><h1>Hệ thống đang được nâng cấp, bảo trì.</h1>")


def test_sites_that_are_worked_on_are_called_so(tmp_path):
    portals = {name: Living(name, 12) for name in ("notice", "busy", "down", "well")}
    answers = {"notice": NOTICE, "busy": BUSY, "down": Answer(503, "")}
    with Nights(list(portals.values()), tmp_path) as nights:
        for name, answer in answers.items():
            everywhere(answer, robots=name != "notice")(portals[name], nights)
        done = nights.visit("-q")
        assert done.returncode == 1
        told = {
            name: set(alarms) - {"never_succeeded"}
            for name, (_, _, alarms) in nights.verdicts().items()
        }
    assert told == {
        "notice": {"maintenance"}, "busy": {"maintenance"}, "down": {"http_5xx"}, "well": set(),
    }  # fmt: skip


def test_a_clock_that_is_ahead_is_found_and_nothing_is_kept(tmp_path):
    with Nights([Living(name, 12) for name in ("a", "b", "c", "d")], tmp_path) as nights:
        done = nights.visit("-q", hours=YEARS)
        assert done.returncode == 74 and "clock" in done.stderr
        assert not nights.archive.exists()
        nights.day = 0
        assert nights.visit("-q").returncode == 0
        newest = rows(nights.archive, "select max(fetched_at) from captures")[0][0]
        assert newest.startswith(FIRST.date().isoformat())


def test_one_server_that_tells_another_time_is_a_doubt(tmp_path):
    with Nights([Living("a", 12)], tmp_path) as nights:
        done = nights.visit("-q", hours=YEARS)
        assert done.returncode == 1 and "clock" in done.stderr
        assert nights.verdicts()["a"][2] >= {"clock"}

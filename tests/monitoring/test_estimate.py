"""How many nights a portal has before it."""

from __future__ import annotations

import pytest

from crawler.monitoring.estimate import estimate
from samples.portals import SITES
from samples.warc import write_warc
from tests.monitoring.test_expectations import portal  # noqa: F401
from tests.scrapy_command import scrapy


def queue(conn, count: int) -> None:
    conn.executemany(
        "insert into _frontier(portal, name, kind, url) values ('yen_bai', ?, 'article', ?)",
        [(f"a:{n}", f"https://k.vn/{n}") for n in range(count)],
    )


@pytest.mark.parametrize(
    "waiting, budget, hours, nights",
    [(0, 500, None, 0), (500, 500, None, 1), (501, 500, None, 2), (9000, 500, 6, 18), (9000, 5000, 1, 5)],
)  # fmt: skip
def test_nights(portal, waiting, budget, hours, nights):  # noqa: F811
    queue(portal.conn, waiting)
    found = estimate(portal.conn, "yen_bai", budget=budget, hours=hours, delay=2.0)
    assert (found.waiting, found.nights) == (waiting, nights)


def test_a_slow_portal_takes_longer(portal):  # noqa: F811
    queue(portal.conn, 3600)
    portal.night(0, new=3)
    portal.conn.execute(
        "update run_portals set pages = 100, finished_at = strftime('%Y-%m-%dT%H:%M:%SZ', "
        "started_at, '+1000 seconds')"
    )
    found = estimate(portal.conn, "yen_bai", budget=5000, hours=1, delay=2.0)
    assert (found.known, round(found.seconds), found.a_night, found.nights) == (3, 10, 360, 10)


def test_the_command_asks_nobody(tmp_path):
    warc, archive = tmp_path / "samples.warc.gz", tmp_path / "archive.db"
    write_warc(warc, [SITES["yen_bai"]()])
    capped = scrapy(
        "nightly", "yen_bai", "-a", "max_pages=10", "-s", f"REPLAY_WARC={warc}", archive=archive
    )
    assert "more nights at least" in capped.stderr
    done = scrapy("nightly", "yen_bai", "--estimate", "-a", "max_pages=4", archive=archive)
    assert done.returncode == 0 and "4 pages a night" in done.stdout, done.stderr
    absent = scrapy("nightly", "--estimate", archive=tmp_path / "none.db")
    assert absent.returncode == 74 and "Traceback" not in absent.stderr

"""`scrapy health` on a crawled archive."""

from __future__ import annotations

import json
import sqlite3

from samples.portals import SITES
from samples.warc import write_warc
from tests.scrapy_command import scrapy


def test_health(tmp_path):
    warc, archive = tmp_path / "samples.warc.gz", tmp_path / "archive.db"
    write_warc(warc, [SITES["vinh_phuc"]()])
    assert scrapy("health", archive=archive).returncode == 74
    assert (
        scrapy("crawl", "vinh_phuc", "-s", f"REPLAY_WARC={warc}", archive=archive).returncode == 0
    )
    # The sample articles are old: the portal has been silent for longer than it used to be.
    shown = scrapy("health", "--verify", archive=archive)
    assert shown.returncode == 1 and "silent" in shown.stdout and "vinh_phuc" in shown.stdout
    said = json.loads(scrapy("health", "vinh_phuc", "--json", archive=archive).stdout)
    assert said["articles"] == 18 and [alarm["code"] for alarm in said["alarms"]] == ["silent"]
    assert scrapy("health", "vinh_phucc", archive=archive).returncode == 2
    with sqlite3.connect(archive) as conn:
        conn.execute("drop trigger revisions_keep")
        conn.execute(
            "update revisions set text = text || '!' where rowid = (select min(rowid) from revisions)"
        )
    conn.close()
    broken = scrapy("health", "--verify", archive=archive)
    assert broken.returncode == 74 and "Traceback" not in broken.stderr

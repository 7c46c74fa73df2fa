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
    other = tmp_path / "other.warc.gz"
    write_warc(other, [SITES["yen_bai"]()])
    assert scrapy("health", archive=archive).returncode == 74
    assert (
        scrapy("crawl", "vinh_phuc", "-s", f"REPLAY_WARC={warc}", archive=archive).returncode == 0
    )
    shown = scrapy("health", "--verify", archive=archive)
    assert shown.returncode == 0 and "vinh_phuc" in shown.stdout, shown.stdout
    assert scrapy("health", "-q", archive=archive).stdout == ""
    away = scrapy("crawl", "vinh_phuc", "-s", f"REPLAY_WARC={other}", archive=archive)
    assert away.returncode == 1 and "http_4xx" in away.stderr
    shown = scrapy("health", "--verify", archive=archive)
    assert shown.returncode == 1 and "! vinh_phuc" in shown.stdout and "http_4xx" in shown.stdout
    assert "Cần làm" in shown.stdout and "Open the start page" in shown.stdout
    said = json.loads(scrapy("health", "vinh_phuc", "--json", archive=archive).stdout)
    assert said["articles"] == 18 and [alarm["code"] for alarm in said["alarms"]] == ["http_4xx"]
    assert scrapy("health", "--accept", archive=archive).returncode == 2
    assert scrapy("health", "--accept", "vinh_phuc", archive=archive).returncode == 0
    assert scrapy("health", "vinh_phucc", archive=archive).returncode == 2
    with sqlite3.connect(archive) as conn:
        conn.execute(
            "insert into runs(id, command, started_at) values ('z', 'crawl', '2999-01-01')"
        )
    conn.close()
    behind = json.loads(scrapy("health", "vinh_phuc", "--json", archive=archive).stdout)
    assert "clock" in [alarm["code"] for alarm in behind["alarms"]]
    with sqlite3.connect(archive) as conn:
        conn.execute("drop trigger revisions_keep")
        conn.execute(
            "update revisions set text = text || '!' where rowid = (select min(rowid) from revisions)"
        )
    conn.close()
    broken = scrapy("health", "--verify", archive=archive)
    assert broken.returncode == 74 and "Traceback" not in broken.stderr

"""The command itself: plans, wrong use, an archive in use, what is removed, merged and published."""

from __future__ import annotations

import os
import re
import subprocess

import pytest

from crawler.archive.database import Archive
from samples.common_crawl import serve_crawl
from samples.gone import write_kept
from samples.web_archive import serve_archive
from samples.years import build
from tests.conftest import ROOT
from tests.rescue.test_two_sources import asked_for, is_lost, is_whole, rescue
from tests.scrapy_command import command, rows, scrapy


def test_a_plan_is_what_the_rescue_asks_for(tmp_path):
    years, archive = build(12), tmp_path / "archive.db"
    with serve_archive(years.snapshots) as wayback, serve_crawl(years.months) as crawl:
        wayback.rows = 50
        sources = (wayback.url, crawl.collinfo)
        done = rescue(archive, *sources, more=("--plan",))
        assert done.returncode == 0, done.stderr
        asked, index = asked_for(wayback.hits + crawl.hits)
        assert asked == 0 < index
        planned = re.search(r"Together: (\d+) requests", done.stdout)
        assert int(planned[1]) == len(years.digests)
        assert rows(archive, "select count(*) from articles") == [(0,)]
        wayback.hits.clear(), crawl.hits.clear()
        assert rescue(archive, *sources).returncode == 0
        # What the plan asked of the indexes is not asked again; only which crawls there are.
        assert asked_for(wayback.hits + crawl.hits) == (len(years.digests), 1)
        is_whole(archive, years)
        is_lost(archive, years)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("nowhere",), 2, "scrapy list"),
        (("ha_noi", "--source", "nothing-here.warc"), 2, "internet-archive"),
        (("ha_noi", "--from", "June"), 2, "2015-06"),
        (("ha_noi", "--hours", "0"), 2, "--hours"),
        (("ha_noi", "--source", "http://127.0.0.1:9/x"), 1, "PRIVATE_HOSTS_ALLOWED=127.0.0.1:9"),
    ],
)
def test_wrong_use(arguments, code, said, tmp_path):
    done = scrapy("rescue", *arguments, archive=tmp_path / "archive.db")
    assert done.returncode == code and said in done.stderr
    assert "Traceback" not in done.stderr


def test_beside_another_writer(tmp_path):
    """At once it is 75; with `--hours` it says that it waits, and goes on when the other has ended."""
    archive, kept = tmp_path / "archive.db", tmp_path / "kept.warc.gz"
    write_kept(kept)
    other = Archive.open(archive)
    words = ("rescue", "cao_bang_nukeviet", "--source", kept)
    assert scrapy(*words, archive=archive).returncode == 75
    process = subprocess.Popen(
        command(*words, "--hours", "0.1", archive=archive), cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    said = process.stdout.readline()
    other.close()
    assert "--hours" in said
    process.communicate(timeout=120)
    assert process.returncode == 0
    assert rows(archive, "select count(*) > 5 from articles") == [(1,)]


def test_lost_articles_are_removed_merged_and_published(tmp_path):
    archive, other, kept = (
        tmp_path / name for name in ("a/archive.db", "b/archive.db", "kept.warc.gz")
    )
    archive.parent.mkdir(), other.parent.mkdir()
    write_kept(kept)
    for path in (archive, other):
        assert scrapy("rescue", "cao_bang_nukeviet", "--source", kept, archive=path).returncode == 0
    url, key = rows(archive, "select url, key from lost_articles order by key limit 1")[0]
    before = rows(archive, "select count(*) from lost_articles")[0][0]
    assert before == 4
    assert scrapy("publish", "--out", tmp_path / "dist", archive=archive).returncode == 0
    assert scrapy("remove", url, "--reason", "xin gỡ", archive=archive).returncode == 0
    assert rows(archive, "select count(*) from lost_articles") == [(before - 1,)]
    # Neither a merge nor another rescue brings back what was removed; the gate knows why it is gone.
    assert scrapy("merge", other, archive=archive).returncode == 0
    assert scrapy("rescue", "cao_bang_nukeviet", "--source", kept, archive=archive).returncode == 0
    assert rows(archive, "select count(*) from lost_articles where key = ?", key) == [(0,)]
    assert rows(archive, "select count(*) from lost_articles") == [(before - 1,)]
    done = scrapy("publish", "--out", tmp_path / "dist", archive=archive)
    assert done.returncode == 0, done.stdout + done.stderr
    dump = tmp_path / "dist" / "archive.db"
    assert rows(dump, "select count(*) from lost_articles") == [(before - 1,)]
    assert rows(dump, "select sum(lost) >= 1 from rescue_years") == [(1,)]


def test_a_wider_period_later(tmp_path):
    """What was left out because of its date is asked for when somebody wants it."""
    years, archive, whole = build(8), tmp_path / "archive.db", tmp_path / "whole.db"
    with serve_archive(years.snapshots) as wayback, serve_crawl(years.months) as crawl:
        wayback.rows = 50
        sources = (wayback.url, crawl.collinfo)
        assert rescue(archive, *sources, more=("--to", "2023-04")).returncode == 0
        assert rows(archive, "select max(fetched_at) < '2023-05' from captures") == [(1,)]
        assert rescue(archive, *sources).returncode == 0
        assert rescue(whole, *sources).returncode == 0
    found = "select url, title, text, status, revisions from articles order by 1"
    assert rows(archive, found) == rows(whole, found)

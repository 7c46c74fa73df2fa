"""All portals in one run: one writer, a summary, exit codes that say how it went."""

from __future__ import annotations

import subprocess

import pytest

from samples.portals import DEMO, SITES
from samples.warc import write_warc
from tests.conftest import ROOT
from tests.scrapy_command import command, contents, rows, scrapy


@pytest.fixture(scope="module")
def warc(tmp_path_factory):
    path = tmp_path_factory.mktemp("night") / "samples.warc.gz"
    write_warc(path, [SITES[name]() for name in DEMO])
    return path


def test_a_night_over_several_portals(warc, tmp_path):
    archive, single = tmp_path / "archive.db", tmp_path / "single.db"
    replay = ("-s", f"REPLAY_WARC={warc}")
    done = scrapy("nightly", *DEMO, *replay, archive=archive)
    assert done.returncode == 0, done.stderr
    assert "3 portals: 3 fine, 0 failed; 56 new articles" in done.stderr + done.stdout
    assert rows(archive, "select count(*), count(finished_at) from run_portals") == [(3, 3)]
    assert rows(archive, "select command, outcome, exit_code from runs") == [("nightly", "ok", 0)]
    for name in DEMO:
        assert scrapy("crawl", name, *replay, archive=single).returncode == 0
    assert contents(archive) == contents(single)
    quiet = scrapy("nightly", *DEMO, *replay, "--quiet", archive=archive)
    assert quiet.returncode == 0 and quiet.stdout == "" and quiet.stderr == ""
    assert contents(archive) == contents(single)


def test_one_bad_portal_does_not_stop_the_others(warc, tmp_path):
    archive = tmp_path / "archive.db"
    done = scrapy("nightly", "vinh_phuc", "nghe_an", "-s", f"REPLAY_WARC={warc}", archive=archive)
    assert done.returncode == 1 and "nghe_an" in done.stderr
    outcomes = dict(rows(archive, "select portal, outcome from run_portals"))
    assert outcomes == {"vinh_phuc": "ok", "nghe_an": "failed"}


def test_a_second_run_waits_outside(warc, tmp_path):
    archive = tmp_path / "archive.db"
    assert (
        scrapy("crawl", "vinh_phuc", "-s", f"REPLAY_WARC={warc}", archive=archive).returncode == 0
    )
    holder = subprocess.Popen(
        [
            command()[0], "-c",
            "import sys, pathlib; from crawler.archive import Archive\n"
            "archive = Archive.open(pathlib.Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()",
            str(archive),
        ],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert holder.stdout.readline() == "held\n"
        done = scrapy("nightly", "vinh_phuc", "-s", f"REPLAY_WARC={warc}", archive=archive)
        assert done.returncode == 75 and "Traceback" not in done.stderr
    finally:
        holder.communicate("")
    assert holder.returncode == 0


def test_a_budget_is_kept_and_the_rest_comes_first_next_time(warc, tmp_path):
    archive = tmp_path / "archive.db"
    replay = ("-s", f"REPLAY_WARC={warc}")
    first = scrapy("nightly", "yen_bai", *replay, "-a", "max_pages=10", archive=archive)
    assert first.returncode == 0
    assert rows(archive, "select outcome, pages from run_portals") == [("capped", 10)]
    for _ in range(3):
        assert (
            scrapy("nightly", "yen_bai", *replay, "-a", "max_pages=10", archive=archive).returncode
            == 0
        )
    assert rows(archive, "select count(*) from articles") == [(18,)]


def test_since_leaves_older_articles_for_later(warc, tmp_path):
    archive = tmp_path / "archive.db"
    replay = ("-s", f"REPLAY_WARC={warc}")
    assert (
        scrapy("crawl", "yen_bai", *replay, "-a", "since=2025-01-01", archive=archive).returncode
        == 0
    )
    some = rows(archive, "select count(*), min(published) from articles")[0]
    assert 0 < some[0] < 18 and some[1] >= "2025-01-01"
    assert scrapy("crawl", "yen_bai", *replay, archive=archive).returncode == 0
    assert rows(archive, "select count(*) from articles") == [(18,)]

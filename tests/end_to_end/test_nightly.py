"""All portals in one run: one writer, a summary, exit codes that say how it went."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time

import pytest

from samples.portals import DEMO, SITES
from samples.server import serve
from samples.warc import write_warc
from tests.conftest import ROOT
from tests.end_to_end.test_systems import FAST
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
            "import sys, pathlib; from crawler.archive.database import Archive\n"
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


SPIDERS = {
    "good": "from spiders.vinh_phuc import VinhPhucSpider\n\nclass Good(VinhPhucSpider):\n    name = 'good'\n",
    "absent": "import a_module_that_is_not_there\n",
    "unmade": "from spiders.vinh_phuc import VinhPhucSpider\n\nclass Unmade(VinhPhucSpider):\n    name = 'unmade'\n"
    "    def __init__(self, *a, **k):\n        raise ValueError('cannot be made')\n",
    "breaks": "from spiders.vinh_phuc import VinhPhucSpider\n\nclass Breaks(VinhPhucSpider):\n    name = 'breaks'\n"
    "    def recall(self, run):\n        super().recall(run)\n        raise ValueError('breaks at the start')\n",
}  # fmt: skip


def test_a_broken_spider_fails_alone(warc, tmp_path):
    package, archive = tmp_path / "night_spiders", tmp_path / "archive.db"
    package.mkdir()
    (package / "__init__.py").write_text("")
    for name, source in SPIDERS.items():
        (package / f"{name}.py").write_text(source)
    own = ("-s", f"REPLAY_WARC={warc}", "-s", "SPIDER_MODULES=night_spiders")
    path = {"PYTHONPATH": f"{ROOT}:{tmp_path}"}
    done = scrapy("nightly", *own, archive=archive, **path)
    assert done.returncode == 1
    assert rows(archive, "select portal, outcome, failure from run_portals order by portal") == [
        ("absent", "failed", "crashed"), ("breaks", "failed", "crashed"),
        ("good", "ok", None), ("unmade", "failed", "crashed"),
    ]  # fmt: skip
    evidence = dict(rows(archive, "select portal, evidence from run_portals"))
    assert "a_module_that_is_not_there" in evidence["absent"]
    assert "cannot be made" in evidence["unmade"] and "at the start" in evidence["breaks"]
    assert "4 portals: 1 fine, 3 failed" in done.stderr
    alone = scrapy("crawl", "absent", *own, archive=archive, **path)
    assert alone.returncode == 1 and "Traceback" not in alone.stderr


def test_every_spider_in_one_process(warc, tmp_path):
    """Nothing of the samples answers for most portals: each fails by name, none stops another."""
    archive = tmp_path / "archive.db"
    done = scrapy("nightly", "-s", f"REPLAY_WARC={warc}", archive=archive)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    outcomes = rows(archive, "select outcome, failure, count(*) from run_portals group by 1, 2")
    assert sum(count for *_, count in outcomes) >= 60
    assert {(outcome, failure) for outcome, failure, _ in outcomes} == {
        ("ok", None), ("failed", "http_4xx"),
    }  # fmt: skip


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_night_in_order(number, tmp_path):
    archive, told = tmp_path / "archive.db", tmp_path / "portals.json"
    site = SITES["nukeviet"](30)
    with serve(site, delay=0.1) as served:
        told.write_text(json.dumps({"slow": {"url": f"{served.url}/", "platform": "nukeviet"}}))
        options = (
            *FAST, "-s", "SPIDER_MODULES=samples.spiders",
            "-s", f"PRIVATE_HOSTS_ALLOWED={served.url.partition('://')[2]}",
        )  # fmt: skip
        environment = {"SAMPLE_PORTALS": str(told), "PYTHONPATH": str(ROOT)}
        process = subprocess.Popen(
            command("nightly", *options, archive=archive), cwd=ROOT, text=True,
            env={**os.environ, **environment}, stderr=subprocess.PIPE,
        )  # fmt: skip
        while len(served.hits) < 12:
            assert process.poll() is None
            time.sleep(0.05)
        process.send_signal(number)
        said = process.communicate(timeout=120)[1]
        assert "Traceback" not in said and "1 portals" in said, said
        some = rows(archive, "select count(*) from articles")[0][0]
        assert 0 < some < 30
        assert rows(archive, "select finished_at from run_portals") == [(None,)]
        done = scrapy("nightly", *options, archive=archive, **environment)
        assert done.returncode == 0, done.stderr
        assert rows(archive, "select count(*) from articles") == [(30,)]
        again = len(served.hits) - len({path for _, path in served.hits})
        assert again <= 1, "only the page in flight is asked for twice"

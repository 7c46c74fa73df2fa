"""Real portals' saved pages, crawled and read; the pages are not part of the project."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.scrapy_command import rows, scrapy


def gold(captures, name):
    lines = (captures / f"{name}.gold.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_every_reachable_article_is_stored_once(captures, tmp_path):
    warc = captures / "ha_noi_liferay.warc.gz"
    archive = tmp_path / "archive.db"
    first = scrapy("crawl", "ha_noi", "-s", f"REPLAY_WARC={warc}", archive=archive)
    assert first.returncode == 0, first.stderr
    keys = [key for (key,) in rows(archive, "select key from articles")]
    assert len(keys) == len(set(keys))
    assert {str(row["id"]) for row in gold(captures, "ha_noi_liferay")} <= set(keys)
    second = scrapy("crawl", "ha_noi", "-s", f"REPLAY_WARC={warc}", archive=archive)
    assert second.returncode == 0, second.stderr
    pages = [n for (n,) in rows(archive, "select pages from run_portals order by run")]
    assert pages[1] <= 0.1 * pages[0]
    assert [key for (key,) in rows(archive, "select key from articles")] == keys


def test_a_portal_nobody_described(captures, tmp_path):
    warc = captures / "nukeviet.warc.gz"
    archive = tmp_path / "archive.db"
    done = scrapy(
        "crawl", "portal", "-a", "url=https://khcn.example.vn/", "-s", f"REPLAY_WARC={warc}",
        archive=archive,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    stored = {url for (url,) in rows(archive, "select url from articles")}
    wanted = {row["url"] for row in gold(captures, "nukeviet")}
    assert wanted <= stored
    assert len(stored) == rows(archive, "select count(*) from articles")[0][0]
    again = scrapy(
        "crawl", "portal", "-a", "url=https://khcn.example.vn/", "-s", f"REPLAY_WARC={warc}",
        archive=archive,
    )  # fmt: skip
    assert again.returncode == 0, again.stderr
    pages = [n for (n,) in rows(archive, "select pages from run_portals order by run")]
    assert pages[1] <= 0.1 * pages[0]
    assert {url for (url,) in rows(archive, "select url from articles")} == stored


@pytest.mark.parametrize("generic", [False, True])
@pytest.mark.parametrize("name", ["ha_noi_liferay", "nukeviet"])
def test_extraction_against_gold(captures, tmp_path, name, generic):
    out = tmp_path / "out.jsonl"
    switches = ["--generic"] if generic else []
    done = scrapy("extract", *switches, "--warc", captures / f"{name}.warc.gz", "-o", out)
    assert done.returncode == 0, done.stderr
    score = subprocess.run(
        [sys.executable, captures / "score_text.py", captures / f"{name}.gold.jsonl", out],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    found = json.loads(score.splitlines()[-1])
    assert found["f1"] >= 0.99 and found["missing"] == 0
    assert found["title"] == found["pages"]
    assert found["date"] == found["date_gold"] and found["date_invented"] == 0
    assert found["author"] >= 0.95 * found["author_gold"]

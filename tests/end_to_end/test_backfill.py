"""Captures of others, and reading anew: the same articles, and never an edit."""

from __future__ import annotations

import pytest

from samples.portals import SITES
from samples.warc import write_warc
from tests.scrapy_command import contents, rows, scrapy

PARTS = ("articles", "authors", "article_authors", "images", "attachments", "revisions")


@pytest.fixture(scope="module")
def warc(tmp_path_factory):
    path = tmp_path_factory.mktemp("warc") / "samples.warc.gz"
    write_warc(path, [SITES["ha_noi"](30)])
    return path


def by_key(archive, table="articles"):
    """Everything about articles but the address a section gave them first."""
    return rows(
        archive,
        "select portal, key, title, section, summary, text, byline, published, published_precision, "
        "published_raw, status, revisions from articles order by key",
    )


def test_backfill_equals_the_replayed_crawl(warc, tmp_path):
    crawled, filled = tmp_path / "crawled.db", tmp_path / "filled.db"
    assert scrapy("crawl", "ha_noi", "-s", f"REPLAY_WARC={warc}", archive=crawled).returncode == 0
    for _ in range(2):
        done = scrapy("backfill", "ha_noi", "--warc", warc, archive=filled)
        assert done.returncode == 0, done.stderr
        assert by_key(filled) == by_key(crawled)
    assert {via for (via,) in rows(filled, "select distinct via from articles")} == {"warc"}
    assert rows(filled, "select outcome from run_portals") == [("ok",), ("ok",)]


def test_captures_in_pieces_and_from_elsewhere(warc, tmp_path):
    """A torn file, one of other hosts, and the whole: what is whole is taken, and said."""
    whole, archive = tmp_path / "whole.db", tmp_path / "archive.db"
    assert scrapy("backfill", "ha_noi", "--warc", warc, archive=whole).returncode == 0
    torn, other = tmp_path / "torn.warc.gz", tmp_path / "other.warc.gz"
    torn.write_bytes(warc.read_bytes()[: warc.stat().st_size // 2])
    write_warc(other, [SITES["vinh_phuc"]()])
    done = scrapy("backfill", "ha_noi", "--warc", torn, archive=archive)
    assert done.returncode == 1 and "torn.warc.gz is truncated" in done.stderr
    assert 0 < len(by_key(archive)) < len(by_key(whole))
    done = scrapy("backfill", "ha_noi", "--warc", other, archive=archive)
    assert done.returncode == 1 and "vinhphuc.gov.vn" in done.stderr
    done = scrapy("backfill", "ha_noi", "--warc", warc, other, archive=archive)
    assert done.returncode == 0 and "Traceback" not in done.stderr
    assert by_key(archive) == by_key(whole)


def test_backfill_of_real_captures_equals_their_crawl(captures, tmp_path):
    warc = captures / "ha_noi_liferay.warc.gz"
    crawled, filled = tmp_path / "crawled.db", tmp_path / "filled.db"
    assert scrapy("crawl", "ha_noi", "-s", f"REPLAY_WARC={warc}", archive=crawled).returncode == 0
    assert scrapy("backfill", "ha_noi", "--warc", warc, archive=filled).returncode == 0
    there = {row[1]: row for row in by_key(filled)}
    for row in by_key(crawled):
        assert there[row[1]] == row


def test_reading_anew_changes_nothing_by_itself(warc, tmp_path):
    archive = tmp_path / "archive.db"
    assert scrapy("crawl", "ha_noi", "-s", f"REPLAY_WARC={warc}", archive=archive).returncode == 0
    before = contents(archive)
    shown = scrapy("reextract", "--dry-run", archive=archive)
    assert shown.returncode == 0 and contents(archive) == before
    assert "30 captures read anew: 0 values change" in shown.stdout
    assert scrapy("reextract", archive=archive).returncode == 0
    assert contents(archive) == before


def test_new_rules_are_no_edit(warc, tmp_path):
    archive = tmp_path / "archive.db"
    assert scrapy("crawl", "ha_noi", "-s", f"REPLAY_WARC={warc}", archive=archive).returncode == 0
    whole = contents(archive)
    import sqlite3

    # As if older rules had read the articles: their text is another, their stamp is old.
    with sqlite3.connect(archive) as conn:
        conn.execute("drop trigger revisions_keep")
        for table in ("articles", "revisions"):
            conn.execute(
                f"update {table} set text = text || char(10) || 'Lượt xem: 12', extractor = '0+old'"
            )
    conn.close()
    shown = scrapy("reextract", "--dry-run", archive=archive)
    assert "ha_noi\ttext\t30" in shown.stdout and "Lượt xem" in shown.stdout
    assert scrapy("reextract", archive=archive).returncode == 0
    after = contents(archive)
    assert after["articles"] == whole["articles"]
    assert rows(archive, "select count(*) from edited_articles") == [(0,)]
    assert rows(archive, "select distinct extractor <> '0+old' from articles") == [(1,)]

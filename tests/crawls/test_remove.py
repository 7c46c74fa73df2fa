"""Removal on request: nothing of the text is left, and no crawl brings it back."""

from __future__ import annotations

from samples.portals import SITES
from samples.warc import write_warc
from tests.scrapy_command import rows, scrapy


def test_remove(tmp_path):
    site = SITES["vinh_phuc"]()
    warc, archive = tmp_path / "samples.warc.gz", tmp_path / "archive.db"
    write_warc(warc, [site])
    replay = ("-s", f"REPLAY_WARC={warc}")
    assert scrapy("crawl", "vinh_phuc", *replay, archive=archive).returncode == 0
    url, title = rows(archive, "select url, title from articles order by id limit 1")[0]
    assert scrapy("remove", url, archive=archive).returncode == 2
    assert scrapy("remove", url + "0", "--reason", "x", archive=archive).returncode == 1
    done = scrapy("remove", url, "--reason", "Theo yêu cầu của tác giả", archive=archive)
    assert done.returncode == 0, done.stderr
    assert rows(archive, "select url, reason from removals") == [(url, "Theo yêu cầu của tác giả")]
    assert title.encode() not in archive.read_bytes()
    assert rows(archive, "select count(*) from articles") == [(17,)]
    for _ in range(2):
        again = scrapy("crawl", "vinh_phuc", *replay, "-a", "deep=1", archive=archive)
        assert again.returncode == 0, again.stderr
        assert scrapy("backfill", "vinh_phuc", "--warc", warc, archive=archive).returncode == 0
        assert rows(archive, "select count(*) from articles") == [(17,)]
        assert rows(
            archive, "select count(*) from articles_fts where articles_fts match ?", f'"{title}"'
        ) == [(0,)]
    assert rows(archive, "pragma foreign_key_check") == []

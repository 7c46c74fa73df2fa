"""Removal on request: nothing of the text is left, and nothing brings it back."""

from __future__ import annotations

import sqlite3

from samples.portals import SITES
from samples.warc import write_warc
from tests.scrapy_command import rows, scrapy


def everything(archive):
    """Every byte of the archive's files and every value of its tables."""
    files = b"".join(path.read_bytes() for path in archive.parent.glob(f"{archive.name}*"))
    with sqlite3.connect(archive) as conn:
        dump = "\n".join(conn.iterdump())
    conn.close()
    return files, dump


def test_remove(tmp_path):
    site = SITES["vinh_phuc"]()
    warc, archive = tmp_path / "samples.warc.gz", tmp_path / "archive.db"
    write_warc(warc, [site])
    replay = ("-s", f"REPLAY_WARC={warc}")
    assert scrapy("crawl", "vinh_phuc", *replay, archive=archive).returncode == 0
    url, title, text = rows(archive, "select url, title, text from articles order by id limit 1")[0]
    others = "\n".join(
        other for (other,) in rows(archive, "select text from articles where url <> ?", url)
    )
    line = max((line for line in text.split("\n") if line not in others), key=len)
    with sqlite3.connect(archive) as conn:  # as an alarm of a run would quote it
        portal = conn.execute("select portal from articles where url = ?", (url,)).fetchone()[0]
        conn.execute(
            "insert into issues(url, seen_at, reason, portal, detail) values (?, '2025', 'x', ?, ?)",
            (url, portal, title),
        )
    conn.close()
    assert scrapy("remove", url, archive=archive).returncode == 2
    assert scrapy("remove", url + "0", "--reason", "x", archive=archive).returncode == 1
    spelt = url.replace("http://", "HTTPS://").replace("vinhphuc", "VinhPhuc")
    done = scrapy("remove", spelt, "--reason", "Theo yêu cầu của tác giả", archive=archive)
    assert done.returncode == 0, done.stderr
    again = scrapy("remove", url, "--reason", "lần nữa", archive=archive)
    assert again.returncode == 1 and "Traceback" not in again.stderr
    assert rows(archive, "select reason from removals") == [("Theo yêu cầu của tác giả",)]
    files, dump = everything(archive)
    for words in (title, line):
        assert words.encode() not in files and words not in dump
    # The crawl, the captures, the same captures under another address, and reading anew.
    moved = SITES["vinh_phuc"]()
    moved.scheme = "http"
    elsewhere = tmp_path / "elsewhere.warc.gz"
    write_warc(elsewhere, [moved])
    for arguments in (
        ("crawl", "vinh_phuc", *replay, "-a", "deep=1"),
        ("backfill", "vinh_phuc", "--warc", warc),
        ("backfill", "vinh_phuc", "--warc", elsewhere),
        ("reextract",),
    ):
        done = scrapy(*arguments, archive=archive)
        assert done.returncode == 0, done.stderr
        assert rows(archive, "select count(*) from articles") == [(17,)]
        files, dump = everything(archive)
        for words in (title, line):
            assert words not in dump, arguments
    assert rows(
        archive, "select count(*) from articles_fts where articles_fts match ?", f'"{title}"'
    ) == [(0,)]
    assert rows(archive, "select count(*) from captures where url = ?", url) == [(0,)]
    assert rows(archive, "pragma foreign_key_check") == []

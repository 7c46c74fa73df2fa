"""Wrong use gets a sentence in two languages and an exit code, never a traceback."""

from __future__ import annotations

import sqlite3

import pytest

from samples.portals import SITES
from samples.warc import write_warc
from tests.scrapy_command import scrapy


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wrong")
    write_warc(folder / "good.warc.gz", [SITES["vinh_phuc"]()])
    whole = (folder / "good.warc.gz").read_bytes()
    (folder / "cut.warc.gz").write_bytes(whole[: len(whole) * 2 // 3])
    (folder / "text.warc.gz").write_text("no archive at all")
    with sqlite3.connect(folder / "foreign.db") as conn:
        conn.execute("create table recipes (name text)")
    conn.close()
    (folder / "broken.db").write_bytes(b"SQLite format 3\0" + b"\xff" * 4096)
    (folder / "folder.db").mkdir()
    return folder


CASES = [
    (["crawl"], 2, "scrapy list"),
    (["crawl", "yen_bay"], 2, "yen_bai"),
    (["crawl", "yen_bai", "-a", "since=yesterday"], 2, "YYYY-MM-DD"),
    (["crawl", "yen_bai", "-a", "max_pages=many"], 2, "max_pages"),
    (["crawl", "yen_bai", "-a", "colour=red"], 2, "colour"),
    (["crawl", "portal"], 2, "url"),
    (["crawl", "portal", "-a", "url=notanaddress"], 2, "url"),
    (["crawl", "portal", "-a", "url=https://a.vn/", "-a", "platform=geocities"], 2, "platform"),
    (["crawl", "vinh_phuc", "-s", "REPLAY_WARC={}/none.warc.gz"], 2, "none.warc.gz"),
    (["crawl", "vinh_phuc", "-s", "REPLAY_WARC={}/cut.warc.gz"], 2, "cut.warc.gz"),
    (["crawl", "vinh_phuc", "-s", "REPLAY_WARC={}/text.warc.gz"], 2, "text.warc.gz"),
    (["crawl", "vinh_phuc", "-s", "REPLAY_WARC={}/good.warc.gz", "-s", "ARCHIVE_DB={}/foreign.db"], 74, "foreign.db"),
    (["crawl", "vinh_phuc", "-s", "REPLAY_WARC={}/good.warc.gz", "-s", "ARCHIVE_DB={}/broken.db"], 74, "broken.db"),
    (["crawl", "vinh_phuc", "-s", "REPLAY_WARC={}/good.warc.gz", "-s", "ARCHIVE_DB={}/folder.db"], 74, "folder.db"),
    (["crawl", "vinh_phuc", "-s", "REPLAY_WARC={}/good.warc.gz", "-s", "ARCHIVE_DB=/proc/nowhere/a.db"], 74, "/proc/nowhere"),
    (["extract"], 2, "--warc"),
    (["extract", "--warc", "{}/none.warc.gz"], 2, "none.warc.gz"),
    (["extract", "--warc", "{}/cut.warc.gz"], 2, "cut.warc.gz"),
    (["extract", "--html", "{}/none.html", "--url", "https://a.vn/"], 2, "none.html"),
    (["extract", "--warc", "{}/good.warc.gz", "--portal", "nowhere"], 2, "nowhere"),
    (["nightly", "yen_bay"], 2, "yen_bai"),
    (["backfill", "vinh_phuc"], 2, "--warc"),
    (["reextract", "-s", "ARCHIVE_DB={}/nothing.db"], 74, "nothing.db"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "code", "said"), CASES, ids=[" ".join(c[0]) for c in CASES])
def test_wrong_use(place, arguments, code, said, tmp_path):
    words = [word.format(place) for word in arguments]
    if not any("ARCHIVE_DB" in word for word in words):
        words += ["-s", f"ARCHIVE_DB={tmp_path / 'archive.db'}", "-s", f"CAPTURES_DIR={tmp_path}/c"]
    done = scrapy(*words)
    assert "Traceback" not in done.stderr + done.stdout
    assert said in done.stderr
    assert done.returncode == code


def test_a_stranger_s_database_is_left_as_it_was(place):
    before = (place / "foreign.db").read_bytes()
    scrapy(
        "crawl",
        "vinh_phuc",
        "-s",
        f"REPLAY_WARC={place}/good.warc.gz",
        "-s",
        f"ARCHIVE_DB={place}/foreign.db",
    )
    assert (place / "foreign.db").read_bytes() == before

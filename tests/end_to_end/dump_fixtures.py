"""What the tests of publishing share: an archive to publish, and ways to look at a dump."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from argparse import Namespace

import zstandard
from scrapy.settings import Settings

from crawler.commands.publish import Command
from crawler.dump.contents import PublishOptions
from crawler.dump.gate import Minimum
from samples.portals import SITES
from samples.warc import write_warc
from tests.conftest import ROOT
from tests.scrapy_command import scrapy

WISH = PublishOptions(Minimum(), 7, "who@example.org", ROOT / "metadata.yml")


def crawl(folder, archive, count):
    warc = folder / f"{count}.warc.gz"
    write_warc(warc, [SITES["ha_noi"](count)])
    done = scrapy("crawl", "ha_noi", "-s", f"REPLAY_WARC={warc}", "-a", "deep=1", archive=archive)
    assert done.returncode in (0, 1), done.stderr  # a grown site may miss articles it had


def published(out):
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.iterdir()
        if path.is_file()
    }


def latest_of(out):
    return json.loads((out / "latest.json").read_text())


def dump_of(out):
    return out / latest_of(out)["database"]


def copy_of(archive, target):
    """The archive as one file, its WAL included."""
    with sqlite3.connect(archive) as source, sqlite3.connect(target) as copy:
        source.backup(copy)
    source.close()
    copy.close()
    return target


def change(archive, sql):
    with sqlite3.connect(archive, isolation_level=None) as conn:
        conn.execute("pragma foreign_keys = off")
        conn.executescript(sql)
    conn.close()


def unpacked(path):
    return zstandard.ZstdDecompressor().stream_reader(path.read_bytes()).read()


def publish_here(archive, out, capsys):
    """`scrapy publish` in this process: its exit code, and what it says of what is wrong."""
    asked = Command()
    asked.settings = Settings(
        {
            "ARCHIVE_DB": str(archive),
            "CONTACT": "x",
            "PUBLIC_ADDRESS": "",
            "CAPTURES_DIR": "captures",
        }
    )
    asked.run(
        [],
        Namespace(
            out=str(out),
            min_articles=1,
            may_lose=0,
            keep=7,
            address=None,
            no_captures=False,
            site=None,
        ),
    )
    return asked.exitcode, capsys.readouterr().err

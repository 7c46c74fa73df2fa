"""Removal reaches the files of captures: no byte of the article or its files is left in them, killed or not."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from crawler.captures import RecordPlace, Scan, check_warc, read_capture
from samples.carried import furnish
from tests.conftest import ROOT
from tests.end_to_end.file_portal import DOCUMENT, jpeg, pdf, portal
from tests.scrapy_command import command, rows, scrapy

NAMED = ("-s", "SPIDER_MODULES=samples.spiders")


def held(folder: Path) -> dict[str, set[str]]:
    """All that files of captures hold: addresses with the hashes of what was answered."""
    found: dict[str, set[str]] = {}
    for path in folder.glob("*.warc.gz"):
        check_warc(path)
        for record in Scan(path):
            body = b"" if record.revisit else read_capture(record.place).body
            found.setdefault(record.place.url, set()).add(sha256(body).hexdigest())
    return found


def all_lead_right(archive: Path) -> int:
    """Read every look's record back; returns how many those were."""
    looks = rows(
        archive,
        "select url, fetched_at, warc, offset, digest from captures where warc is not null "
        "and digest is not null and outcome = 'ok'",
    )
    for url, at, warc, offset, digest in looks:
        path = archive.parent / "captures" / warc
        if any(record.revisit for record in Scan(path) if record.place.offset == offset):
            continue
        page = read_capture(RecordPlace(path, offset, url, at))
        assert sha256(page.body).hexdigest() == digest
    return len(looks)


def made(folder: Path):
    """A night of a sample portal; the article that will go, and the hashes of its page and file."""
    own, shared = pdf("Ban rieng zuvaxo"), jpeg()
    site = portal(folder)
    one = site.__enter__()
    furnish(one.site)
    one.site.add_file(DOCUMENT, own, "application/pdf")
    for article in one.site.articles:
        for address in article.images:
            one.site.add_file(address, shared, "image/jpeg")
    assert one.night().returncode == 0
    url = rows(one.archive, "select articles.url from articles join attachments on article = id where attachments.url like ?", f"%{DOCUMENT}")[0][0]  # fmt: skip
    digests = {
        digest
        for (digest,) in rows(
            one.archive,
            "select digest from captures where article = (select id from articles where url = ?) "
            "union select ?",
            url, sha256(own).hexdigest(),
        )
    }  # fmt: skip
    site.__exit__(None, None, None)
    return one, url, digests


def remove(one, url: str):
    return scrapy(
        "remove", url, "--reason", "asked", *NAMED, archive=one.archive,
        SAMPLE_PORTALS=str(one.described),
    )  # fmt: skip


def test_nothing_is_left_and_all_else_leads_right(tmp_path):
    one, url, digests = made(tmp_path)
    captures = tmp_path / "captures"
    sizes = {path.name: path.stat().st_size for path in captures.iterdir()}
    before = held(captures)
    assert digests <= set().union(*before.values())
    done = remove(one, url)
    assert done.returncode == 0, done.stderr
    assert "2 records taken out" in done.stdout or "4 records taken out" in done.stdout, done.stdout
    after = held(captures)
    assert not digests & set().union(*after.values())
    assert url not in after and not any(address.endswith(DOCUMENT) for address in after)
    assert set(before) - set(after) == {url, *(a for a in before if a.endswith(DOCUMENT))}
    assert all(before[address] == after[address] for address in after)
    assert {path.name: path.stat().st_size for path in captures.iterdir()} == sizes
    assert all_lead_right(one.archive) > 20
    assert rows(one.archive, "select count(*) from _redactions") == [(0,)]
    # A picture that another article carries stays, and so does its record.
    assert rows(one.archive, "select count(*) from files where type = 'image/jpeg'") == [(1,)]
    named = {"SAMPLE_PORTALS": str(one.described)}
    for arguments in (("reextract",), ("read-files", "--again"), ("health", "--verify")):
        done = scrapy(*arguments, *NAMED, archive=one.archive, **named)
        assert done.returncode == 0, (arguments, done.stdout, done.stderr)
    assert scrapy("record", url, *NAMED, archive=one.archive, **named).returncode == 1
    other = rows(one.archive, "select url from articles limit 1")[0][0]
    assert scrapy("record", other, *NAMED, archive=one.archive, **named).returncode == 0
    # Made anew out of the captures alone: as if the article had never been.
    fresh = tmp_path / "fresh" / "archive.db"
    fresh.parent.mkdir()
    warcs = [
        word for path in sorted(captures.glob("sample-2*.warc.gz")) for word in ("--warc", path)
    ]
    done = scrapy("backfill", "sample", *warcs, *NAMED, archive=fresh, **named)
    assert done.returncode == 0, done.stderr
    assert rows(fresh, "select count(*) from articles") == [(11,)]
    assert not rows(fresh, "select 1 from articles where url = ?", url)


# Where a removal is killed: a function of the program and whether it has done its work by then.
MOMENTS = [
    ("crawler.archive.articles.removal.forget", "before"),
    ("crawler.run.removal.unfinished", "before"),
    ("crawler.run.removal.owed", "before"),
    ("crawler.captures.redaction.shutil.copystat", "before"),
    ("crawler.captures.redaction.tombstone", "after"),
    ("crawler.captures.redaction.sync", "before"),
    ("crawler.run.removal.settle", "before"),
    ("crawler.run.removal.end_removals", "before"),
    ("crawler.run.removal.snapshots_of", "before"),
]
KILLED = """
import os, signal, sys
from importlib import import_module
from unittest import mock

where, when, *words = sys.argv[1:]
module, _, name = where.rpartition(".")
if module.endswith("shutil"):
    import shutil as place
else:
    place = import_module(module)
true = getattr(place, name)

def killed(*args, **kwargs):
    if when == "after":
        true(*args, **kwargs)
    os.kill(os.getpid(), signal.SIGKILL)

# What is looked for first is asked before anything was removed.
calls = [0]
def second(*args, **kwargs):
    calls[0] += 1
    return true(*args, **kwargs) if calls[0] == 1 else killed()

with mock.patch.object(place, name, second if name == "unfinished" else killed):
    from scrapy.cmdline import execute
    execute(["scrapy", *words])
"""


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    return folder, *made(folder)


@pytest.mark.parametrize(("where", "when"), MOMENTS)
def test_what_a_kill_left_of_a_removal_is_finished(tmp_path, whole, where, when):
    folder, one, url, digests = whole
    clean = tmp_path / "clean"
    shutil.copytree(folder, clean)
    archive, named = clean / "archive.db", {"SAMPLE_PORTALS": str(one.described)}
    words = command("remove", url, "--reason", "asked", *NAMED, archive=archive)[3:]
    done = subprocess.run(
        [sys.executable, "-c", KILLED, where, when, *words],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), **named}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr
    is_in = bool(rows(archive, "select 1 from articles where url = ?", url))
    assert is_in == (where == "crawler.archive.articles.removal.forget")
    assert all_lead_right(archive) > 20
    if MOMENTS.index((where, when)) % 2 or is_in:
        done = scrapy("remove", url, "--reason", "asked", *NAMED, archive=archive, **named)
        assert done.returncode == (0 if is_in else 1), done.stderr
    else:  # whoever opens the archive for a run does the rest
        done = scrapy("reextract", *NAMED, archive=archive, **named)
        assert done.returncode in (0, 1), done.stderr
    assert rows(archive, "select count(*) from _redactions") == [(0,)]
    assert not digests & set().union(*held(clean / "captures").values())
    assert not [path for path in (clean / "captures").iterdir() if path.name.startswith(".")]
    assert all_lead_right(archive) > 20


def test_files_that_are_not_ours_are_named_and_left(tmp_path):
    one, url, _ = made(tmp_path)
    outside = tmp_path / "others"
    outside.mkdir()
    page = next((tmp_path / "captures").glob("sample-2*.warc.gz"))
    moved = outside / page.name
    shutil.move(page, moved)
    with sqlite3.connect(one.archive) as conn:
        conn.execute("update _warcs set path = ? where name = ?", (str(moved), page.name))
    conn.close()
    before = moved.read_bytes()
    done = remove(one, url)
    assert done.returncode == 0 and str(moved) in done.stdout
    assert moved.read_bytes() == before
    assert rows(one.archive, "select count(*) from _redactions") == [(1,)]
    # Back in the folder, the next removal takes them out.
    shutil.move(moved, page)
    with sqlite3.connect(one.archive) as conn:
        conn.execute("update _warcs set path = ? where name = ?", (page.name, page.name))
    conn.close()
    second = rows(one.archive, "select url from articles limit 1")[0][0]
    assert remove(one, second).returncode == 0
    assert url not in held(tmp_path / "captures")
    assert rows(one.archive, "select count(*) from _redactions") == [(0,)]


@pytest.mark.parametrize("left", ["row", "record"])
def test_records_that_no_row_points_at_go_too(tmp_path, left):
    """A night that was killed has written records before their rows."""
    one, url, digests = made(tmp_path)
    if left == "record":
        with sqlite3.connect(one.archive) as conn:
            conn.execute("pragma foreign_keys = off")
            conn.execute("delete from captures where url like ?", (f"%{DOCUMENT}",))
        conn.close()
    done = remove(one, url)
    assert done.returncode == 0, done.stderr
    assert not digests & set().union(*held(tmp_path / "captures").values())
    assert rows(one.archive, "pragma foreign_key_check") == []

"""An archive that is moved, damaged and got back: nothing is lost that a capture still holds."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crawler.archive.database import Archive, ArchiveError
from crawler.archive.snapshots import look_at, snapshots_of
from tests.end_to_end.simulated_portal import Living, Nights
from tests.scrapy_command import contents, rows, scrapy

SITE = "mau"
ARTICLES = 15  # on the two nights


class Machine:
    """A folder with an archive, its captures and its snapshots, and the commands run there."""

    def __init__(self, folder: Path, told: Path) -> None:
        self.archive, self._told = folder / "archive.db", told

    def scrapy(self, *words, archive: Path | None = None):
        return scrapy(
            *words, "-s", "SPIDER_MODULES=samples.spiders", archive=archive or self.archive,
            SAMPLE_PORTALS=str(self._told), KHCN_CONTACT="https://example.org/",
        )  # fmt: skip


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    """Two nights of one portal."""
    folder = tmp_path_factory.mktemp("lived")
    with Nights([Living(SITE, 12)], folder) as nights:
        assert nights.visit().returncode == 0
        nights.portals[SITE].publish(nights.today, 3)
        assert nights.visit().returncode == 0
        yield folder


@pytest.fixture
def copy(lived, tmp_path):
    """The folder as it is after it was copied to another machine: the old place is not there."""
    moved = tmp_path / "elsewhere"
    shutil.copytree(lived, moved)
    return Machine(moved, lived / "portals.json")


def read_anew(said: str) -> int:
    """How many captures `reextract` read, when it missed none of them."""
    found = re.search(r"(\d+) captures read anew: \d+ values change; 0 captures have no file", said)
    return int(found[1]) if found else 0


def test_captures_are_found_wherever_the_folder_goes(copy):
    paths = rows(copy.archive, "select path from _warcs")
    assert paths and not any(path.startswith("/") for (path,) in paths)
    done = copy.scrapy("reextract", "--dry-run")
    assert read_anew(done.stdout) >= ARTICLES and done.returncode == 0, done.stdout


def test_paths_of_earlier_releases_follow(copy):
    archive = copy.archive
    with closing(sqlite3.connect(archive)) as conn:
        conn.execute("update _warcs set path = '/nowhere/captures/' || name")
        conn.commit()
    assert read_anew(copy.scrapy("reextract", "--dry-run").stdout) >= ARTICLES
    assert copy.scrapy("reextract").returncode == 0
    assert not rows(archive, "select path from _warcs where path like '/%'")


def test_each_night_leaves_a_snapshot_and_few_are_kept(copy):
    archive = copy.archive
    assert len(snapshots_of(archive)) == 2
    for path in snapshots_of(archive):
        assert not look_at(path).is_dump
    for keep, left in ((2, 2), (0, 2), (1, 1)):
        words = ("nightly", SITE, "-s", f"SNAPSHOTS={keep}", "-a", "max_pages=1")
        copy.scrapy(*words, "-s", "PRIVATE_HOSTS_ALLOWED=127.0.1.1:1")
        assert len(snapshots_of(archive)) == left


def test_a_copy_that_was_cut_off_does_not_stay(copy):
    """Killed while the snapshot was written, night after night: the disk does not fill up."""
    for name in (
        "archive-2025-06-19T151000000Z.part",
        "archive-2025-06-19T151000000Z.part-journal",
    ):
        (copy.archive.parent / "snapshots" / name).write_bytes(b"half")
    words = ("nightly", SITE, "-a", "max_pages=1", "-s", "PRIVATE_HOSTS_ALLOWED=127.0.1.1:1")
    copy.scrapy(*words)
    left = [path.name for path in (copy.archive.parent / "snapshots").iterdir()]
    assert len(left) == 3 and not [name for name in left if ".part" in name]


def spoil(archive, how):
    archive.with_name("archive.db-wal").unlink(missing_ok=True)
    archive.with_name("archive.db-shm").unlink(missing_ok=True)
    if how == "empty":
        archive.write_bytes(b"")
    elif how == "gone":
        archive.unlink()
    elif how == "text":
        archive.write_text("hello " * 5000)
    elif how == "cut":
        archive.write_bytes(archive.read_bytes()[: archive.stat().st_size // 3])
    else:
        content = bytearray(archive.read_bytes())
        for page in range(2, len(content) // 4096, 3):
            content[4096 * page : 4096 * page + 600] = b"\xff" * 600
        archive.write_bytes(content)


COMMANDS = (
    ("health",), ("health", "--verify"), ("reextract",), ("reextract", "--dry-run"),
    ("nightly", SITE), ("crawl", SITE), ("publish",), ("merge", "{}"),
    ("remove", "https://a.vn/", "--reason", "x"), ("health", "--accept", SITE),
)  # fmt: skip


LONG = pytest.mark.long


@pytest.mark.parametrize(
    "how", ["empty", "pages", *(pytest.param(how, marks=LONG) for how in ("gone", "text", "cut"))]
)
def test_a_damaged_archive_is_a_sentence_and_comes_back(copy, how):
    archive = copy.archive
    whole = contents(archive)
    spoil(archive, how)
    for words in COMMANDS:
        said = [word.format(archive) for word in words]
        if words[0] == "publish":
            said += ["--out", copy.archive.parent / "dist"]
        where = copy.archive.parent / "other.db" if words[0] == "merge" else archive
        done = copy.scrapy(*said, archive=where)
        assert done.returncode in (74, 1 if words[0] in ("publish", "merge") else 74), done.stderr
        assert "Traceback" not in done.stderr and done.stderr.strip(), said
    done = copy.scrapy("restore")
    assert done.returncode == 0, done.stderr
    assert contents(archive) == whole
    assert copy.scrapy("health", "--verify", "-q").returncode in (0, 1)
    if how != "gone":
        assert len(list(copy.archive.parent.glob("archive.db.before-*Z"))) == 1, (
            "nothing is thrown away"
        )


def test_the_captures_since_the_last_snapshot_are_read(copy):
    archive = copy.archive
    whole = contents(archive)
    newest, oldest = snapshots_of(archive)
    newest.unlink()
    assert rows(oldest, "select count(*) from articles") == [(12,)]
    done = copy.scrapy("restore")
    assert done.returncode == 0, done.stderr
    assert contents(archive) == whole and len(whole["articles"]) == ARTICLES
    assert copy.scrapy("restore", "-q").stdout == ""


def test_a_dump_becomes_a_working_archive(copy, tmp_path):
    archive, dist = copy.archive, copy.archive.parent / "dist"
    assert copy.scrapy("publish", "--out", dist).returncode == 0
    before = contents(archive)
    shutil.copy(dist / "archive.db", archive)
    with pytest.raises(ArchiveError, match="scrapy restore"):
        Archive.open(archive)
    shutil.rmtree(copy.archive.parent / "snapshots")
    done = copy.scrapy("restore", "--dumps", dist)
    assert done.returncode == 0, done.stderr
    assert contents(archive) == before
    found = rows(archive, "select count(*) from articles_fts where articles_fts match 'khoa hoc'")
    assert found[0][0] > 0
    done = copy.scrapy("reextract", "--dry-run")
    assert read_anew(done.stdout) >= ARTICLES
    again = copy.scrapy("nightly", SITE, "-s", "PRIVATE_HOSTS_ALLOWED=127.0.1.1:1")
    assert "Traceback" not in again.stderr and again.returncode == 1  # nobody answers there
    assert rows(archive, "select count(*) from articles") == [(ARTICLES,)]


def test_a_snapshot_of_a_wrong_clock_is_none(copy):
    archive = copy.archive
    newest = snapshots_of(archive)[0]
    with closing(sqlite3.connect(newest)) as conn:
        conn.execute("update runs set started_at = '2999-01-01T00:00:00.000Z'")
        conn.commit()
    newest.rename(newest.with_name("archive-2999-01-01T000000000Z.db"))
    capture = next((copy.archive.parent / "captures").glob("*.warc.gz"))
    shutil.copy(capture, copy.archive.parent / "captures" / f"{SITE}-2999-01-01T000000000Z.warc.gz")
    done = copy.scrapy("restore")
    assert done.returncode == 0 and "2999" in done.stdout
    assert rows(archive, "select count(*) from runs where started_at > '2900'") == [(0,)]


def test_restore_without_anything_to_restore_from(tmp_path):
    done = scrapy("restore", "--dumps", tmp_path / "none", archive=tmp_path / "archive.db")
    assert done.returncode == 74 and "Traceback" not in done.stderr

"""A disk that fills up at any byte: a sentence, exit code 74, nothing lost, nothing half."""

from __future__ import annotations

import os
import random
import resource
import subprocess
from pathlib import Path
from typing import Self

import pytest

from crawler.captures import check_warc
from samples.portals import SITES
from samples.server import serve
from samples.warc import write_warc
from tests.conftest import ROOT
from tests.end_to_end.test_killed import torn, unreadable
from tests.scrapy_command import command, public, rows, scrapy

SITE = "vinh_phuc"
SIZES = [3, pytest.param(20, marks=pytest.mark.long)]


class Disk:
    """A small disk of its own where mounting is permitted; else a limit on the size of a file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.mounted = False

    def __enter__(self) -> Self:
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", self.folder],
            capture_output=True, check=False,
        )  # fmt: skip
        self.mounted = done.returncode == 0
        return self

    def __exit__(self, *error: object) -> None:
        if self.mounted:
            subprocess.run(["umount", "-l", self.folder], check=True)

    def run(self, size: int, arguments, archive: Path, **settings: Path):
        """Run a command with so many bytes of room."""
        words = command(*arguments, "-s", "LEAST_FREE_BYTES=0", archive=archive)
        for name, value in settings.items():
            words += ["-s", f"{name}={value}"]
        self.resize(size)
        limit = None if self.mounted else lambda: resource.setrlimit(
            resource.RLIMIT_FSIZE, (size, size)
        )  # fmt: skip
        return subprocess.run(
            words, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True, text=True, timeout=240, check=False, preexec_fn=limit,
        )  # fmt: skip

    def resize(self, size: int) -> None:
        if self.mounted:
            pages = -(-size // 4096)
            subprocess.run(["mount", "-o", f"remount,size={pages * 4096}", self.folder], check=True)


@pytest.fixture
def disk(tmp_path):
    with Disk(tmp_path / "disk") as disk:
        yield disk


def empty(folder):
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("what", ["crawl", "backfill"])
def test_the_archive_s_disk(disk, tmp_path, what, sizes):
    warc, whole = tmp_path / "samples.warc.gz", tmp_path / "whole.db"
    write_warc(warc, [SITES[SITE](40)])
    arguments = {
        "crawl": ("crawl", SITE, "-s", f"REPLAY_WARC={warc}"),
        "backfill": ("backfill", SITE, "--warc", warc),
    }[what]
    assert scrapy(*arguments, archive=whole).returncode == 0
    expected, archive = public(whole), disk.folder / "archive.db"
    chance, full = random.Random(what), 0
    for _ in range(sizes):
        empty(disk.folder)
        size = chance.randrange(8_192, 3 * whole.stat().st_size)
        done = disk.run(size, arguments, archive)
        assert done.returncode in (0, 74), done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        full += done.returncode == 74
        disk.resize(64 * 2**20)
        if done.returncode == 74:
            assert "could not be written" in done.stderr or "Cannot" in done.stderr, done.stderr
        if archive.exists() and archive.stat().st_size:
            assert rows(archive, "pragma integrity_check") == [("ok",)]
            assert not torn(archive)
        again = disk.run(64 * 2**20, arguments, archive)
        assert again.returncode == 0, again.stderr
        assert public(archive) == expected
    assert full


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("sizes", SIZES)
def test_the_captures_disk(disk, tmp_path, sizes):
    """What could not be kept was not seen: the page is asked for again, when there is room."""
    site = SITES[SITE](12)
    captures, chance, full = disk.folder / "captures", random.Random(7), 0
    with serve(site) as served:
        host = served.url.partition("://")[2]
        arguments = (
            "crawl", "portal", "-a", f"url={served.url}{site.start}",
            "-s", f"PRIVATE_HOSTS_ALLOWED={host}", "-s", "DOWNLOAD_DELAY=0",
            "-s", "AUTOTHROTTLE_ENABLED=False",
        )  # fmt: skip
        for number in range(sizes):
            empty(disk.folder)
            archive = tmp_path / f"{number}.db"
            size = chance.randrange(600, 60_000)
            if not disk.mounted:
                pytest.skip("a limit on files would hit the archive as well")
            done = disk.run(size, arguments, archive, CAPTURES_DIR=captures)
            assert done.returncode in (0, 74), done.stderr
            assert "Traceback" not in done.stderr, done.stderr
            full += done.returncode == 74
            kept = rows(archive, "select count(*) from captures where warc is null")
            assert kept == [(0,)]  # no look without its record
            for path in captures.glob("*.warc.gz"):
                if path.stat().st_size:
                    check_warc(path)
            again = disk.run(64 * 2**20, arguments, archive, CAPTURES_DIR=captures)
            assert again.returncode == 0, again.stderr
            assert rows(archive, "select count(*) from articles") == [(12,)]
            assert not unreadable(archive, captures)
    assert full

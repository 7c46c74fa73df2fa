"""A crawl that is killed anywhere goes on where it was, and ends as one that never stopped."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from samples.portals import SITES
from samples.warc import write_warc
from tests.conftest import ROOT
from tests.scrapy_command import command, contents, rows, scrapy

SITE = "vinh_phuc"


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    warc = folder / "samples.warc.gz"
    write_warc(warc, [SITES[SITE](60)])
    began = time.monotonic()
    done = scrapy("crawl", SITE, "-s", f"REPLAY_WARC={warc}", archive=folder / "archive.db")
    assert done.returncode == 0, done.stderr
    return warc, contents(folder / "archive.db"), time.monotonic() - began


@pytest.mark.parametrize("kills", [6, pytest.param(100, marks=pytest.mark.long)])
def test_killed_and_resumed(uninterrupted, tmp_path, kills):
    warc, whole, seconds = uninterrupted
    archive = tmp_path / "archive.db"
    chance = random.Random(kills)
    killed = 0
    for _ in range(kills * 3):
        if killed == kills:
            break
        if _killed_after(chance.uniform(0.35, 1.1) * seconds, warc, archive):
            killed += 1
        elif archive.exists() and not _pending(archive):
            # It was done before it could be killed: the next kills hit a new crawl.
            assert contents(archive) == whole
            archive.unlink()
            for rest in archive.parent.glob("archive.db-*"):
                rest.unlink()
    done = scrapy("crawl", SITE, "-s", f"REPLAY_WARC={warc}", archive=archive)
    assert done.returncode == 0, done.stderr
    assert killed == kills
    assert contents(archive) == whole
    assert rows(archive, "pragma integrity_check") == [("ok",)]


def _killed_after(seconds: float, warc: Path, archive: Path) -> bool:
    process = subprocess.Popen(
        command("crawl", SITE, "-s", f"REPLAY_WARC={warc}", archive=archive),
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def _pending(archive: Path) -> int:
    return rows(archive, "select count(*) from _frontier where state = 'pending'")[0][0]

"""Whatever happens while publishing, `latest.json` leads to a whole dump; old dumps go in order."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from random import Random

from crawler.clock import now
from crawler.dump import folder as folder_of_dumps
from crawler.dump.contents import PublishOptions
from crawler.dump.gate import Minimum
from crawler.dump.publish import publish
from tests.conftest import ROOT
from tests.end_to_end.dump_fixtures import (
    WISH,
    change,
    copy_of,
    dump_of,
    latest_of,
    publish_here,
    published,
)
from tests.scrapy_command import rows


def usable(out):
    """Whether `latest.json` leads to files that are what it says; how many articles they hold."""
    latest = latest_of(out)
    found = published(out)
    assert all(found[name] == digest for name, digest in latest["sha256"].items())
    for line in (out / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert found[name] == digest
    assert rows(out / "archive.db", "select count(*) from articles")[0][0] > 0
    return latest["articles"]


class CrashError(BaseException):
    pass


def test_a_crash_between_any_two_moves_leaves_a_whole_dump(dumps, tmp_path, monkeypatch):
    archive, _, yesterday = dumps
    move = folder_of_dumps._replace
    at = 0
    while True:
        dist = tmp_path / f"{at}"
        shutil.copytree(yesterday, dist, symlinks=True)
        moved = []

        def crashing(source, target, moved=moved, at=at):
            if len(moved) == at:
                raise CrashError
            moved.append(target)
            move(source, target)

        monkeypatch.setattr(folder_of_dumps, "_replace", crashing)
        try:
            publish(archive, dist, WISH, now=now())
            break
        except CrashError:
            pass
        assert usable(dist) == latest_of(yesterday)["articles"]
        monkeypatch.setattr(folder_of_dumps, "_replace", move)
        publish(archive, dist, WISH, now=now())
        assert usable(dist) == rows(archive, "select count(*) from articles")[0][0]
        assert len(list(dist.glob("archive-*.db"))) == 2  # what was moved is taken up again
        shutil.rmtree(dist)
        at += 1
    assert at >= 18


PUBLISHING = """
import sys
from pathlib import Path
from crawler.dump.gate import Minimum
from crawler.dump.contents import PublishOptions
from crawler.dump.publish import publish

print("ready", flush=True)
wish = PublishOptions(Minimum(), 7, "who@example.org", Path("metadata.yml"))
publish(Path(sys.argv[1]), Path(sys.argv[2]), wish, now="2099-01-01T00:00:00Z")
"""


def begin_publishing(archive, out):
    running = subprocess.Popen(
        [sys.executable, "-c", PUBLISHING, str(archive), str(out)],
        cwd=ROOT, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    running.stdout.readline()
    return running, time.monotonic()


def test_killed_at_random_moments(dumps, tmp_path):
    archive, out, yesterday = dumps
    random = Random(5)
    running, began = begin_publishing(archive, tmp_path / "whole")
    assert running.wait() == 0
    running.stdout.close()
    whole = time.monotonic() - began
    dist = tmp_path / "dist"
    shutil.copytree(yesterday, dist, symlinks=True)
    for _ in range(10):
        running, _ = begin_publishing(archive, dist)
        time.sleep(whole * random.random())
        running.send_signal(signal.SIGKILL)
        running.wait()
        running.stdout.close()
        assert usable(dist) in (latest_of(yesterday)["articles"], latest_of(out)["articles"])
    assert publish(archive, dist, WISH, now=now()) is not None
    assert usable(dist) == latest_of(out)["articles"]
    assert dump_of(dist).read_bytes() == dump_of(out).read_bytes()
    assert not (dist / ".work").exists()


def test_only_one_publishes_at_a_time(dumps, tmp_path, capsys):
    archive, _, _ = dumps
    handle = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        code, said = publish_here(archive, tmp_path, capsys)
    finally:
        os.close(handle)
    assert code == 75 and "Another process" in said and not list(tmp_path.iterdir())


def test_the_last_dumps_are_kept_and_no_others(dumps, tmp_path):
    archive, _, _ = dumps
    copy, dist = copy_of(archive, tmp_path / "archive.db"), tmp_path / "dist"
    dist.mkdir()
    (dist / "archive-of-mine.db").write_text("keep")
    wish = PublishOptions(Minimum(), 3, "x", ROOT / "metadata.yml")
    for day in range(1, 7):
        change(copy, f"update runs set started_at = '2025-01-0{day // 2 + 1}T00:0{day}:00Z'")
        assert publish(copy, dist, wish, now=now()).files
    names = sorted(path.name for path in dist.glob("archive-*.db"))
    assert names == ["archive-20250103.db", "archive-20250103_2.db", "archive-20250104.db", "archive-of-mine.db"]  # fmt: skip
    assert {path.name.split("-")[-1].partition(".")[0] for path in dist.glob("delta-*")} == {"20250103", "20250103_2", "20250104"}  # fmt: skip
    assert usable(dist)

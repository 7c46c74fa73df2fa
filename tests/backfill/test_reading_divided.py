"""However the reading is divided, the archive is the same to the row."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import threading
from concurrent.futures import Executor, Future
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

import pytest
from scrapy.settings import Settings

from crawler.archive.articles.reextract import end_progress, progress, set_progress
from crawler.archive.database import Archive
from crawler.backfill.looks import DAMAGED
from crawler.backfill.processes import Processes
from crawler.backfill.reextract import Reextractor
from crawler.commands.reextract import Report
from crawler.extraction_pool import ExtractionPool
from tests.backfill.old_archive import age, build, whole
from tests.scrapy_command import rows, scrapy
from tests.test_extraction_pool import children, fork_servers


class Refusing(Executor):
    """Takes no work: every look is read by itself, as before anything was divided."""

    def submit(self, fn, /, *args, **kwargs):
        raise RuntimeError


class Disordered(Executor):
    """Does what it was given in an order of its own, each a little later than it was asked."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._given: Queue[tuple | None] = Queue()
        self._thread = threading.Thread(target=self._work)
        self._thread.start()

    def submit(self, fn, /, *args, **kwargs):
        future: Future = Future()
        self._given.put((future, fn, args))
        return future

    def _work(self) -> None:
        waiting: list[tuple] = []
        while True:
            if not waiting or (not self._given.empty() and len(waiting) < 6):
                given = self._given.get()
                if given is None:
                    return
                waiting.append(given)
                continue
            future, work, arguments = waiting.pop(self._chance.randrange(len(waiting)))
            future.set_result(work(*arguments))

    def shutdown(self, wait=True, *, cancel_futures=False):
        self._given.put(None)
        self._thread.join()


@dataclass
class Told:
    """What a reading said beside what it wrote."""

    lines: list[str]
    damaged: dict[str, int]
    alone: int
    batches: int


def read_anew(
    archive: Path, executor: Executor, workers: int = 2, *, stop: int = 0, kill=None, **sizes: int
) -> Told:
    """As `scrapy reextract` does it; `stop` ends it after so many batches, like a kill would."""
    settings = Settings(
        {"ARCHIVE_DB": str(archive), "CAPTURES_DIR": str(archive.parent / "captures")}
    )
    settings.setmodule("crawler.settings", priority="default")
    opened, report, batches = Archive.open(archive), Report(), 0
    pool = ExtractionPool(1)
    try:
        reader = Reextractor(settings, opened.conn, pool)
        stamp = reader.stamp()
        after = progress(opened.conn, stamp)
        for together in reader.looks(executor, workers, after, **sizes):
            with opened.transaction() as conn:
                for captured, outcome in together:
                    report.note(conn, captured, outcome)
                    reader.save(conn, captured, outcome)
                set_progress(conn, stamp, together[-1][0].fetched_at, together[-1][0].url)
            batches += 1
            if kill and batches == 1:
                kill()
            if batches == stop:
                break
        else:
            with opened.transaction() as conn:
                end_progress(conn)
        lines = list(report.lines(unreadable=reader.absent))
        damaged = {path.name: count for path, count in reader.damaged.items()}
        return Told(lines, damaged, reader.left_alone, batches)
    finally:
        pool.close()
        opened.close()


@pytest.fixture(scope="module")
def old(tmp_path_factory):
    return build(tmp_path_factory.mktemp("old"))


@pytest.fixture(scope="module")
def undivided(old, tmp_path_factory):
    archive = copied(old, tmp_path_factory.mktemp("undivided"))
    before = whole(archive)
    told = read_anew(archive, Refusing())
    after = whole(archive)
    assert before["articles"] != after["articles"] and before["revisions"] != after["revisions"]
    assert len(after["articles"]) > len(before["articles"])  # refused before
    gone = "select id from articles where status = 'gone'"
    assert rows(archive, gone) == rows(old, gone) != []  # nobody has seen it again
    return told, after


def copied(archive: Path, folder: Path) -> Path:
    shutil.copy(archive, folder / "archive.db")
    with closing(sqlite3.connect(folder / "archive.db")) as conn, conn:
        # Where WARC files lie that were written below the folder of captures.
        conn.execute(
            "update _warcs set path = ? || '/captures/' || path where path not like '/%'",
            (str(archive.parent),),
        )
    return folder / "archive.db"


def is_the_same(told, archive, undivided, *, alone=0):
    expected, after = undivided
    assert (told.lines, told.damaged) == (expected.lines, expected.damaged)
    assert told.alone == alone
    assert whole(archive) == after


@pytest.mark.parametrize(
    ("workers", "window", "most"), [(1, 1_000, 32), (2, 11, 4), (3, 5, 7), (7, 40, 1)]
)
def test_by_so_many_processes(old, undivided, tmp_path, workers, window, most):
    archive = copied(old, tmp_path)
    with Processes(workers) as processes:
        told = read_anew(archive, processes, workers, window=window, most=most)
    is_the_same(told, archive, undivided)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_done_first(old, undivided, tmp_path, seed):
    """Pieces are read while looks at the same articles are being saved."""
    archive, chance = copied(old, tmp_path), random.Random(seed)
    with Disordered(seed) as executor:
        told = read_anew(
            archive, executor, window=chance.randrange(3, 90), most=chance.randrange(1, 9)
        )
    is_the_same(told, archive, undivided)


def test_read_twice(old, undivided, tmp_path):
    """By the same rules once more: nothing is told by the workers, and nothing changes."""
    archive = copied(old, tmp_path)
    for _ in range(2):
        with Disordered(3) as executor:
            read_anew(archive, executor)
    (tmp_path / "other").mkdir()
    other = copied(old, tmp_path / "other")
    for _ in range(2):
        read_anew(other, Refusing())
    assert whole(archive) == whole(other)


@pytest.mark.parametrize("stop", [1, 2, 3])
def test_cut_short_and_taken_up_again(old, undivided, tmp_path, stop):
    archive = copied(old, tmp_path)
    with Disordered(stop) as executor:
        first = read_anew(archive, executor, stop=stop, window=9)
    assert first.batches == stop
    assert rows(archive, "select count(*) from _reread") == [(1,)]
    with Disordered(stop) as executor:
        read_anew(archive, executor, window=20)
    assert whole(archive) == undivided[1]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes in /proc")
def test_workers_that_are_killed(old, undivided, tmp_path):
    def kill() -> None:
        for server in fork_servers():
            for worker in children(server):
                os.kill(worker, signal.SIGKILL)

    archive = copied(old, tmp_path)
    with Processes(2, timeout=5) as processes:
        told = read_anew(archive, processes, window=20, most=3, kill=kill)
    expected, after = undivided
    assert told.lines == expected.lines
    assert whole(archive) == after


@pytest.mark.parametrize("place", ["nowhere", "older", "another"])
def test_workers_that_do_not_see_the_archive(old, undivided, tmp_path, monkeypatch, place):
    """A copy that is older than the reading, or of another archive, is not compared with."""
    archive, copy = copied(old, tmp_path), tmp_path / "copy.db"
    if place != "nowhere":
        shutil.copy(archive, copy)
        with closing(sqlite3.connect(copy)) as conn, conn:
            where = "started_at = (select max(started_at) from runs)"
            change = "delete from runs" if place == "older" else "update runs set id = 'x'"
            conn.execute("pragma foreign_keys = off")
            conn.execute(f"{change} where {where}")
            conn.execute("update articles set title = 'Khác', text = 'Khác'")
    monkeypatch.setattr(
        "crawler.backfill.pieces.Archive.read",
        lambda path, read=Archive.read: read(copy),
    )
    with Disordered(1) as executor:
        told = read_anew(archive, executor)
    is_the_same(told, archive, undivided)


def test_workers_that_do_not_find_the_files(old, undivided, tmp_path, monkeypatch):
    archive = copied(old, tmp_path)
    monkeypatch.setattr("crawler.backfill.pieces._read", lambda captured, piece: DAMAGED)
    with Disordered(1) as executor:
        told = read_anew(archive, executor)
    is_the_same(told, archive, undivided)


def test_the_command(old, undivided, tmp_path):
    archive = copied(old, tmp_path)
    before = whole(archive)
    shown = scrapy("reextract", "--dry-run", "-s", "WORKERS=2", archive=archive)
    assert whole(archive) == before
    done = scrapy("reextract", "-s", "WORKERS=3", archive=archive)
    assert shown.returncode == done.returncode == 1  # of the damage
    assert done.stdout.splitlines() == undivided[0].lines
    assert whole(archive) == undivided[1]


REAL = ("ha_noi_liferay", "ha_noi")


@pytest.mark.parametrize(("workers", "window", "most"), [(2, 1_000, 32), (3, 17, 5)])
def test_real_captures(captures, tmp_path, workers, window, most):
    """Real pages whose texts older rules read otherwise, and some that they refused."""
    (tmp_path / "real").mkdir()
    real, (file, portal) = tmp_path / "real" / "archive.db", REAL
    warc = captures / f"{file}.warc.gz"
    assert scrapy("backfill", portal, "--warc", warc, archive=real).returncode == 0
    with closing(sqlite3.connect(real)) as conn, conn:
        conn.execute("pragma foreign_keys = off")
        for trigger in ("revisions_keep", "revisions_stay"):
            conn.execute(f"drop trigger {trigger}")
        age(conn, random.Random(workers))
    whole_of = {}
    for name in ("undivided", "divided"):
        (tmp_path / name).mkdir()
        archive = copied(real, tmp_path / name)
        if name == "divided":
            with Processes(workers) as processes:
                told = read_anew(archive, processes, workers, window=window, most=most)
        else:
            told = read_anew(archive, Refusing())
        assert "\nha_noi\t" in "\n" + "\n".join(told.lines)
        whole_of[name] = told.lines, whole(archive)
    assert whole_of["divided"] == whole_of["undivided"]

"""Extraction in processes: whatever happens to one, every page is read or refused by name."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from crawler.extraction_pool import ExtractionJob, ExtractionPool, reading_of
from crawler.items import Fetched
from crawler.portals.model import Portal
from tests.hostile.pages import article

PORTAL = Portal("any", "yen_bai", "Sở", hosts=("a.example",))


def page(number: int = 1, after: str = "") -> Fetched:
    url = f"http://a.example/hoi-nghi-danh-gia-ket-qua-{number}.html"
    return Fetched(url, "2026-11-25T00:00:00Z", 200, (), article(after=after).encode())


def children(pid: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (OSError, IndexError):
                continue
            if parent == pid:
                found.append(int(entry.name))
    return found


def fork_servers() -> list[int]:
    return [
        child
        for child in children(os.getpid())
        if b"forkserver" in Path(f"/proc/{child}/cmdline").read_bytes()
    ]


@pytest.fixture
def workers():
    made = ExtractionPool(2, timeout=12)
    yield made
    made.close()


def is_read(workers) -> bool:
    return reading_of(workers.read(page(), PORTAL, key="1", expect="article")).article is not None


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes in /proc")
def test_killed_workers_are_replaced(workers):
    assert is_read(workers)
    for _ in range(3):
        for server in fork_servers():
            for worker in children(server):
                os.kill(worker, signal.SIGKILL)
        assert [is_read(workers) for _ in range(3)] == [True] * 3
    for server in fork_servers():
        os.kill(server, signal.SIGKILL)
    assert [is_read(workers) for _ in range(3)] == [True] * 3


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes in /proc")
def test_pages_under_way_are_read_by_the_next_pool(workers):
    assert is_read(workers)
    jobs = [ExtractionJob(page(number), PORTAL, str(number), "article") for number in range(40)]
    read = 0
    for _, reading in workers.read_all(jobs):
        read += 1
        if read == 5:
            for server in fork_servers():
                for worker in children(server):
                    os.kill(worker, signal.SIGKILL)
        assert reading.article or reading.refusal.reason == "extraction_crashed"
    assert read == 40


def test_a_page_that_takes_too_long_costs_a_worker():
    slow = ExtractionPool(1, timeout=2)
    try:
        assert is_read(slow)
        slow._timeout = 0.02
        heavy = page(2, after="<i></i>" * 100_000)
        refusal = reading_of(slow.read(heavy, PORTAL, key="2", expect="article")).refusal
        assert refusal is not None and refusal.reason == "extraction_timeout"
        slow._timeout = 10
        assert is_read(slow)
    finally:
        slow.close()

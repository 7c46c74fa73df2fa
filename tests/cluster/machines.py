"""A scheduler, workers and stores on loopback: each a process of its own, as on machines of their own."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import pytest

from samples.portals import SITES
from samples.site import Answer, Site
from samples.warc import write_warc
from tests.conftest import ROOT
from tests.end_to_end.test_merge import everything
from tests.scrapy_command import command, rows, scrapy

S3_VENV = Path(os.environ.get("S3_VENV", ROOT / ".s3-venv")) / "bin"
LEASE = 4.0  # seconds
FIRST, SECOND = "2026-05-01T20:00:00Z", "2026-05-02T20:00:00Z"
# What only tells when a run of this machine came by.
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def process(*words: object, log: Path, **environment: str) -> subprocess.Popen[bytes]:
    with log.open("ab") as said:
        return subprocess.Popen(
            [*map(str, words)], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment}, start_new_session=True,
        )  # fmt: skip


def end(running: subprocess.Popen[bytes]) -> None:
    """This process and its own, at once."""
    if running.poll() is None:
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()


@dataclass
class Machines:
    """A scheduler and its workers."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    scheduler: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def begin(self) -> None:
        self.scheduler = process(
            sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port",
            self.port, "--no-dashboard", "--no-show", log=self.folder / "scheduler.txt",
        )  # fmt: skip

    def add(self, count: int = 1, *more: object, scratch: Path | None = None) -> None:
        words = [
            sys.executable, "-m", "distributed.cli.dask_worker", self.address, "--no-nanny",
            "--nthreads", 1, "--no-dashboard", "--local-directory", scratch or self.folder,
            "--death-timeout", 120, *more,
        ]  # fmt: skip
        log = self.folder / "workers.txt"
        self.workers += [process(*words, log=log, **self.environment) for _ in range(count)]

    def busy(self, within: float = 90) -> subprocess.Popen[bytes]:
        """A worker that runs a command just now."""
        until = time.monotonic() + within
        while time.monotonic() < until:
            for worker in self.workers:
                if worker.poll() is None and children_of(worker.pid):
                    return worker
            time.sleep(0.05)
        raise AssertionError((self.folder / "workers.txt").read_text())

    def close(self) -> None:
        for running in (*self.workers, self.scheduler):
            if running is not None:
                end(running)


def children_of(pid: int) -> list[int]:
    """The commands that a worker runs: those that are tied to it."""
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in path.read_text().split():
            try:
                words = Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if b"scrapy" in words:
                found.append(int(child))
    return found


@contextmanager
def machines(folder: Path, workers: int = 2, **environment: str):
    made = Machines(folder, environment)
    try:
        made.begin()
        made.add(workers)
        yield made
    finally:
        made.close()


@dataclass
class ObjectStore:
    """moto's S3 on loopback."""

    url: str
    environment: dict[str, str]
    bucket: str = "khcn"

    def store(self, name: str) -> str:
        return f"s3://{self.bucket}/{name}"


@contextmanager
def object_store(folder: Path):
    if not (S3_VENV / "moto_server").exists():
        if os.environ.get("CI"):
            pytest.fail("make s3")
        pytest.skip("no S3 to keep shards in: make s3")
    port = free_port()
    running = process(S3_VENV / "moto_server", "-H", "127.0.0.1", "-p", port, log=folder / "s3.txt")
    environment = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}", "AWS_ACCESS_KEY_ID": "khcnkey",
        "AWS_SECRET_ACCESS_KEY": "not-to-be-seen", "AWS_REGION": "us-east-1",
    }  # fmt: skip
    try:
        import http.client

        for _ in range(300):
            try:
                door = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
                door.request("PUT", "/khcn")
                assert door.getresponse().status == 200
                break
            except ConnectionError:
                time.sleep(0.2)
        door.close()
        yield ObjectStore(environment["AWS_ENDPOINT_URL"], environment)
    finally:
        end(running)


# Sample portals that are answered from a WARC file: the moments of their pages are the file's.

PLATFORMS = {
    "nukeviet": "nukeviet", "wordpress": "wordpress", "drupal": "drupal", "joomla": "joomla",
    "vnpt": "vnpt", "dotnetnuke": "dotnetnuke", "sharepoint": "sharepoint", "yen_bai": "sharepoint",
    "vinh_phuc": "sharepoint", "ha_noi": "liferay",
}  # fmt: skip


def described(folder: Path, names: list[str]) -> Path:
    """The sample portals as spiders; each two share a host, and so belong together."""
    told = {}
    for name in names:
        site = sample(name, 3)
        told[name] = {"url": site.root + site.start, "platform": PLATFORMS[name]}
    for one, other in zip(names[::2], names[1::2], strict=False):
        told[one]["hosts"] = [sample(other, 3).host]
    path = folder / "portals.json"
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


def sample(name: str, count: int) -> Site:
    """A sample site on a host of its own."""
    site = SITES[name](count)
    before, site.host = site.root, f"{name.replace('_', '-')}.example.vn"
    for path, page in site.pages.items():
        site.pages[path] = partial(_moved, page, before, site.root)
    return site


def _moved(page: Callable[[], Answer], before: str, after: str) -> Answer:
    answer = page()
    body = answer.body
    return replace(answer, body=body.replace(before, after) if isinstance(body, str) else body)


def two_nights(folder: Path, names: list[str]) -> tuple[Path, Path]:
    """WARC files of two nights: on the second there are more articles, and some read otherwise."""
    files = []
    for at, (moment, count) in enumerate(((FIRST, 6), (SECOND, 8))):
        sites = []
        for name in names:
            site = sample(name, count)
            site.captured_at = moment
            if at:
                edit(site)
            sites.append(site)
        path = folder / f"night{at}.warc.gz"
        write_warc(path, sites)
        files.append(path)
    return files[0], files[1]


def edit(site: Site) -> None:
    """A sentence more in one article."""
    path, line = site.addresses[site.articles[-1].id], site.articles[-1].lines[0]
    site.pages[path] = partial(_moved, site.pages[path], line, f"{line} Đã bổ sung một câu.")


def timeless(archive: Path) -> dict[str, list[str]]:
    """All that an archive says, but for the moments at which the runs of some machine came by."""
    own = {stamp for (stamp,) in rows(archive, "select distinct fetched_at from captures")}
    own |= {FIRST, SECOND}

    def known(found: re.Match[str]) -> str:
        return found[0] if found[0] in own else "…"

    said = everything(archive)
    said.pop("_merged")
    return {name: sorted(STAMP.sub(known, row) for row in found) for name, found in said.items()}


def nightly(*words: object, archive: Path, **environment: str):
    return scrapy("nightly", *words, archive=archive, timeout=280, **environment)


def started(*words: object, archive: Path, log: Path, **environment: str):
    return process(*command(*words, archive=archive), log=log, **environment)


def differing(ours: Path | dict[str, list[str]], wanted: Path | dict[str, list[str]]):
    """The tables in which two archives differ, with some rows that only one of them has."""
    a, b = (timeless(said) if isinstance(said, Path) else said for said in (ours, wanted))
    return {
        name: (
            [row for row in a[name] if row not in b[name]][:3],
            [row for row in b[name] if row not in a[name]][:3],
        )
        for name in b
        if a[name] != b[name]
    }

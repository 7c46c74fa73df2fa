"""A crawl among hostile servers: set up, run as a person would, and looked at from all sides."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from samples.portals import SITES
from samples.site import Site
from tests.conftest import ROOT
from tests.hostile.server import Asked, Reply, Served, listen, reply, site_reply
from tests.scrapy_command import command, rows

SECTION = "/tin-hoat-dong"
FAST = ("DOWNLOAD_DELAY=0", "AUTOTHROTTLE_ENABLED=False")


@dataclass(frozen=True, slots=True)
class World:
    """What a hostile page may point at."""

    url: str  # of the portal it is on
    canary: str  # a server on this machine that nobody may ask: http://127.0.0.1:port


@dataclass(frozen=True, slots=True)
class Case:
    """One page of a portal, and what must come of it."""

    name: str
    group: str
    does: str  # what the server does
    reply: Callable[[World], Reply | Callable[[Asked], Reply]]
    outcome: str = "ok"  # of the look at it
    reason: str = ""  # of the issue row, when it is refused
    stored: tuple[str, str] | None = None  # title and text, when it is an article all the same
    note: str = ""  # an issue beside a stored article
    requests: int = 2
    seconds: float = 10.0
    megabytes: int = 300
    long: bool = False


@dataclass
class Ended:
    """How a crawl ended."""

    archive: Path
    exit_code: int
    stderr: str
    seconds: float
    peak: int  # megabytes of the crawling process
    memory: list[tuple[float, int]] = field(default_factory=list)

    def said(self) -> dict[str, set[str]]:
        """Address → every outcome and reason that was noted of it."""
        found: dict[str, set[str]] = defaultdict(set)
        for url, word in rows(
            self.archive,
            "select url, outcome from captures union select url, reason from issues",
        ):
            found[url].add(word)
        return found

    def articles(self) -> dict[str, tuple[str, str]]:
        return {
            url: (title, text)
            for url, title, text in rows(self.archive, "select url, title, text from articles")
        }

    def portals(self) -> dict[str, tuple[str, str | None, str | None]]:
        return {
            slug: (outcome, failure, evidence)
            for slug, outcome, failure, evidence in rows(
                self.archive, "select portal, outcome, failure, evidence from run_portals"
            )
        }


def crawl(
    archive: Path,
    portals: dict[str, dict],
    allowed: list[str],
    *settings: str,
    arguments: tuple[str, ...] = (),
    timeout: float = 240,
    authority: Path | None = None,
) -> Ended:
    """`scrapy nightly` over the portals given, with its memory watched."""
    options = [word for setting in (*FAST, *settings) for word in ("-s", setting)]
    given = [word for argument in arguments for word in ("-a", argument)]
    words = command(
        "nightly", *portals, *given, "-s", "SPIDER_MODULES=tests.hostile.portals",
        "-s", f"PRIVATE_HOSTS_ALLOWED={','.join(allowed)}", *options, archive=archive,
    )  # fmt: skip
    env = {**os.environ, "PYTHONPATH": str(ROOT), "HOSTILE_PORTALS": json.dumps(portals)}
    if authority is not None:
        env["SSL_CERT_FILE"] = str(authority)
    began = time.monotonic()
    with (
        subprocess.Popen(
            words, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process,
        watched(process.pid) as memory,
    ):
        try:
            _, stderr = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    seconds = time.monotonic() - began
    peak = max((size for _, size in memory), default=0)
    return Ended(archive, process.returncode, stderr, seconds, peak, memory)


@contextmanager
def watched(pid: int) -> Iterator[list[tuple[float, int]]]:
    """The resident memory of a process while the block runs: moments and megabytes."""
    seen: list[tuple[float, int]] = []
    stop = threading.Event()

    def look() -> None:
        while not stop.wait(0.05):
            try:
                pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
            except (OSError, IndexError):
                return
            seen.append((time.monotonic(), pages * os.sysconf("SC_PAGE_SIZE") // 2**20))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield seen
    finally:
        stop.set()
        thread.join(2)


class Gauntlet:
    """A healthy site whose first list leads to hostile pages as well."""

    def __init__(self, cases: list[Case], canary: str, *, healthy: int = 24) -> None:
        self.site: Site = SITES["nukeviet"](healthy)
        self.paths = {
            f"{SECTION}/{case.name}-{9000 + at}.html": case for at, case in enumerate(cases)
        }
        self.canary = canary
        self.served: Served | None = None

    def answer(self, asked: Asked) -> Reply:
        assert self.served is not None
        case = self.paths.get(asked.path)
        if case is not None:
            said = case.reply(World(self.served.url, self.canary))
            # A function of one argument looks at the request first.
            if callable(said) and said.__code__.co_argcount == 1:
                return said(asked)
            return said
        plain = site_reply(self.site, asked, self.served.url)
        if asked.path == self.site.lists[0]:
            links = "".join(
                f'<h3><a href="{path}">{case.does[:120]} ({case.name})</a></h3>'
                for path, case in self.paths.items()
            ).encode()
            body = plain.partition(b"\r\n\r\n")[2].replace(b"</h1>", b"</h1>" + links, 1)
            return reply(body)
        return plain

    @contextmanager
    def serving(self, host: str) -> Iterator[Served]:
        with listen(self.answer, host=host) as served:
            self.served = served
            yield served

    def hits(self, path: str) -> list[Asked]:
        assert self.served is not None
        return [hit for hit in self.served.hits if hit.path == path]

    def seconds(self, path: str) -> float:
        """The longest that one look at a page took, until the next request."""
        assert self.served is not None
        hits = self.served.hits
        took = [later.at - hit.at for hit, later in pairwise(hits) if hit.path == path]
        return max(took, default=0.0)

    def megabytes(self, path: str, ended: Ended) -> int:
        """The crawler's most memory between asking for a page and the next request."""
        assert self.served is not None
        hits = self.served.hits
        spans = [(hit.at, later.at) for hit, later in pairwise(hits) if hit.path == path]
        return max(
            (
                size
                for moment, size in ended.memory
                if any(since <= moment <= until for since, until in spans)
            ),
            default=0,
        )

"""Hosts: one request at a time to each, never sooner than promised, and left alone when it fails.

Shared by all portals of a run: two portals on one host take turns.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from crawler.parsing import split_url

LONGEST_WAIT = 600.0  # seconds of Retry-After that are worth waiting for
IN_A_ROW = 3  # failures of a kind before a host is doubted
OF_ANY_KIND = 6  # failures of all kinds before it is
# What a page answers that says nothing about its host.
OF_THE_PAGE = frozenset(
    {
        "ok", "redirect", "not_modified", "http_404", "http_410", "redirect_home", "redirect_outside",
        "redirect_nowhere", "redirect_loop", "too_large", "headers_too_large", "bad_encoding",
        "http_400", "http_405", "http_406", "http_414", "http_418", "http_501",
    }
)  # fmt: skip
# After a start page has answered: the end of the queue, its middle, its first quarter.
ELSEWHERE = (1.0, 0.5, 0.25)
# What is never sent says nothing either.
NOT_ASKED = frozenset({"robots", "private_address", "outside"})
# One is enough: every page of the host would end alike.
HOST_WIDE = "tls_"


@dataclass(slots=True)
class Pace:
    """When a machine may be asked again."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0  # no request before
    asked_at: float = 0.0  # when the last answer had come
    delay: float = 0.0  # robots.txt's Crawl-delay
    slowness: float = 0.0  # the pause that it asks for


@dataclass(slots=True)
class Trust:
    """What the run has seen of one server; `failed`: the visits that failed last, in a row."""

    kind: str = ""  # of the last failures
    failures: int = 0  # of that kind, in a row
    failed: list[int] = field(default_factory=list)
    doubted: bool = False  # a page that has answered before is to be asked for next
    probed: bool = False  # and that page did answer
    elsewhere: list[float] = field(default_factory=list)  # how far along the queue to look next
    parked: str | None = None  # why it is left alone for the rest of the run


@dataclass(frozen=True, slots=True)
class Throttle:
    """How much a slow server slows us down; Scrapy's AUTOTHROTTLE_ settings."""

    start: float  # seconds, before anything is known
    concurrency: float  # requests that may keep a server busy on average: 0.5 is half of the time
    most: float  # seconds


class HostQueue:
    """Turns and waits by host name, for ports and schemes of one machine count as one; trust by
    port, for the one that refuses says nothing of the others.

    The one place that decides how long nobody asks a host: the delay of the settings, its own
    Crawl-delay and Retry-After, and twice as long as it took to answer.
    """

    def __init__(
        self,
        delay: float,
        throttle: Throttle | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._delay = delay
        self._throttle = throttle
        self._clock = clock
        self._paces: dict[str, Pace] = {}
        self._trusts: dict[tuple[str, str], Trust] = {}

    def of(self, url: str) -> Trust:
        """How far the server of an address is trusted: scheme, host and port."""
        parts = split_url(url)
        return self._trusts.setdefault((parts.scheme.lower(), parts.netloc.lower()), Trust())

    def pace_of(self, url: str) -> Pace:
        name = (split_url(url).hostname or "").lower()
        if name not in self._paces:
            start = self._throttle.start if self._throttle else 0.0
            self._paces[name] = Pace(slowness=start)
        return self._paces[name]

    @asynccontextmanager
    async def turn(self, url: str, delay: float = 0.0) -> AsyncIterator[None]:
        """Wait until nobody else asks this host and its pause is over; the pause begins after.

        `delay`: seconds that whoever asks wants for a pause at least.
        """
        pace = self.pace_of(url)
        async with pace.turn:
            while (left := pace.free_at - self._clock()) > 0:
                await asyncio.sleep(left)
            try:
                yield
            finally:
                # From the answer on: how long a request was under way is the server's to know.
                pace.asked_at = self._clock()
                pause = max(self._pause(pace), delay)
                pace.free_at = max(pace.free_at, pace.asked_at + pause)

    def answered(self, url: str, seconds: float, *, well: bool) -> None:
        """Keep pace with how long a host took to answer; an error may be quick and eases nothing."""
        pace, throttle = self.pace_of(url), self._throttle
        if throttle is None:
            return
        target = seconds / throttle.concurrency
        slowness = min(max(target, (pace.slowness + target) / 2), throttle.most)
        if well or slowness > pace.slowness:
            pace.slowness = slowness

    def _pause(self, pace: Pace) -> float:
        return max(self._delay, pace.delay, pace.slowness)

    async def rest(self, url: str) -> None:
        """Wait as long as the host has asked for."""
        pace = self.pace_of(url)
        while (left := pace.free_at - self._clock()) > self._pause(pace):
            await asyncio.sleep(left - self._delay)

    def hold(self, url: str, seconds: float) -> None:
        """The host asks not to be asked for so long; too long is the rest of the run."""
        host = self.of(url)
        if seconds > LONGEST_WAIT:
            host.kind = "retry_later"
            host.parked = f"Retry-After: {seconds:.0f} s"
        else:
            self.pause(url, seconds)

    def pause(self, url: str, seconds: float) -> None:
        """Nobody asks this host for so long."""
        pace = self.pace_of(url)
        pace.free_at = max(pace.free_at, self._clock() + seconds)

    def slow_down(self, url: str, delay: float) -> None:
        """Keep robots.txt's Crawl-delay, from the robots.txt itself on."""
        pace = self.pace_of(url)
        pace.delay = max(pace.delay, delay)
        if pace.asked_at:
            pace.free_at = max(pace.free_at, pace.asked_at + delay)

    def note(self, url: str, outcome: str, visit: int = 0) -> None:
        """Count what came of a request.

        Three failures of a kind in a row cast doubt on the host: a page that has answered before is
        asked for, then pages from elsewhere in the queue, for bad ones often stand together. When
        the first fails, or three of the others in one way, the host is parked.
        """
        host = self.of(url)
        if host.parked:
            host.failed.append(visit)
        if outcome in NOT_ASKED or host.parked:
            return
        probe, host.doubted = host.doubted, False
        if outcome in OF_THE_PAGE:
            host.failures, host.probed = 0, probe
            host.failed.clear()
            host.elsewhere = list(ELSEWHERE) if probe else []
            return
        kind = kind_of(outcome)
        host.failed.append(visit)
        if outcome.startswith(HOST_WIDE):
            self.leave(url, outcome, "every page would end alike")
            return
        host.failures = host.failures + 1 if kind == host.kind else 1
        alike = host.failures >= IN_A_ROW
        host.kind = kind
        if probe:
            host.parked = f"{kind} after {IN_A_ROW} failures in a row"
        elif alike and host.probed:
            host.parked = f"{kind} × {host.failures} in a row, twice"
        elif alike or len(host.failed) >= OF_ANY_KIND:
            host.doubted = True

    def leave(self, url: str, kind: str, why: str) -> None:
        """Ask this host for nothing more in this run."""
        host = self.of(url)
        if not host.parked:
            host.kind, host.parked = kind, f"{kind}: {why}"

    def park(self, url: str) -> None:
        """Nothing is left to ask a doubted host for."""
        host = self.of(url)
        host.doubted = False
        host.parked = f"{host.kind} × {host.failures} in a row"


def kind_of(outcome: str) -> str:
    """Failures alike: `http_502` and `http_503` are one kind, all certificates are one."""
    if outcome.startswith("http_5"):
        return "http_5xx"
    return "tls" if outcome.startswith("tls_") else outcome

"""The one pause between two requests to a host."""

from __future__ import annotations

import asyncio

import pytest

from crawler.http.politeness import HostQueue, Throttle

URL = "http://h.vn/tin"


class Clock:
    """Moves when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def pause_after(hosts: HostQueue, clock: Clock, **wants: float) -> float:
    async def ask() -> None:
        hosts.pace_of(URL).free_at = 0.0
        async with hosts.turn(URL, **wants):
            clock.now += 1

    asyncio.run(ask())
    return hosts.pace_of(URL).free_at - clock.now


@pytest.mark.parametrize(
    ("delay", "crawl_delay", "wanted", "seconds", "expected"),
    [
        (2.0, 0.0, 0.0, 0.1, 2.0),
        (2.0, 0.0, 0.0, 3.0, 6.0),  # twice as long as it took: busy half of the time at most
        (2.0, 0.0, 0.0, 100.0, 60.0),
        (2.0, 10.0, 0.0, 3.0, 10.0),  # Crawl-delay
        (2.0, 0.0, 7.0, 3.0, 7.0),  # a spider's own DOWNLOAD_DELAY
    ],
)
def test_the_longest_wish_counts(delay, crawl_delay, wanted, seconds, expected):
    clock = Clock()
    hosts = HostQueue(delay, Throttle(start=0.0, concurrency=0.5, most=60.0), clock)
    hosts.slow_down(URL, crawl_delay)
    hosts.answered(URL, seconds, well=True)
    assert pause_after(hosts, clock, delay=wanted) == expected


def test_a_quick_error_eases_nothing():
    hosts = HostQueue(2.0, Throttle(start=2.0, concurrency=0.5, most=60.0), Clock())
    hosts.answered(URL, 5.0, well=True)
    hosts.answered(URL, 0.01, well=False)
    assert hosts.pace_of(URL).slowness == 10.0
    hosts.answered(URL, 1.0, well=True)
    assert hosts.pace_of(URL).slowness == 6.0


def test_without_a_throttle_the_delay_stands():
    clock = Clock()
    hosts = HostQueue(0.0, None, clock)
    hosts.answered(URL, 30.0, well=True)
    assert pause_after(hosts, clock) == 0.0

"""What is known of the servers that are asked: turns, pauses, and what each robots.txt says."""

from __future__ import annotations

import asyncio

from scrapy.crawler import Crawler
from scrapy.robotstxt import RobotParser
from scrapy.settings import BaseSettings

from crawler.http.outcomes import Forbidden
from crawler.http.politeness import HostQueue, Throttle


class Network:
    """One for all portals of a run; a crawler that belongs to no run has its own."""

    def __init__(self, settings: BaseSettings) -> None:
        if settings.getlist("REPLAY_WARC"):  # nothing goes to the network
            self.hosts = HostQueue(0.0)
        else:
            self.hosts = HostQueue(settings.getfloat("DOWNLOAD_DELAY"), _throttle(settings))
        # By scheme, host and port; the answer is here as soon as it has been asked for.
        self.robots: dict[str, asyncio.Future[RobotParser | Forbidden]] = {}

    @classmethod
    def of(cls, crawler: Crawler) -> Network:
        """The network of a crawler's run, or the crawler's own."""
        run = getattr(crawler, "archive_run", None)
        if run is not None:
            return run.network
        if not hasattr(crawler, "own_network"):
            crawler.own_network = cls(crawler.settings)  # type: ignore[attr-defined]
        return crawler.own_network  # type: ignore[attr-defined]


def _throttle(settings: BaseSettings) -> Throttle | None:
    if not settings.getbool("AUTOTHROTTLE_ENABLED"):
        return None
    return Throttle(
        settings.getfloat("AUTOTHROTTLE_START_DELAY"),
        settings.getfloat("AUTOTHROTTLE_TARGET_CONCURRENCY"),
        settings.getfloat("AUTOTHROTTLE_MAX_DELAY"),
    )

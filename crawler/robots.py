"""robots.txt as RFC 9309 has it: obeyed, remembered for a day, and waited for when it says so."""

from __future__ import annotations

import asyncio
import time
from urllib.parse import urljoin, urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.addresses import address_of
from crawler.archive.robots import recall, remember
from crawler.clock import hours_ago, now
from crawler.outcomes import Forbidden, outcome_of_failure
from crawler.run import Run

HOPS = 5  # redirects (RFC 9309 §2.3.1.2)
MAX_BYTES = 500 * 1024  # what is read of it (§2.5)
REMEMBERED = 24  # hours (§2.4)
LONGEST_DELAY = 300.0  # seconds of Crawl-delay that are honoured
DISALLOW_ALL = "User-agent: *\nDisallow: /\n"


class RobotsMiddleware:
    """Refuses what robots.txt forbids and keeps its Crawl-delay."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        # The product token alone: rules name it, not the contact that follows it.
        self.agent = crawler.settings["USER_AGENT"].partition("/")[0]
        self._rules: dict[str, Protego] = {}
        self._unanswered: dict[str, str] = {}  # host → what kept its robots.txt away
        self._last: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta.get("for_robots"):
            return
        host = "://".join(urlsplit(request.url)[:2])
        if host not in self._rules:
            self._rules[host] = Protego.parse(await self._text(host))
            self.crawler.spider.sitemaps_named(host, self._rules[host].sitemaps)
        rules = self._rules[host]
        if not rules.can_fetch(request.url, self.agent):
            raise Forbidden(self._unanswered.get(host, "robots"))
        await self._keep_distance(host, rules.crawl_delay(self.agent))

    async def _keep_distance(self, host: str, delay: float | None) -> None:
        if not delay or Run.of(self.crawler).replayed:
            return
        last = self._last.get(host)
        if last is not None:
            left = last + min(float(delay), LONGEST_DELAY) - time.monotonic()
            if left > 0:
                await asyncio.sleep(left)
        self._last[host] = time.monotonic()

    async def _text(self, host: str) -> str:
        run = Run.of(self.crawler)
        if not run.replayed:
            known = recall(run.archive.conn, host, hours_ago(REMEMBERED))
            if known is not None:
                return known
        status, text = await self._fetch(host)
        if not run.replayed and status is not None and status < 500:
            with run.archive.transaction() as conn:
                remember(conn, host, now(), status, text)
        return text

    async def _fetch(self, host: str) -> tuple[int | None, str]:
        """4xx: everything is allowed; 5xx, no answer, too many redirects: nothing is, this run."""
        url = f"{host}/robots.txt"
        for _ in range(HOPS + 1):
            try:
                response: Response = await self.crawler.engine.download_async(
                    Request(url, dont_filter=True, meta={"for_robots": True})
                )
            except Exception as error:  # noqa: BLE001
                # Whatever kept the answer away, the rule for no answer is the same.
                self._unanswered[host] = outcome_of_failure(error)[0]
                return None, DISALLOW_ALL
            location = response.headers.get("Location")
            if 300 <= response.status < 400 and location:
                url = urljoin(url, location.decode("latin-1"))
                if address_of(url, self.crawler.spider.portal).kind == "outside":
                    return 404, ""
                continue
            if response.status >= 500:
                self._unanswered[host] = f"http_{response.status}"
                return response.status, DISALLOW_ALL
            if response.status >= 400:
                return response.status, ""
            return response.status, response.body[:MAX_BYTES].decode("utf-8", "replace")
        return 404, ""

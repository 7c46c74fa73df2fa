"""robots.txt as RFC 9309 has it: asked for before anything else, obeyed, remembered for a day."""

from __future__ import annotations

import asyncio
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.misc import load_object

from crawler.archive.robots import recall, remember
from crawler.clock import hours_ago, now
from crawler.downloader.responses import is_worked_on
from crawler.http.head import header_address
from crawler.http.outcomes import Forbidden, detail_of_failure, outcome_of_failure
from crawler.http.robotstxt import robots_text
from crawler.parsing import join_url, split_url
from crawler.run.network import Network
from crawler.run.run import Run

HOPS = 5  # redirects (RFC 9309 §2.3.1.2)
MAX_BYTES = 500 * 1024  # what is read of it (§2.5)
REMEMBERED = 20  # hours (§2.4 allows 24): each night asks anew, whenever it comes to the host
LONGEST_DELAY = 300.0  # seconds of Crawl-delay that are honoured
TRY_LATER = frozenset({408, 425, 429})  # what a server says when it is busy, not that it has none


class RobotsMiddleware:
    """Refuses what robots.txt forbids and keeps its Crawl-delay."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.network = Network.of(crawler)
        self.run = Run.of(crawler) if Run.has(crawler) else None
        self.agent: str = crawler.settings["USER_AGENT"]
        self.parser: type[RobotParser] = load_object(crawler.settings["ROBOTSTXT_PARSER"])
        self._told: set[str] = set()  # hosts whose sitemaps this portal knows

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        middleware = cls(crawler)
        crawler.signals.connect(middleware.enough, signals.bytes_received)
        return middleware

    def enough(self, data: bytes, request: Request) -> None:
        """Stop the download of a robots.txt at the number of bytes that is parsed."""
        if "for_robots" in request.meta:
            request.meta["for_robots"] += len(data)
            if request.meta["for_robots"] >= MAX_BYTES:
                raise StopDownload(fail=False)

    async def process_request(self, request: Request) -> None:
        if "for_robots" in request.meta:
            return
        host = "://".join(split_url(request.url)[:2])
        rules = await self._rules_of(host)
        hosts = self.network.hosts
        if isinstance(rules, Forbidden):
            hosts.leave(request.url, rules.outcome, "robots.txt is out of reach")
            raise Forbidden(rules.outcome, rules.detail)
        if host not in self._told:
            self._told.add(host)
            if named := getattr(self.crawler.spider, "sitemaps_named", None):
                named(host, getattr(rules, "sitemaps", ()))
        if delay := rules.crawl_delay(self.agent):
            hosts.slow_down(request.url, min(delay, LONGEST_DELAY))
        if not rules.allowed(request.url, self.agent):
            raise Forbidden("robots")

    async def _rules_of(self, host: str) -> RobotParser | Forbidden:
        """One question a host and run: who comes while it is under way waits for the answer."""
        table = self.network.robots
        if host not in table:
            table[host] = asyncio.ensure_future(self._rules(host))
        return await asyncio.shield(table[host])

    async def _rules(self, host: str) -> RobotParser | Forbidden:
        """What the host's robots.txt says; out of reach, it forbids everything for this run."""
        known = self.run if self.run and not self.run.replayed else None
        text = recall(known.archive.conn, host, hours_ago(REMEMBERED)) if known else None
        if text is None:
            try:
                status, text = await self._fetch(host)
            except Forbidden as unreachable:
                return unreachable
            if known:
                with known.archive.transaction() as conn:
                    remember(conn, host, now(), status, text)
        return self.parser.from_crawler(self.crawler, text.encode())

    async def _fetch(self, host: str) -> tuple[int, str]:
        """Status and text; 4xx is no text, so nothing is forbidden.

        Raises Forbidden on 5xx and when no answer comes (§2.3.1.4).
        """
        url = f"{host}/robots.txt"
        for _ in range(HOPS + 1):
            response = await self._ask(url)
            if response.status >= 500 or response.status in TRY_LATER:
                name = "maintenance" if is_worked_on(response) else f"http_{response.status}"
                raise Forbidden(name, f"robots.txt: {name}")
            if response.status >= 400:
                return response.status, ""
            location = response.headers.get("Location")
            if not 300 <= response.status < 400 or not location:
                return response.status, robots_text(response.body[:MAX_BYTES])
            url = join_url(url, header_address(location).strip().replace("\\", "/"))
            may_ask = getattr(self.crawler.spider, "may_ask", None)
            if may_ask and not may_ask(url):
                return 404, ""  # nobody else speaks for the portal
        return 404, ""

    async def _ask(self, url: str) -> Response:
        request = Request(
            url,
            headers={"Accept-Encoding": "identity"},
            dont_filter=True,
            # Its redirects are followed here, by its own rules.
            meta={"for_robots": 0, "download_maxsize": 0, "dont_redirect": True},
        )
        try:
            return await self.crawler.engine.download_async(request)
        except Exception as error:
            # Whatever kept the answer away, the rule for no answer is the same.
            outcome, _ = outcome_of_failure(error)
            raise Forbidden(outcome, f"robots.txt: {detail_of_failure(error)}") from error

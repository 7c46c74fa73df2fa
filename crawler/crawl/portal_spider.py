"""PortalSpider: list pages → article pages, known by the shape of their addresses."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings

from crawler.archive.database import ArchiveError
from crawler.archive.frontier.queue import Visit
from crawler.clock import now
from crawler.crawl.arguments import CrawlArguments
from crawler.crawl.declaration import DeclaredSpider
from crawler.crawl.exploration import Explorer
from crawler.crawl.frontier_loop import FrontierLoop, address_of
from crawler.crawl.page_handling import (
    follow_redirect,
    is_cookie_wall,
    links_of,
    list_mark,
    name_article,
    once_more,
    send_on,
)
from crawler.crawl.single_page import read_alone
from crawler.downloader.responses import (
    capture_of,
    fetched_of,
    header_of,
    is_conditional,
    is_worked_on,
)
from crawler.extraction_pool import reading_of
from crawler.http.outcomes import (
    detail_of_failure,
    outcome_of_failure,
    outcome_of_status,
    retry_after,
)
from crawler.items import Capture, Fetched, Page, Reading, Refusal
from crawler.messages import say_short
from crawler.monitoring.alarms import Alarm
from crawler.monitoring.observations import SITE_REFUSALS
from crawler.parsing import split_url
from crawler.portals.hosts import is_own
from crawler.portals.languages import same_in_languages
from crawler.portals.model import Portal
from crawler.run.run import Run

OFFSITE = "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware"


class PortalSpider(DeclaredSpider):
    """One department's portal. A subclass declares facts; see crawler.crawl.declaration for them.

    Arguments (`-a`): `since=2026-01-01`, `max_pages=200`, `deep=1` (walk every list page again).
    """

    loop: FrontierLoop | None = None  # None outside a run of the archive, as in `scrapy shell`
    explorer: Explorer
    _run: Run

    def __init__(self, name: str | None = None, **arguments: Any) -> None:
        self.limits = self.check(arguments)
        super().__init__(name)
        self.portal = self.described(arguments)

    @classmethod
    def check(cls, arguments: Mapping[str, str]) -> CrawlArguments:
        """What the `-a` arguments mean. Raises ArgumentError on an unknown or wrong one."""
        return CrawlArguments.of(arguments)

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        super().update_settings(settings)
        # `may_ask` knows the portal's hosts, with their ports.
        parts = {**settings.getdict("DOWNLOADER_MIDDLEWARES"), OFFSITE: None}
        settings.set("DOWNLOADER_MIDDLEWARES", parts, priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> PortalSpider:
        spider = super().from_crawler(crawler, *args, **kwargs)
        if Run.has(crawler):
            spider._run = Run.of(crawler)
            spider.loop = FrontierLoop(spider._run, spider)
            # The next page is asked for when this one is saved, or when saving it has failed.
            crawler.signals.connect(spider.page_saved, signals.item_scraped)
            crawler.signals.connect(spider.page_lost, signals.item_error)
            crawler.signals.connect(spider.page_lost, signals.item_dropped)
            crawler.signals.connect(spider.page_lost, signals.spider_error)
        return spider

    def described(self, arguments: Mapping[str, str]) -> Portal:
        """The facts this crawl goes by."""
        return self.facts()

    def recall(self, run: Run) -> None:
        """Take up what an earlier visit has learnt of the portal."""

    def recognise(self, fetched: Fetched) -> None:
        """Look at a page for what is not known of the portal yet."""

    @property
    def visit(self) -> Visit | None:
        """The visit in flight."""
        return self.loop.visit if self.loop else None

    async def start(self) -> AsyncIterator[Request]:
        if self.loop is None:
            for url in self.portal.start_urls:
                yield Request(url, dont_filter=True)
            return
        async for request in self.loop.requests():
            yield request

    def may_ask(self, url: str) -> bool:
        """Whether an address is on one of the portal's own hosts and ports."""
        return is_own(url, self.portal)

    def sitemaps_named(self, host: str, addresses: Iterable[str]) -> None:
        """What the robots.txt of one of the portal's hosts says of sitemaps."""
        if self.loop is not None:
            self.loop.queue_sitemaps(host, addresses)

    async def parse(self, response: Response, **kwargs: Any) -> AsyncIterator[Page | Request]:
        """Turn an answer into its one item."""
        if self.loop is None:
            for found in read_alone(response, self.portal, self.parse):
                yield found
            return
        if not self._run.believes(
            header_of(response, "Date"), split_url(response.url).hostname or ""
        ):
            self.page_saved()  # seen at a time that is not true: the page is still pending
            return
        visit: Visit = response.meta["visit"]
        outcome, passing = outcome_of_status(response.status, conditional=is_conditional(response))
        if is_worked_on(response):
            outcome = "maintenance"
        capture = capture_of(response, outcome)
        page = Page(self.portal.slug, visit.id, capture, Reading(), retry=passing)
        self.loop.cookies.heed(response)
        if outcome == "redirect":
            if is_cookie_wall(page, visit) and self.loop.cookies.take(response):
                page.links = [once_more(visit)]
            else:
                follow_redirect(page, visit, self.portal, self.explorer)
        elif outcome == "ok":
            await self._read(page, visit, response, deep=self.loop.deep)
        elif passing:
            self._heed(response)
        self._note(page, visit)
        yield page

    async def parse_failure(self, failure: Any) -> AsyncIterator[Page]:
        """A request without an answer is an item too: the look is kept, with its reason."""
        visit: Visit = failure.request.meta["visit"]
        if self._run.storage.failure:
            self.page_saved()  # what cannot be kept was not seen: the page is still pending
            return
        outcome, passing = outcome_of_failure(failure.value)
        detail = detail_of_failure(failure.value)
        capture = Capture(address_of(visit), now(), outcome=outcome, detail=detail)
        page = Page(self.portal.slug, visit.id, capture, Reading(), retry=passing)
        self._note(page, visit)
        yield page

    def _note(self, page: Page, visit: Visit) -> None:
        """Tell the host's state what came of a request, and the page where else it may stand."""
        if visit.kind == "article":
            page.others = same_in_languages(visit.url, self.portal)
        refusal = page.reading.refusal
        outcome = page.capture.outcome
        if outcome == "ok" and refusal and refusal.reason in SITE_REFUSALS:
            outcome = SITE_REFUSALS[refusal.reason]
        self._run.network.hosts.note(visit.url, outcome, visit.id)

    async def _read(self, page: Page, visit: Visit, response: Response, *, deep: bool) -> None:
        fetched = fetched_of(response, visit.url, page.capture.fetched_at)
        self.recognise(fetched)
        run = self._run
        going = run.portals[self.portal.slug]
        if visit.kind != "article":
            page.mark = list_mark(page, self.portal, going.extractor)
            if page.mark == visit.mark and visit.recent and not deep:
                page.capture.outcome = "not_modified"  # byte for byte, and read by the same rules
                return
        future = run.workers.read(
            fetched,
            self.portal,
            key=visit.name.removeprefix("a:") if visit.kind == "article" else "",
            expect=self.explorer.expected(self.portal, visit),
            boilerplate=going.boilerplate,
        )
        await asyncio.wait([asyncio.wrap_future(future)])
        page.reading = reading_of(future)
        if visit.found_on is None and page.reading.site_names:
            run.ledger.learnt(self.portal.slug, frozenset(page.reading.site_names))
        page.reading.site_names = ()
        if self.loop is not None and page.reading.moves_to:
            cookies = self.loop.cookies
            send_on(page, visit, self.portal, self.explorer, lambda: cookies.take(response))
            if page.capture.outcome == "redirect":
                return
        name_article(page, visit, self.portal)
        if self.portal.explored:
            self.explorer.judge(page, visit)
        page.links = links_of(page, visit, self.portal, self.explorer)
        doubted = self.explorer.doubt(self.portal, page.links)
        if doubted is not self.portal:
            self.portal = doubted
            page.links = links_of(page, visit, self.portal, self.explorer)
        page.reading.links = []

    def _heed(self, response: Response) -> None:
        """Wait as long as Retry-After asks; when that is too long, ask the host no more in this run."""
        asked = retry_after(header_of(response, "Retry-After"), datetime.now(UTC))
        if asked is not None and not self._run.replayed:
            self._run.network.hosts.hold(response.url, asked)

    def page_saved(self) -> None:
        if self.loop is not None:
            self.loop.go_on()

    def page_lost(self, **context: Any) -> None:
        """Something of ours failed on this page: say so in the archive and go on."""
        run, visit = self._run, self.visit
        failure = context.get("failure")
        detail = failure.getErrorMessage() if failure else str(context.get("exception", ""))
        if visit is not None and not run.storage.failure:
            capture = Capture(address_of(visit), now(), outcome="internal_error")
            refusal = Refusal("internal_error", detail[:200])
            try:
                reading = Reading(refusal=refusal)
                page = Page(self.portal.slug, visit.id, capture, reading, retry=True)
                run.storage.save_at_once(page, visit)
            except ArchiveError as error:
                self.logger.critical("%s", error)
        self.page_saved()

    def _say_patterns(self, run: Run) -> None:
        """Say what was worked out, so that it can be written down."""
        if self.portal.article_urls:
            return
        if self.article_urls and self.explorer.unmatched:
            alarm = Alarm("patterns_unmatched", self.explorer.unmatched)
            run.portals[self.portal.slug].unmatched = alarm
        for pattern in self.explorer.patterns():
            run.progress.say(say_short("pattern", portal=self.portal.slug, pattern=pattern))

    def closed(self, reason: str) -> None:
        if self.loop is None:
            return
        if self.portal.slug in self._run.portals:
            self._say_patterns(self._run)
            self.loop.notice()
        cut = self.loop.cut if reason == "finished" else None
        self._run.ledger.end(self.portal.slug, cut or reason)

"""PortalSpider: list pages → article pages, known by the shape of their addresses."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from scrapy import FormRequest, Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.archive.database import ArchiveError
from crawler.archive.frontier import queue as frontier
from crawler.archive.frontier.queue import Visit
from crawler.captures import post_address
from crawler.clock import now
from crawler.crawl.arguments import CrawlArguments
from crawler.crawl.declaration import DeclaredSpider
from crawler.crawl.exploration import Explorer
from crawler.crawl.link_selection import seed, select_links, sitemap, target
from crawler.downloader.responses import capture_of, fetched_of, header_of
from crawler.extraction_pool import reading_of
from crawler.http.outcomes import (
    detail_of_failure,
    outcome_of_failure,
    outcome_of_status,
    retry_after,
)
from crawler.items import Capture, Link, Page, Reading, Refusal
from crawler.messages import say_short
from crawler.monitoring.alarms import Alarm, code_of
from crawler.monitoring.observations import SITE_REFUSALS
from crawler.portals.model import Portal
from crawler.portals.urls import classify_url, is_own
from crawler.run.run import Run


class PortalSpider(DeclaredSpider):
    """One department's portal. A subclass declares facts; see crawler.crawl.declaration for them.

    Arguments (`-a`): `since=2026-01-01`, `max_pages=200`, `deep=1` (walk every list page again).
    """

    def __init__(self, name: str | None = None, **arguments: Any) -> None:
        self.limits = self.check(arguments)
        super().__init__(name)
        self.portal = self.described(arguments)
        self._asked = 0
        self._deep = False  # every list is read anew
        self._cut: str | None = None  # by what the crawl ended early
        self.visit: Visit | None = None  # the one in flight
        self._saved = asyncio.Event()

    @classmethod
    def check(cls, arguments: Mapping[str, str]) -> CrawlArguments:
        """What the `-a` arguments mean. Raises ArgumentError on an unknown or wrong one."""
        return CrawlArguments.of(arguments)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> PortalSpider:
        spider = super().from_crawler(crawler, *args, **kwargs)
        # The next page is asked for when this one is saved, or when saving it has failed.
        crawler.signals.connect(spider.page_saved, signals.item_scraped)
        crawler.signals.connect(spider.page_lost, signals.item_error)
        crawler.signals.connect(spider.page_lost, signals.item_dropped)
        crawler.signals.connect(spider.page_lost, signals.spider_error)
        return spider

    def described(self, arguments: Mapping[str, str]) -> Portal:
        """The facts this crawl goes by."""
        return self.facts()

    async def start(self) -> AsyncIterator[Request]:
        """Ask for one page at a time, each after the one before it is on disk.

        What is asked for next depends only on what is in the archive: a crawl killed anywhere
        and started again takes the same path as one that never stopped.
        """
        run = Run.of(self.crawler)
        try:
            self._begin(run)
            while (visit := self._next(run)) is not None:
                self.visit = visit
                self._saved.clear()
                yield self._request(visit)
                await self._saved.wait()
                self._look_after(run, visit)
                await run.hosts.rest(visit.url)
        except Exception as error:  # noqa: BLE001
            # Whatever a spider gets wrong, it is this portal's failure and no other's.
            run.crashed(self.portal, error)

    def _look_after(self, run: Run, visit: Visit) -> None:
        """A host in doubt is asked for a start page, which has answered before."""
        host = run.hosts.of(visit.url)
        if host.doubted:
            names = [seed(url, self.portal).name for url in self.portal.start_urls]
            with run.archive.transaction() as conn:
                if not frontier.ask_again(conn, self.portal.slug, set(names) - {visit.name}):
                    run.hosts.park(visit.url)
        if host.parked:
            with run.archive.transaction() as conn:
                frontier.park(conn, host.failed)
            host.failed.clear()
            said = f"{urlsplit(visit.url).netloc}: {host.parked}"
            run.portals[self.portal.slug].left_alone = Alarm(code_of(host.kind), said)

    def _begin(self, run: Run) -> None:
        going = run.begin(self.portal)
        self.explorer = Explorer(run.archive, self.portal.slug)
        with run.archive.transaction() as conn:
            frontier.take_up_parked(conn, self.portal.slug)
            if self.limits.since is None:
                frontier.reopen_older(conn, self.portal.slug)
            frontier.begin_sweep(
                conn,
                self.portal.slug,
                [seed(url, self.portal) for url in self.portal.start_urls],
                now=now(),
                deep=self.limits.deep,
                resume=going.resumed,
                revisits=self.settings.getint("REVISITS"),
            )
            self._deep = frontier.is_deep(conn, self.portal.slug)

    def may_ask(self, url: str) -> bool:
        """Whether an address is on one of the portal's own hosts and ports."""
        return is_own(url, self.portal)

    def sitemaps_named(self, host: str, addresses: Iterable[str]) -> None:
        """Queue the sitemaps that robots.txt names, and the one that stands where most do."""
        run = Run.of(self.crawler)
        with run.archive.transaction() as conn:
            for address in (*addresses, f"{host}/sitemap.xml"):
                link = sitemap(address, self.portal)
                if link:
                    frontier.insert(
                        conn, self.portal.slug, link,
                        rank=link.rank, depth=0, barren=0, hops=0, found_on=None,
                    )  # fmt: skip

    def _next(self, run: Run) -> Visit | None:
        if run.storage_failure:
            return None
        while (visit := self._pending(run)) is not None:
            if run.stopping or run.portals[self.portal.slug].is_down:
                self._cut = "shutdown" if run.stopping else None
                return None
            if self.limits.max_pages is not None and self._asked >= self.limits.max_pages:
                self._cut = "budget"
                return None
            if run.out_of_time:
                self._cut = "deadline"
                return None
            if run.hosts.of(visit.url).parked:
                frontier.set_state(run.archive.conn, visit.id, "parked")
                continue
            if visit.page > 1 and self.limits.passed(run.archive.conn, visit):
                frontier.set_state(run.archive.conn, visit.id, "older")
                continue
            self._asked += 1
            return visit
        return None

    def _pending(self, run: Run) -> Visit | None:
        """The head of the queue; after failures in a row a page from elsewhere in it."""
        elsewhere = run.hosts.of(self.visit.url).elsewhere if self.visit else []
        found = None
        if elsewhere and self.visit:
            along = elsewhere.pop(0)
            found = frontier.visit_along(run.archive.conn, self.portal.slug, "article", along)
        return found or frontier.next_visit(run.archive.conn, self.portal.slug)

    def _request(self, visit: Visit) -> Request:
        kind = FormRequest if visit.form else Request
        extra = {"formdata": list(visit.form)} if visit.form else {}
        request = kind(
            visit.url,
            callback=self.parse,
            errback=self.parse_failure,
            dont_filter=True,
            meta={"visit": visit, "address": self._address(visit)},
            **extra,
        )
        if visit.etag and not visit.form and visit.kind != "article":
            request.headers["If-None-Match"] = visit.etag
        return request

    @staticmethod
    def _address(visit: Visit) -> str:
        return post_address(visit.url, visit.form) if visit.form else visit.url

    async def parse(self, response: Response, **kwargs: Any) -> AsyncIterator[Page]:
        """Turn an answer into its one item."""
        visit: Visit = response.meta["visit"]
        outcome, passing = outcome_of_status(response.status)
        capture = capture_of(response, outcome)
        page = Page(self.portal.slug, visit.id, capture, Reading(), retry=passing)
        if outcome == "redirect":
            self._redirect(page, visit, response)
        elif outcome == "ok":
            await self._read(page, visit, response)
        elif passing:
            self._heed(response)
        self._note(page, visit)
        yield page

    async def parse_failure(self, failure: Failure) -> AsyncIterator[Page]:
        """A request without an answer is an item too: the look is kept, with its reason."""
        visit: Visit = failure.request.meta["visit"]  # type: ignore[attr-defined]
        if Run.of(self.crawler).storage_failure:
            self._saved.set()  # what cannot be kept was not seen: the page is still pending
            return
        outcome, passing = outcome_of_failure(failure.value)
        detail = detail_of_failure(failure.value)
        capture = Capture(self._address(visit), now(), outcome=outcome, detail=detail)
        page = Page(self.portal.slug, visit.id, capture, Reading(), retry=passing)
        self._note(page, visit)
        yield page

    def _note(self, page: Page, visit: Visit) -> None:
        """What the answer says about its host."""
        refusal = page.reading.refusal
        outcome = page.capture.outcome
        if outcome == "ok" and refusal and refusal.reason in SITE_REFUSALS:
            outcome = SITE_REFUSALS[refusal.reason]
        Run.of(self.crawler).hosts.note(visit.url, outcome, visit.id)

    def _redirect(self, page: Page, visit: Visit, response: Response) -> None:
        if not page.capture.location:
            page.capture.outcome = "redirect_nowhere"
            return
        link = target(page.capture.location, self.portal, base=visit.url)
        if link is None:
            page.capture.outcome = "redirect_outside"
        elif (visit.kind == "article" and link.kind != "article") or self._leads_home(visit, link):
            page.capture.outcome = "redirect_home"  # how many systems say: not here any more
        elif visit.hops >= frontier.HOPS or link.url == visit.url:
            page.capture.outcome = "redirect_loop"
        else:
            page.links = [link]

    def _leads_home(self, visit: Visit, link: Link) -> bool:
        """Whether a section that is no more sends its readers to a start page."""
        starts = {seed(url, self.portal).name for url in self.portal.start_urls}
        return visit.kind == "list" and visit.name not in starts and link.name in starts

    async def _read(self, page: Page, visit: Visit, response: Response) -> None:
        if visit.kind != "article":
            page.mark = self._mark(page)
            if page.mark == visit.mark and visit.recent and not self._deep:
                page.capture.outcome = "not_modified"  # byte for byte, and read by the same rules
                return
        fetched = fetched_of(response, visit.url, page.capture.fetched_at)
        future = Run.of(self.crawler).workers.read(
            fetched,
            self.portal,
            key=visit.name.removeprefix("a:") if visit.kind == "article" else "",
            expect=self.explorer.expected(self.portal, visit),
            boilerplate=Run.of(self.crawler).portals[self.portal.slug].boilerplate,
        )
        await asyncio.wait([asyncio.wrap_future(future)])
        page.reading = reading_of(future)
        self._name(page, visit)
        if not self.portal.article_urls:
            self.explorer.judge(page, visit)
        page.links = self._worthwhile(page.reading.links, page, visit)
        doubted = self.explorer.doubt(self.portal, page.links)
        if doubted is not self.portal:
            self.portal = doubted
            page.links = self._worthwhile(page.reading.links, page, visit)
        page.reading.links = []

    def _worthwhile(self, links: list[Link], page: Page, visit: Visit) -> list[Link]:
        return select_links(
            links,
            found_on="article" if page.reading.article else page.proved or visit.kind,
            depth=visit.depth,
            base=visit.url,
            portal=self.portal,
            alike=self.explorer.alike,
        )

    def _mark(self, page: Page) -> str:
        """What a list's bytes say is the same while this is: bytes, rules and declared facts."""
        rules = Run.of(self.crawler).portals[self.portal.slug].extractor
        return sha256(f"{page.capture.digest} {rules} {self.portal}".encode()).hexdigest()[:16]

    def _name(self, page: Page, visit: Visit) -> None:
        """Give an article its address and its key."""
        article = page.reading.article
        if article is None:
            return
        here = classify_url(visit.url, self.portal)
        article.url = here.url
        article.key = visit.name.removeprefix("a:") if visit.kind == "article" else here.key
        if not self.portal.article_urls and page.reading.canonical:
            article.key = classify_url(page.reading.canonical, self.portal).key or article.key
        article.key = article.key or here.url

    def _heed(self, response: Response) -> None:
        """Wait as long as the server asks, or leave it alone when that is all night."""
        asked = retry_after(header_of(response, "Retry-After"), datetime.now(UTC))
        if asked is not None and not Run.of(self.crawler).replayed:
            Run.of(self.crawler).hosts.hold(response.url, asked)

    def page_saved(self) -> None:
        self._saved.set()

    def page_lost(self, **context: Any) -> None:
        """Something of ours failed on this page: say so in the archive and go on."""
        run, visit = Run.of(self.crawler), self.visit
        failure = context.get("failure")
        detail = failure.getErrorMessage() if failure else str(context.get("exception", ""))
        if visit is not None and not run.storage_failure:
            capture = Capture(self._address(visit), now(), outcome="internal_error")
            refusal = Refusal("internal_error", detail[:200])
            try:
                page = Page(self.portal.slug, visit.id, capture, Reading(refusal=refusal))
                run.save_at_once(page, visit)
            except ArchiveError as error:
                self.logger.critical("%s", error)
        self._saved.set()

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
        if self.portal.slug in Run.of(self.crawler).portals:
            self._say_patterns(Run.of(self.crawler))
        cut = self._cut if reason == "finished" else None
        Run.of(self.crawler).end(self.portal.slug, cut or reason)

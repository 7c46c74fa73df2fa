"""One portal's way through its frontier: what is asked for next, and when it is enough."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import Any, Protocol

from scrapy import FormRequest, Request
from scrapy.settings import BaseSettings

from crawler.archive.frontier import queue as frontier
from crawler.archive.frontier.copies import switch
from crawler.archive.frontier.queue import Visit
from crawler.archive.frontier.results import FAULTS, OUR_FAULT
from crawler.archive.frontier.sitemaps import sitemaps_given_up
from crawler.archive.frontier.sweeps import begin_sweep, is_deep, reopen_older
from crawler.archive.validators import validators_of
from crawler.captures import post_address
from crawler.clock import now
from crawler.crawl.arguments import CrawlArguments
from crawler.crawl.exploration import Explorer
from crawler.crawl.link_selection import seed, sitemap
from crawler.crawl.session_cookies import SessionCookies
from crawler.monitoring.alarms import Alarm, code_of
from crawler.parsing import split_url
from crawler.portals.model import Portal
from crawler.run.run import Run


class PortalCrawl(Protocol):
    """What the loop must know of the spider it asks for."""

    portal: Portal
    limits: CrawlArguments
    explorer: Explorer
    settings: BaseSettings

    @property
    def parse(self) -> Any: ...

    @property
    def parse_failure(self) -> Any: ...

    def recall(self, run: Run) -> None: ...


class FrontierLoop:
    """Asks for one page at a time, each after the one before it is on disk.

    What is asked for next depends only on what is in the archive: a crawl killed anywhere and
    started again takes the same path as one that never stopped.
    """

    def __init__(self, run: Run, spider: PortalCrawl) -> None:
        self.visit: Visit | None = None  # the one in flight
        self.deep = False  # every list is read anew
        self.cut: str | None = None  # by what the crawl ended early
        self.cookies = SessionCookies()
        self._run, self._spider = run, spider
        self._asked = 0
        self._saved = asyncio.Event()

    async def requests(self) -> AsyncIterator[Request]:
        run = self._run
        try:
            self._begin()
            while (visit := self._next()) is not None:
                self.visit = visit
                self._saved.clear()
                request = self._request(visit)
                self.cookies.carry(request)
                yield request
                await self._saved.wait()
                self._look_after(visit)
                await run.network.hosts.rest(visit.url)
        except Exception as error:  # noqa: BLE001
            # Whatever a spider gets wrong, it is this portal's failure and no other's.
            run.ledger.crashed(self._spider.portal, error)

    def go_on(self) -> None:
        """The page in flight is saved, or saving it has failed: the next may be asked for."""
        self._saved.set()

    def queue_sitemaps(self, host: str, addresses: Iterable[str]) -> None:
        """Queue the sitemaps that robots.txt names, and the one that stands where most do."""
        portal = self._spider.portal
        with self._run.archive.transaction() as conn:
            for address in (*addresses, f"{host}/sitemap.xml"):
                link = sitemap(address, portal)
                if link:
                    frontier.insert(
                        conn, portal.slug, link,
                        rank=link.rank, depth=0, barren=0, hops=0, found_on=None,
                    )  # fmt: skip

    def notice(self) -> None:
        """What of the crawl somebody should look at, beside what the verdict says."""
        run, slug = self._run, self._spider.portal.slug
        going = run.portals[slug]
        endless = sitemaps_given_up(run.archive.conn, slug, run.id)
        if endless:
            going.noticed.append(Alarm("sitemap_endless", endless))
        if doubt := run.clock.doubt:
            going.noticed.append(Alarm("clock", doubt))
        if broken := going.looks.failures[OUR_FAULT]:
            said = f"{broken} pages; each is asked for on {FAULTS} nights"
            going.noticed.append(Alarm(OUR_FAULT, said))

    def _begin(self) -> None:
        run, spider = self._run, self._spider
        spider.recall(run)
        portal, limits = spider.portal, spider.limits
        going = run.ledger.begin(portal)
        spider.explorer = Explorer(run.archive, portal.slug)
        with run.archive.transaction() as conn:
            frontier.take_up_parked(conn, portal.slug)
            if limits.since is None:
                reopen_older(conn, portal.slug)
            begin_sweep(
                conn,
                portal.slug,
                [seed(url, portal) for url in portal.start_urls],
                now=now(),
                deep=limits.deep,
                resume=going.resumed,
                revisits=spider.settings.getint("REVISITS"),
            )
            self.deep = is_deep(conn, portal.slug)

    def _next(self) -> Visit | None:
        run, limits = self._run, self._spider.limits
        if run.storage.failure:
            return None
        while (visit := self._pending()) is not None:
            if run.stopping or run.portals[self._spider.portal.slug].is_down:
                self.cut = "shutdown" if run.stopping else None
                return None
            if limits.max_pages is not None and self._asked >= limits.max_pages:
                self.cut = "budget"
                return None
            if run.out_of_time:
                self.cut = "deadline"
                return None
            if run.network.hosts.of(visit.url).parked:
                if self._elsewhere(visit):
                    continue
                frontier.set_state(run.archive.conn, visit.id, "parked")
                continue
            if visit.page > 1 and limits.passed(run.archive.conn, visit):
                frontier.set_state(run.archive.conn, visit.id, "older")
                continue
            self._asked += 1
            return visit
        return None

    def _elsewhere(self, visit: Visit) -> bool:
        """Turn to another host that has the article, too, when one is left alone."""
        hosts, slug = self._run.network.hosts, self._spider.portal.slug
        with self._run.archive.transaction() as conn:
            return switch(conn, slug, visit.name, visit.url, lambda url: not hosts.of(url).parked)

    def _pending(self) -> Visit | None:
        """The next page of the queue; after failures in a row one from the middle or the end."""
        conn, slug = self._run.archive.conn, self._spider.portal.slug
        elsewhere = self._run.network.hosts.of(self.visit.url).elsewhere if self.visit else []
        found = None
        if elsewhere:
            found = frontier.visit_along(conn, slug, "article", elsewhere.pop(0))
        return found or frontier.next_visit(conn, slug)

    def _request(self, visit: Visit) -> Request:
        asked: dict[str, Any] = {
            "callback": self._spider.parse,
            "errback": self._spider.parse_failure,
            "dont_filter": True,
            "meta": {"visit": visit, "address": address_of(visit)},
        }
        if visit.form:
            return FormRequest(visit.url, formdata=list(visit.form), **asked)
        request = Request(visit.url, **asked)
        if visit.kind == "article":
            known = validators_of(self._run.archive.conn, visit.url, now())
            request.headers.update(known)
        elif visit.etag:
            request.headers["If-None-Match"] = visit.etag
        return request

    def _look_after(self, visit: Visit) -> None:
        """After failures in a row put a start page next: it has answered before."""
        run, portal = self._run, self._spider.portal
        host = run.network.hosts.of(visit.url)
        if host.doubted:
            names = {seed(url, portal).name for url in portal.start_urls}
            with run.archive.transaction() as conn:
                if not frontier.ask_again(conn, portal.slug, names - {visit.name}):
                    run.network.hosts.park(visit.url)
        if host.parked:
            with run.archive.transaction() as conn:
                frontier.park(conn, host.failed)
            host.failed.clear()
            said = f"{split_url(visit.url).netloc}: {host.parked}"
            run.portals[portal.slug].left_alone = Alarm(code_of(host.kind), said)


def address_of(visit: Visit) -> str:
    """The address under which a visit's answer is kept: a form's fields are part of it."""
    return post_address(visit.url, visit.form) if visit.form else visit.url

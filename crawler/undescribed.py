"""A portal whose article addresses nobody knows: they are worked out from the site itself."""

from __future__ import annotations

from dataclasses import replace

from scrapy.http import Response, TextResponse

from crawler.archive import frontier
from crawler.archive.frontier import Visit
from crawler.archive.runs import platform_of
from crawler.discovery import looks_like_article, worthwhile
from crawler.items import Expected, Page
from crawler.messages import say_short
from crawler.patterns import article_patterns
from crawler.platforms import PLATFORMS, detect
from crawler.portal import PortalSpider
from crawler.portals import on_platform
from crawler.run import Run
from crawler.shapes import Shapes

HEADLINES = 5  # links on a page that read like headlines of a list


class UndescribedPortalSpider(PortalSpider):
    """Recognises the system that runs the site; without one, learns the shape of its addresses.

    A link that reads like a headline is taken for an article until its page says otherwise; once
    a few of one shape were articles, every address of that shape is one, however short its link.
    """

    _served = False  # whether the platform's patterns have matched a link of this site
    _shapes = Shapes()

    def _begin(self, run: Run) -> None:
        known = platform_of(run.archive.conn, self.portal.slug)
        if self.portal.platform is None and known in PLATFORMS:
            # What the first visit saw holds for the next one, and for one that was cut short.
            self.portal = on_platform(self.portal, PLATFORMS[known])
        super()._begin(run)
        self._shapes = Shapes(frontier.proved(run.archive.conn, self.portal.slug))

    async def _read(self, page: Page, visit: Visit, response: Response) -> None:
        if self.portal.platform is None and isinstance(response, TextResponse):
            seen = detect(visit.url, response.text)
            if seen:
                self.portal = on_platform(self.portal, seen)
                Run.of(self.crawler).redescribe(self.portal)
        await super()._read(page, visit, response)
        self._doubt_patterns(page, visit)

    def _expected(self, visit: Visit) -> Expected | None:
        if self.portal.article_urls or visit.kind != "article":
            return super()._expected(visit)
        return "headline" if looks_like_article(visit.url, visit.text) else "sibling"

    def _alike(self, url: str) -> bool:
        return self._shapes.promise(url)

    def _judge(self, page: Page, visit: Visit) -> None:
        """Learn from what a page turned out to be."""
        if self.portal.article_urls or visit.kind not in ("article", "unknown") or visit.form:
            return
        conn, article = Run.of(self.crawler).archive.conn, page.reading.article is not None
        refusal = page.reading.refusal
        if visit.kind == "article" and not article:
            if refusal is None or refusal.reason not in ("list_page", "empty"):
                return  # an error says nothing about the address
            if not frontier.is_archived(conn, self.portal.slug, visit.name):
                page.proved = "unknown"
                page.reading.refusal = None if refusal.reason == "list_page" else refusal
        if self._shapes.learn(visit.url, article=article):
            with Run.of(self.crawler).archive.transaction():
                frontier.promote(conn, self.portal.slug, self._shapes.promise)

    def _doubt_patterns(self, page: Page, visit: Visit) -> None:
        """Give up a platform's usual addresses on a site whose headlines never lead to any."""
        if not self.portal.article_urls or self._served:
            return
        self._served = any(link.kind == "article" for link in page.links)
        alike = [link for link in page.links if looks_like_article(link.url, link.text)]
        if self._served or len(alike) < HEADLINES:
            return
        self.portal = replace(self.portal, article_urls=())
        page.links = worthwhile(
            page.links, found_on=visit.kind, depth=visit.depth, base=visit.url, portal=self.portal
        )

    def closed(self, reason: str) -> None:
        """Say what was worked out, so that it can be written down."""
        run = Run.of(self.crawler)
        if not self.portal.article_urls:
            proved = frontier.proved(run.archive.conn, self.portal.slug)
            patterns = article_patterns(url for url, article in proved if article)
            for pattern in patterns:
                run.progress.say(say_short("pattern", portal=self.portal.slug, pattern=pattern))
        super().closed(reason)

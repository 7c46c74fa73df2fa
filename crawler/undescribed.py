"""A portal that nobody described: the system that runs it is recognised from its pages."""

from __future__ import annotations

from scrapy.http import Response

from crawler.answers import header_of
from crawler.archive.frontier import Visit
from crawler.archive.runs import platform_of
from crawler.extract.decode import decode
from crawler.items import Page
from crawler.platforms import LOOKED_AT, PLATFORMS, detect
from crawler.portal import PortalSpider
from crawler.portals import on_platform
from crawler.run import Run


class UndescribedPortalSpider(PortalSpider):
    """Goes by the addresses and the markup of the system it recognises, else by their shape."""

    def _begin(self, run: Run) -> None:
        known = platform_of(run.archive.conn, self.portal.slug)
        if self.portal.platform is None and known in PLATFORMS:
            # What the first visit saw holds for the next one, and for one that was cut short.
            self.portal = on_platform(self.portal, PLATFORMS[known])
        super()._begin(run)

    async def _read(self, page: Page, visit: Visit, response: Response) -> None:
        if self.portal.platform is None:
            # By our own decoder: a page may name a codec that takes Scrapy for ever.
            start = decode(response.body[:LOOKED_AT], header_of(response, "Content-Type"))
            seen = detect(visit.url, start.text)
            if seen:
                self.portal = on_platform(self.portal, seen)
                Run.of(self.crawler).redescribe(self.portal)
        await super()._read(page, visit, response)

"""A portal nobody described: known by its address, recognised by its pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from scrapy.http import Response, TextResponse

from crawler.archive.frontier import Visit
from crawler.archive.runs import platform_of, record_portals
from crawler.discovery import looks_like_article, worthwhile
from crawler.facts import Portal
from crawler.items import Page
from crawler.limits import ArgumentError, Limits
from crawler.messages import say
from crawler.platforms import PLATFORMS, detect
from crawler.portal import PortalSpider
from crawler.portals import on_platform, stranger
from crawler.run import Run

OWN = ("url", "platform", "province")
HEADLINES = 5  # links on a page that read like headlines of a list


class AnyPortalSpider(PortalSpider):
    """Arguments (`-a`): `url` (wanted), `platform`, `province`, and those of every portal."""

    _served = False  # whether the platform's patterns have matched a link of this site

    @classmethod
    def check(cls, arguments: Mapping[str, str]) -> Limits:
        url = arguments.get("url", "")
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
            raise ArgumentError(
                say("argument_wrong", name="url", value=url, wanted="https://host/…")
            )
        platform = arguments.get("platform")
        if platform is not None and platform not in PLATFORMS:
            known = ", ".join(PLATFORMS)
            raise ArgumentError(
                say("argument_wrong", name="platform", value=platform, wanted=known)
            )
        return Limits.of({key: value for key, value in arguments.items() if key not in OWN})

    def described(self, arguments: Mapping[str, str]) -> Portal:
        portal = replace(
            stranger(arguments["url"], province=arguments.get("province", "")),
            start_urls=(arguments["url"],),
        )
        if "platform" in arguments:
            portal = on_platform(portal, PLATFORMS[arguments["platform"]])
        return portal

    def _begin(self, run: Run) -> None:
        known = platform_of(run.archive.conn, self.portal.slug)
        if self.portal.platform is None and known in PLATFORMS:
            # What the first visit saw holds for the next one, and for one that was cut short.
            self.portal = on_platform(self.portal, PLATFORMS[known])
        super()._begin(run)

    async def _read(self, page: Page, visit: Visit, response: Response) -> None:
        if self.portal.platform is None and isinstance(response, TextResponse):
            seen = detect(visit.url, response.text)
            if seen:
                self.portal = on_platform(self.portal, seen)
                run = Run.of(self.crawler)
                with run.archive.transaction() as conn:
                    record_portals(conn, [self.portal])
        await super()._read(page, visit, response)
        self._doubt_patterns(page, visit)

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

"""A portal that nobody described: the system that runs it is recognised from its pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from crawler.archive.runs import platform_of
from crawler.crawl.arguments import ArgumentError, CrawlArguments
from crawler.crawl.portal_spider import PortalSpider
from crawler.extract.decode import decode
from crawler.items import Fetched
from crawler.messages import say
from crawler.parsing import split_url
from crawler.platforms import LOOKED_AT, PLATFORMS, detect
from crawler.portals.model import Portal
from crawler.registry.portals import on_platform, unknown_portal
from crawler.run.run import Run

OWN = ("url", "platform", "province", "tls")


def detect_platform(fetched: Fetched) -> type[PortalSpider] | None:
    """The platform that a page shows, the same for all who ask: crawl, `extract` and `reextract`."""
    # By our own decoder: a page may name a codec that takes Scrapy for ever.
    page = decode(fetched.body[:LOOKED_AT], fetched.header("content-type"))
    return detect(fetched.url, page.text)


def portal_by_page(fetched: Fetched) -> Portal:
    """Facts about a site nobody described: its host, and its platform when the page shows one."""
    portal, platform = unknown_portal(fetched.url), detect_platform(fetched)
    return on_platform(portal, platform) if platform else portal


class UndescribedPortalSpider(PortalSpider):
    """Goes by the addresses and the markup of the system it recognises, else by their shape."""

    def recall(self, run: Run) -> None:
        known = platform_of(run.archive.conn, self.portal.slug)
        if self.portal.platform is None and known in PLATFORMS:
            # What the first visit saw holds for the next one, and for one that was cut short.
            self.portal = on_platform(self.portal, PLATFORMS[known])

    def recognise(self, fetched: Fetched) -> None:
        seen = detect_platform(fetched) if self.portal.platform is None else None
        if seen:
            self.portal = on_platform(self.portal, seen)
            if self.loop is not None:
                Run.of(self.crawler).ledger.redescribe(self.portal)


class AnyPortalSpider(UndescribedPortalSpider):
    """Arguments (`-a`): `url` (wanted), `platform`, `province`, `tls`, and those of every portal."""

    @classmethod
    def check(cls, arguments: Mapping[str, str]) -> CrawlArguments:
        url = arguments.get("url", "")
        if split_url(url).scheme not in ("http", "https") or not split_url(url).hostname:
            raise ArgumentError(
                say("argument_wrong", name="url", value=url, wanted="https://host/…")
            )
        platform = arguments.get("platform")
        if platform is not None and platform not in PLATFORMS:
            known = ", ".join(PLATFORMS)
            raise ArgumentError(
                say("argument_wrong", name="platform", value=platform, wanted=known)
            )
        if arguments.get("tls", "verified") not in ("verified", "unverified"):
            raise ArgumentError(
                say("argument_wrong", name="tls", value=arguments["tls"], wanted="unverified")
            )
        return CrawlArguments.of({key: value for key, value in arguments.items() if key not in OWN})

    def described(self, arguments: Mapping[str, str]) -> Portal:
        portal = replace(
            unknown_portal(arguments["url"], province=arguments.get("province", "")),
            start_urls=(arguments["url"],),
            tls="unverified" if arguments.get("tls") == "unverified" else "verified",
        )
        if "platform" in arguments:
            portal = on_platform(portal, PLATFORMS[arguments["platform"]])
        return portal

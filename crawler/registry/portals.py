"""All portals of the project as facts, and which of them an address belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from scrapy.settings import BaseSettings
from scrapy.spiderloader import get_spider_loader

from crawler.crawl.portal_spider import PortalSpider
from crawler.parsing import split_url
from crawler.portals.model import Portal
from crawler.portals.urls import classify_url


def known_portals(settings: BaseSettings) -> dict[str, Portal]:
    """Every portal that has a spider, by slug."""
    loader = get_spider_loader(settings)
    classes = [loader.load(name) for name in loader.list()]
    return {
        spider.name: spider.facts()
        for spider in classes
        if issubclass(spider, PortalSpider) and getattr(spider, "province", None)
    }


def portal_of(url: str, portals: Iterable[Portal]) -> Portal | None:
    """The portal an address belongs to; of two on one host, the one that knows it best."""
    order = ("article", "list", "unknown", "skip")
    kinds = [(classify_url(url, portal).kind, portal) for portal in portals]
    known = [(order.index(kind), at) for at, (kind, _) in enumerate(kinds) if kind != "outside"]
    return kinds[min(known)[1]][1] if known else None


def unknown_portal(url: str, *, province: str = "") -> Portal:
    """Facts about a site nobody described: its host is all that is known."""
    host = split_url(url).netloc.rpartition("@")[2].lower()
    slug = host.removeprefix("www.").replace(".", "_").replace("-", "_").replace(":", "_")
    return Portal(slug=slug, province=province, department="", hosts=(host,), described=False)


def on_platform(portal: Portal, platform: type[PortalSpider]) -> Portal:
    """The same portal with the addresses and the markup its platform always has."""
    return replace(
        portal,
        platform=platform.platform,
        article_urls=tuple(platform.article_urls),
        list_urls=tuple(platform.list_urls),
        skip_urls=tuple(platform.skip_urls),
        drop_params=tuple(platform.drop_params),
        language_folders=tuple(platform.language_folders),
        markup=platform.markup,
    )

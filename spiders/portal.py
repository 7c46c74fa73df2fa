"""Any portal by its address: `scrapy crawl portal -a url=https://… [-a platform=nukeviet]`."""

from __future__ import annotations

from crawler.registry.unknown_portal import AnyPortalSpider


class AnySpider(AnyPortalSpider):
    name = "portal"

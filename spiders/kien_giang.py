"""Sở Khoa học và Công nghệ tỉnh Kiên Giang: https://skhcn.kiengiang.gov.vn/ (own system, two generations)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class KienGiangSpider(PortalSpider):
    name = "kien_giang"
    province = "kien_giang"
    allowed_domains = ["skhcn.kiengiang.gov.vn"]
    start_urls = ["https://skhcn.kiengiang.gov.vn/"]
    article_urls = (
        r"^/[\w-]+/chitiet/(?P<id>\d+)/",
        r"^/trang/TinTuc/(?P<list>\d+)/(?P<id>\d+)/",
    )
    evidence = "address only"

"""Sở Khoa học và Công nghệ tỉnh Phú Thọ: https://sokhoahoccongnghe.phutho.gov.vn/ (own system)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class PhuThoSpider(PortalSpider):
    name = "phu_tho"
    province = "phu_tho"
    allowed_domains = ["sokhoahoccongnghe.phutho.gov.vn"]
    start_urls = [
        "https://sokhoahoccongnghe.phutho.gov.vn/",
        "https://sokhoahoccongnghe.phutho.gov.vn/hoat-dong-khcn-co-so",
    ]
    article_urls = (r"^/[^/?]+-n(?P<id>\d+)$",)
    evidence = "address only"

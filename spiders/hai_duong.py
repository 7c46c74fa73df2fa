"""Sở Khoa học và Công nghệ tỉnh Hải Dương: https://haiduongdost.gov.vn/ (own system with three address schemes)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class HaiDuongSpider(PortalSpider):
    name = "hai_duong"
    province = "hai_duong"
    allowed_domains = ["haiduongdost.gov.vn"]
    start_urls = ["https://haiduongdost.gov.vn/"]
    article_urls = (
        r"^/(?:[\w-]+/)*article/[^/?]+/(?P<id>\d+)",
        r"^/(?:[\w-]+/){1,3}[^/?]+-(?P<id>\d{3,})\.html",
    )
    evidence = "address only"

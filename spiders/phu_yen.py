"""Sở Khoa học và Công nghệ tỉnh Phú Yên: http://skhcn.phuyen.gov.vn/ (the eGov system that Quảng Ngãi has too)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class PhuYenSpider(PortalSpider):
    name = "phu_yen"
    province = "phu_yen"
    allowed_domains = ["skhcn.phuyen.gov.vn"]
    start_urls = ["http://skhcn.phuyen.gov.vn/"]
    article_urls = (r"^/[\w-]+/(?:[\w-]+/)?(?P<id>[\w%-]+(?:-[\w%]+){5,})\.html",)
    evidence = "address only"

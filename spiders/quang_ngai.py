"""Sở Khoa học và Công nghệ tỉnh Quảng Ngãi: https://skh.quangngai.gov.vn/ (the province's eGov system since 2025)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class QuangNgaiSpider(PortalSpider):
    name = "quang_ngai"
    province = "quang_ngai"
    allowed_domains = ["skh.quangngai.gov.vn"]
    start_urls = ["https://skh.quangngai.gov.vn/"]
    list_urls = (r"^/danh-muc-[\w-]+/tin-tuc(?:/[\w-]+)?/?(?:\.html)?(?:\?|$)",)
    article_urls = (r"^/danh-muc-[\w-]+/tin-tuc/[\w-]+/(?P<id>[^/?]+)\.html",)
    skip_urls = ("^/web/",)
    evidence = "address only"

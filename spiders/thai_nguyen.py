"""Sở Khoa học và Công nghệ tỉnh Thái Nguyên: https://dosttn.gov.vn/tin-tuc-su-kien (own system)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class ThaiNguyenSpider(PortalSpider):
    name = "thai_nguyen"
    province = "thai_nguyen"
    allowed_domains = ["dosttn.gov.vn"]
    start_urls = ["https://dosttn.gov.vn/tin-tuc-su-kien"]
    list_urls = (r"^/tin-tuc-su-kien/?(?:\?|$)",)
    article_urls = (r"^/[\w-]+/[^/?]+-(?P<id>\d{3,})/?$",)
    skip_urls = ("^/tabid/",)
    evidence = "address only"

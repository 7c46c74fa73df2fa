"""Sở Khoa học và Công nghệ Thành phố Đà Nẵng: https://dost.danang.gov.vn/ (the city's system)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class DaNangSpider(PortalSpider):
    name = "da_nang"
    province = "da_nang"
    allowed_domains = ["dost.danang.gov.vn"]
    start_urls = ["https://dost.danang.gov.vn/"]
    article_urls = (r"^/chi-tiet-tin-tuc\?(?:.*&)?dinhdanh=(?P<id>\d+)",)
    accounts = ("Test Test",)
    evidence = "address only"

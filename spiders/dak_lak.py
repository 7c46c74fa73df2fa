"""Sở Khoa học và Công nghệ tỉnh Đắk Lắk: https://skhcn.daklak.gov.vn/ (own system)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class DakLakSpider(PortalSpider):
    name = "dak_lak"
    province = "dak_lak"
    allowed_domains = ["skhcn.daklak.gov.vn"]
    start_urls = ["https://skhcn.daklak.gov.vn/"]
    article_urls = (r"^/[^/?]+-(?P<id>\d{3,})\.html",)
    evidence = "address only"

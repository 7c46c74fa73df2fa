"""Sở Khoa học và Công nghệ tỉnh Nam Định: https://skhcn.namdinh.gov.vn/ (own system)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class NamDinhSpider(PortalSpider):
    name = "nam_dinh"
    province = "nam_dinh"
    allowed_domains = ["skhcn.namdinh.gov.vn"]
    start_urls = ["https://skhcn.namdinh.gov.vn/"]
    article_urls = (r"^/tin-tuc-[^/?]+-(?P<id>\d+)\.html",)
    evidence = "address only"

"""Sở Khoa học và Công nghệ tỉnh Bến Tre: http://dost-bentre.gov.vn/ (own system)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class BenTreSpider(PortalSpider):
    name = "ben_tre"
    province = "ben_tre"
    allowed_domains = ["dost-bentre.gov.vn"]
    start_urls = ["http://dost-bentre.gov.vn/"]
    article_urls = (r"^/(?P<list>tin-tuc|chi-tiet-thong-bao)/(?P<id>\d+)/",)
    evidence = "address only"

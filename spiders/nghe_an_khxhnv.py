"""Sở Khoa học và Công nghệ tỉnh Nghệ An: http://khxhnvnghean.gov.vn/ (own system of the department's centre for social sciences)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class NgheAnKhxhnvSpider(PortalSpider):
    name = "nghe_an_khxhnv"
    province = "nghe_an"
    allowed_domains = ["khxhnvnghean.gov.vn"]
    start_urls = ["http://khxhnvnghean.gov.vn/"]
    article_urls = (r"^/\?x=(?P<id>\d+)/[\w-]+/[\w-]+",)
    evidence = "address only"

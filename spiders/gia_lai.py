"""Sở Khoa học và Công nghệ tỉnh Gia Lai: https://skhcn.gialai.gov.vn/ (the province's ASP.NET system)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class GiaLaiSpider(PortalSpider):
    name = "gia_lai"
    province = "gia_lai"
    allowed_domains = ["skhcn.gialai.gov.vn"]
    start_urls = ["https://skhcn.gialai.gov.vn/"]
    article_urls = (r"^/(?:Mobile/)?News/(?P<id>\d+)\.aspx",)
    evidence = "address only"

"""Sở Khoa học và Công nghệ tỉnh Quảng Trị: http://dostquangtri.gov.vn/ (own system, until about 2021)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class QuangTriDostquangtriSpider(PortalSpider):
    name = "quang_tri_dostquangtri"
    province = "quang_tri"
    allowed_domains = ["dostquangtri.gov.vn"]
    start_urls = ["http://dostquangtri.gov.vn/"]
    article_urls = (r"^/\?(?:.*&)?details=(?P<id>\d+)",)
    evidence = "address only"

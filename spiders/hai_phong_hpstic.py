"""Sở Khoa học và Công nghệ Thành phố Hải Phòng: http://hpstic.vn/ (own system of the department's information centre)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class HaiPhongHpsticSpider(PortalSpider):
    name = "hai_phong_hpstic"
    province = "hai_phong"
    allowed_domains = ["hpstic.vn"]
    start_urls = ["http://hpstic.vn/"]
    article_urls = (r"^/news/[^/?]+-(?P<id>\d+)\.html",)
    evidence = "address only"

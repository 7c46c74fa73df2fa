"""Sở Khoa học và Công nghệ tỉnh Bình Dương: http://khcnbinhduong.gov.vn/ (own ASP.NET system)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class BinhDuongSpider(PortalSpider):
    name = "binh_duong"
    province = "binh_duong"
    allowed_domains = ["khcnbinhduong.gov.vn"]
    start_urls = [
        "http://khcnbinhduong.gov.vn/cl/35/169/tin-tuc-su-kien",
        "http://khcnbinhduong.gov.vn/cl/13/179/hoat-dong-khcn-trong-tinh",
    ]
    list_urls = (r"^/cl/\d+/\d+/",)
    article_urls = (r"^/New/[^/?]+-(?P<id>\d+)/?$",)
    evidence = "address only"

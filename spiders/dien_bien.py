"""Sở Khoa học và Công nghệ tỉnh Điện Biên: http://skhcn.dienbien.gov.vn/ (SharePoint-like)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class DienBienSpider(PortalSpider):
    name = "dien_bien"
    province = "dien_bien"
    allowed_domains = ["skhcn.dienbien.gov.vn", "skhcndienbien.gov.vn"]
    start_urls = ["http://skhcn.dienbien.gov.vn/"]
    list_urls = ("^/portal/KenhTin/",)
    article_urls = (r"^/portal/pages/(?P<id>\d{4}-\d{1,2}-\d{1,2}/[^/?]+)\.aspx",)
    evidence = "address only"

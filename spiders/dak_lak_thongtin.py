"""Sở Khoa học và Công nghệ tỉnh Đắk Lắk: http://thongtinkhcndaklak.vn/ (own system of the department's information centre)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class DakLakThongtinSpider(PortalSpider):
    name = "dak_lak_thongtin"
    province = "dak_lak"
    allowed_domains = ["thongtinkhcndaklak.vn"]
    start_urls = ["http://thongtinkhcndaklak.vn/"]
    list_urls = ("^/portal/KenhTin/",)
    article_urls = (r"^/portal/pages/(?P<id>\d{4}-\d{1,2}-\d{1,2}/[^/?]+)\.aspx",)
    evidence = "address only"

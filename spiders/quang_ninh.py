"""Sở Khoa học và Công nghệ tỉnh Quảng Ninh: https://www.quangninh.gov.vn/So/sokhoahoccongnghe/ (SharePoint, a part of the province's host)."""

from __future__ import annotations

from crawler.platforms.sharepoint import SharePointSpider


class QuangNinhSpider(SharePointSpider):
    name = "quang_ninh"
    province = "quang_ninh"
    allowed_domains = ["www.quangninh.gov.vn"]
    within = ("/So/sokhoahoccongnghe/",)
    start_urls = ["https://www.quangninh.gov.vn/So/sokhoahoccongnghe/"]
    article_urls = (r"/Trang/ChiTietTinTuc\.aspx\?(?:.*&)?nid=(?P<id>\d+)",)
    evidence = "address only"

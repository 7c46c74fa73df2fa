"""Sở Khoa học và Công nghệ tỉnh Ninh Thuận: http://www.ninhthuan.gov.vn/chinhquyen/sokhcn/ (SharePoint, a part of the province's host)."""

from __future__ import annotations

from crawler.platforms.sharepoint import SharePointSpider


class NinhThuanSpider(SharePointSpider):
    name = "ninh_thuan"
    province = "ninh_thuan"
    allowed_domains = ["www.ninhthuan.gov.vn"]
    within = ("/chinhquyen/sokhcn/",)
    start_urls = ["http://www.ninhthuan.gov.vn/chinhquyen/sokhcn/"]
    article_urls = (r"/sokhcn/Pages/(?P<id>[^/?-]+(?:-+[^/?-]+){3,})\.aspx",)
    evidence = "address only"

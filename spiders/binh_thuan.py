"""Sở Khoa học và Công nghệ tỉnh Bình Thuận: https://skhcn.binhthuan.gov.vn/ (VNPT)."""

from __future__ import annotations

from crawler.platforms.vnpt import VnptSpider


class BinhThuanSpider(VnptSpider):
    name = "binh_thuan"
    province = "binh_thuan"
    allowed_domains = ["skhcn.binhthuan.gov.vn"]
    start_urls = ["https://skhcn.binhthuan.gov.vn/"]
    evidence = "address only"

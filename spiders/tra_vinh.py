"""Sở Khoa học và Công nghệ tỉnh Trà Vinh: https://skhcn.travinh.gov.vn/ (VNPT)."""

from __future__ import annotations

from crawler.platforms.vnpt import VnptSpider


class TraVinhSpider(VnptSpider):
    name = "tra_vinh"
    province = "tra_vinh"
    allowed_domains = ["skhcn.travinh.gov.vn"]
    start_urls = ["https://skhcn.travinh.gov.vn/"]
    evidence = "address only"

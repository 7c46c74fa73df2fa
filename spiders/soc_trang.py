"""Sở Khoa học và Công nghệ tỉnh Sóc Trăng: https://sokhcn.soctrang.gov.vn/ (VNPT)."""

from __future__ import annotations

from crawler.platforms.vnpt import VnptSpider


class SocTrangSpider(VnptSpider):
    name = "soc_trang"
    province = "soc_trang"
    allowed_domains = ["sokhcn.soctrang.gov.vn"]
    start_urls = [
        "https://sokhcn.soctrang.gov.vn/Default.aspx?sname=sokhcn&sid=1285&pageid=31785&catid=60069&catname=thanh-tuu-dat-duoc",
        "https://sokhcn.soctrang.gov.vn/",
    ]
    evidence = "address only"

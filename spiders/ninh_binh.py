"""Sở Khoa học và Công nghệ tỉnh Ninh Bình: https://sokhcn.ninhbinh.gov.vn/ (VNPT)."""

from __future__ import annotations

from crawler.platforms.vnpt import VnptSpider


class NinhBinhSpider(VnptSpider):
    name = "ninh_binh"
    province = "ninh_binh"
    allowed_domains = ["sokhcn.ninhbinh.gov.vn"]
    start_urls = [
        "https://sokhcn.ninhbinh.gov.vn/tin-hoat-dong-cua-so",
        "https://sokhcn.ninhbinh.gov.vn/tin-hoat-dong-cua-tinh",
        "https://sokhcn.ninhbinh.gov.vn/tin-khcn-trong-nuoc",
    ]
    evidence = "public code"

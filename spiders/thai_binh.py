"""Sở Khoa học và Công nghệ tỉnh Thái Bình: https://sokhcn.thaibinh.gov.vn/ (own system)."""

from __future__ import annotations

from crawler.registry.unknown_portal import UndescribedPortalSpider


class ThaiBinhSpider(UndescribedPortalSpider):
    name = "thai_binh"
    province = "thai_binh"
    allowed_domains = ["sokhcn.thaibinh.gov.vn"]
    start_urls = ["https://sokhcn.thaibinh.gov.vn/"]
    evidence = "address only"

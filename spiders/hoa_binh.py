"""Sở Khoa học và Công nghệ tỉnh Hòa Bình: https://sokhoahoc.hoabinh.gov.vn/ (own system)."""

from __future__ import annotations

from crawler.registry.unknown_portal import UndescribedPortalSpider


class HoaBinhSpider(UndescribedPortalSpider):
    name = "hoa_binh"
    province = "hoa_binh"
    allowed_domains = ["sokhoahoc.hoabinh.gov.vn"]
    start_urls = ["https://sokhoahoc.hoabinh.gov.vn/"]
    evidence = "address only"

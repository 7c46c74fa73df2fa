"""Sở Khoa học và Công nghệ tỉnh Lai Châu: http://sokhcn.laichau.gov.vn/KHCN/ (own system)."""

from __future__ import annotations

from crawler.registry.unknown_portal import UndescribedPortalSpider


class LaiChauKhcnSpider(UndescribedPortalSpider):
    name = "lai_chau_khcn"
    province = "lai_chau"
    allowed_domains = ["sokhcn.laichau.gov.vn"]
    start_urls = ["http://sokhcn.laichau.gov.vn/KHCN/"]
    evidence = "address only"

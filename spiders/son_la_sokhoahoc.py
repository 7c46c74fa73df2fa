"""Sở Khoa học và Công nghệ tỉnh Sơn La: https://sokhoahoc.sonla.gov.vn/ (own system, before the new host)."""

from __future__ import annotations

from crawler.registry.unknown_portal import UndescribedPortalSpider


class SonLaSokhoahocSpider(UndescribedPortalSpider):
    name = "son_la_sokhoahoc"
    province = "son_la"
    allowed_domains = ["sokhoahoc.sonla.gov.vn"]
    start_urls = ["https://sokhoahoc.sonla.gov.vn/"]
    evidence = "address only"

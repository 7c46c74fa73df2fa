"""Sở Khoa học và Công nghệ tỉnh Cà Mau: https://skhcn.camau.gov.vn/ (unknown)."""

from __future__ import annotations

from crawler.registry.unknown_portal import UndescribedPortalSpider


class CaMauSpider(UndescribedPortalSpider):
    name = "ca_mau"
    province = "ca_mau"
    allowed_domains = ["skhcn.camau.gov.vn"]
    start_urls = ["https://skhcn.camau.gov.vn/"]
    # The usual form of a department's address; no page of it was ever seen.
    evidence = "unverified"

"""Sở Khoa học và Công nghệ tỉnh Đồng Tháp: https://skhcn.dongthap.gov.vn/ (unknown)."""

from __future__ import annotations

from crawler.registry.unknown_portal import UndescribedPortalSpider


class DongThapSpider(UndescribedPortalSpider):
    name = "dong_thap"
    province = "dong_thap"
    allowed_domains = ["skhcn.dongthap.gov.vn"]
    start_urls = ["https://skhcn.dongthap.gov.vn/"]
    # The usual form of a department's address; no page of it was ever seen.
    evidence = "unverified"

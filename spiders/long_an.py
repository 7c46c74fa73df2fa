"""Sở Khoa học và Công nghệ tỉnh Long An: https://skhcn.longan.gov.vn/ (unknown)."""

from __future__ import annotations

from crawler.registry.unknown_portal import UndescribedPortalSpider


class LongAnSpider(UndescribedPortalSpider):
    name = "long_an"
    province = "long_an"
    allowed_domains = ["skhcn.longan.gov.vn"]
    start_urls = ["https://skhcn.longan.gov.vn/"]
    # The usual form of a department's address; no page of it was ever seen.
    evidence = "unverified"

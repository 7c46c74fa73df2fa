"""Sở Khoa học và Công nghệ Thành phố Hà Nội: https://sokhcn.hanoi.gov.vn/ (unknown)."""

from __future__ import annotations

from crawler.registry.unknown_portal import UndescribedPortalSpider


class HaNoiKhcnSpider(UndescribedPortalSpider):
    name = "ha_noi_khcn"
    province = "ha_noi"
    allowed_domains = ["sokhcn.hanoi.gov.vn"]
    start_urls = ["https://sokhcn.hanoi.gov.vn/"]
    # The usual form of a department's address; no page of it was ever seen.
    evidence = "unverified"

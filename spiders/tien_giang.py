"""Sở Khoa học và Công nghệ tỉnh Tiền Giang: https://skhcn.tiengiang.gov.vn/ (unknown)."""

from __future__ import annotations

from crawler.registry.unknown_portal import UndescribedPortalSpider


class TienGiangSpider(UndescribedPortalSpider):
    name = "tien_giang"
    province = "tien_giang"
    allowed_domains = ["skhcn.tiengiang.gov.vn"]
    start_urls = ["https://skhcn.tiengiang.gov.vn/"]
    # The usual form of a department's address; no page of it was ever seen.
    evidence = "unverified"

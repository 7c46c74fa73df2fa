"""Sở Khoa học và Công nghệ tỉnh Bạc Liêu: https://skhcn.baclieu.gov.vn/ (unknown)."""

from __future__ import annotations

from crawler.registry.unknown_portal import UndescribedPortalSpider


class BacLieuSpider(UndescribedPortalSpider):
    name = "bac_lieu"
    province = "bac_lieu"
    allowed_domains = ["skhcn.baclieu.gov.vn"]
    start_urls = ["https://skhcn.baclieu.gov.vn/"]
    # The usual form of a department's address; no page of it was ever seen.
    evidence = "unverified"

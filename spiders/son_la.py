"""Sở Khoa học và Công nghệ tỉnh Sơn La: https://sokhcn.sonla.gov.vn/ (VNPT)."""

from __future__ import annotations

from crawler.platforms.vnpt import VnptSpider


class SonLaSpider(VnptSpider):
    name = "son_la"
    province = "son_la"
    allowed_domains = ["sokhcn.sonla.gov.vn"]
    start_urls = ["https://sokhcn.sonla.gov.vn/"]
    # English pages are about the department, not news.
    skip_urls = (
        *VnptSpider.skip_urls,
        "^/english/",
    )
    evidence = "address only"

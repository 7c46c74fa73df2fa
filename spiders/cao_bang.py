"""Sở Khoa học và Công nghệ tỉnh Cao Bằng: https://sokhcn.caobang.gov.vn/ (VNPT)."""

from __future__ import annotations

from crawler.platforms.vnpt import VnptSpider


class CaoBangSpider(VnptSpider):
    name = "cao_bang"
    province = "cao_bang"
    allowed_domains = ["sokhcn.caobang.gov.vn"]
    start_urls = ["https://sokhcn.caobang.gov.vn/"]
    evidence = "address only"

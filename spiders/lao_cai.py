"""Sở Khoa học và Công nghệ tỉnh Lào Cai: https://skhcn.laocai.gov.vn/tin-tuc (VNPT)."""

from __future__ import annotations

from crawler.platforms.vnpt import VnptSpider


class LaoCaiSpider(VnptSpider):
    name = "lao_cai"
    province = "lao_cai"
    allowed_domains = ["skhcn.laocai.gov.vn"]
    start_urls = ["https://skhcn.laocai.gov.vn/tin-tuc"]
    evidence = "address only"

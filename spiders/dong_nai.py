"""Sở Khoa học và Công nghệ tỉnh Đồng Nai: https://skhcn.dongnai.gov.vn/ (NukeViet 4.5)."""

from __future__ import annotations

from crawler.platforms.nukeviet import NukeVietSpider


class DongNaiSpider(NukeVietSpider):
    name = "dong_nai"
    province = "dong_nai"
    allowed_domains = ["skhcn.dongnai.gov.vn"]
    start_urls = ["https://skhcn.dongnai.gov.vn/"]
    # The SharePoint site that was here before has its own spider.
    skip_urls = (
        *NukeVietSpider.skip_urls,
        "^/Pages/",
    )
    evidence = "address only"

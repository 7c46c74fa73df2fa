"""Sở Khoa học và Công nghệ tỉnh Tây Ninh: https://sokhcn.tayninh.gov.vn/ (NukeViet)."""

from __future__ import annotations

from crawler.platforms.nukeviet import NukeVietSpider


class TayNinhSpider(NukeVietSpider):
    name = "tay_ninh"
    province = "tay_ninh"
    allowed_domains = ["sokhcn.tayninh.gov.vn"]
    start_urls = ["https://sokhcn.tayninh.gov.vn/"]
    # Documents of the SharePoint site that was here before.
    skip_urls = (
        *NukeVietSpider.skip_urls,
        "^/Pages/",
    )
    evidence = "address only"

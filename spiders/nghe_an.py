"""Sở Khoa học và Công nghệ tỉnh Nghệ An: http://ngheandost.gov.vn/ (NukeViet)."""

from __future__ import annotations

from crawler.platforms.nukeviet import NukeVietSpider


class NgheAnSpider(NukeVietSpider):
    name = "nghe_an"
    province = "nghe_an"
    allowed_domains = ["ngheandost.gov.vn"]
    start_urls = ["http://ngheandost.gov.vn/"]
    evidence = "address only"

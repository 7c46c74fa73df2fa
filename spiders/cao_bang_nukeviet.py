"""Sở Khoa học và Công nghệ tỉnh Cao Bằng: http://khcncaobang.gov.vn/ (NukeViet, until the department's new host)."""

from __future__ import annotations

from crawler.platforms.nukeviet import NukeVietSpider


class CaoBangNukevietSpider(NukeVietSpider):
    name = "cao_bang_nukeviet"
    province = "cao_bang"
    allowed_domains = ["khcncaobang.gov.vn"]
    start_urls = ["http://khcncaobang.gov.vn/"]
    evidence = "address only"

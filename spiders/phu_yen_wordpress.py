"""Sở Khoa học và Công nghệ tỉnh Phú Yên: https://khcnpy.gov.vn/ (WordPress, an earlier host)."""

from __future__ import annotations

from crawler.platforms.wordpress import WordPressSpider


class PhuYenWordpressSpider(WordPressSpider):
    name = "phu_yen_wordpress"
    province = "phu_yen"
    allowed_domains = ["khcnpy.gov.vn"]
    start_urls = ["https://khcnpy.gov.vn/"]
    evidence = "address only"

"""Sở Khoa học và Công nghệ tỉnh Lai Châu: http://skhcn.laichau.gov.vn/ (WordPress)."""

from __future__ import annotations

from crawler.platforms.wordpress import WordPressSpider


class LaiChauSpider(WordPressSpider):
    name = "lai_chau"
    province = "lai_chau"
    allowed_domains = ["skhcn.laichau.gov.vn"]
    start_urls = ["http://skhcn.laichau.gov.vn/"]
    evidence = "address only"

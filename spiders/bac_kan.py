"""Sở Khoa học và Công nghệ tỉnh Bắc Kạn: https://sokhcn.backan.gov.vn/tin-tuc-su-kien/hoat-dong-khcn (own system)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class BacKanSpider(PortalSpider):
    name = "bac_kan"
    province = "bac_kan"
    allowed_domains = ["sokhcn.backan.gov.vn", "www.khcnbackan.gov.vn"]
    start_urls = ["https://sokhcn.backan.gov.vn/tin-tuc-su-kien/hoat-dong-khcn"]
    list_urls = (r"^/tin-tuc-su-kien(?:/[\w-]+)?/?(?:\?|$)",)
    article_urls = (r"^/tin-tuc-su-kien/[\w-]+/[\w%]+(?:-+[\w%]+){5,}/?$",)
    evidence = "address only"

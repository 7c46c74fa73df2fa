"""Sở Khoa học và Công nghệ tỉnh Bắc Giang: https://skhcn.bacgiang.gov.vn/ (Liferay, by the look of one page)."""

from __future__ import annotations

from crawler.platforms.liferay import LiferaySpider


class BacGiangSpider(LiferaySpider):
    name = "bac_giang"
    province = "bac_giang"
    allowed_domains = ["skhcn.bacgiang.gov.vn"]
    start_urls = ["https://skhcn.bacgiang.gov.vn/"]
    evidence = "address only"

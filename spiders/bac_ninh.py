"""Sở Khoa học và Công nghệ tỉnh Bắc Ninh: https://skhcn.bacninh.gov.vn/ (Liferay)."""

from __future__ import annotations

from crawler.platforms.liferay import LiferaySpider


class BacNinhSpider(LiferaySpider):
    name = "bac_ninh"
    province = "bac_ninh"
    allowed_domains = ["skhcn.bacninh.gov.vn"]
    start_urls = ["https://skhcn.bacninh.gov.vn/"]
    evidence = "public code"

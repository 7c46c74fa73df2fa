"""Sở Khoa học và Công nghệ tỉnh Hậu Giang: https://skhcn.haugiang.gov.vn/ (Liferay)."""

from __future__ import annotations

from crawler.platforms.liferay import LiferaySpider


class HauGiangSpider(LiferaySpider):
    name = "hau_giang"
    province = "hau_giang"
    allowed_domains = ["skhcn.haugiang.gov.vn"]
    start_urls = ["https://skhcn.haugiang.gov.vn/"]
    evidence = "address only"

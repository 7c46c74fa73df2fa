"""Sở Khoa học và Công nghệ tỉnh Quảng Trị: https://sokhcn.quangtri.gov.vn/ (Liferay)."""

from __future__ import annotations

from crawler.platforms.liferay import LiferaySpider


class QuangTriSpider(LiferaySpider):
    name = "quang_tri"
    province = "quang_tri"
    allowed_domains = ["sokhcn.quangtri.gov.vn"]
    start_urls = ["https://sokhcn.quangtri.gov.vn/"]
    evidence = "address only"

"""Sở Khoa học và Công nghệ tỉnh Bình Định: http://skhcn.binhdinh.gov.vn/ (Liferay)."""

from __future__ import annotations

from crawler.platforms.liferay import LiferaySpider


class BinhDinhSpider(LiferaySpider):
    name = "binh_dinh"
    province = "binh_dinh"
    allowed_domains = ["skhcn.binhdinh.gov.vn"]
    start_urls = ["http://skhcn.binhdinh.gov.vn/"]
    accounts = ("Quản trị viên",)
    evidence = "address only"

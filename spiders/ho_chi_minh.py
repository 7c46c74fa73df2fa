"""Sở Khoa học và Công nghệ Thành phố Hồ Chí Minh: https://dost.hochiminhcity.gov.vn/hoat-dong-so-khcn/ (Wagtail-like)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class HoChiMinhSpider(PortalSpider):
    name = "ho_chi_minh"
    province = "ho_chi_minh"
    allowed_domains = ["dost.hochiminhcity.gov.vn"]
    start_urls = ["https://dost.hochiminhcity.gov.vn/hoat-dong-so-khcn/"]
    list_urls = (r"^/hoat-dong-so-khcn/?(?:\?|$)",)
    article_urls = ("^/hoat-dong-so-khcn/(?P<id>[a-z0-9-]+)/?$",)
    evidence = "address only"

"""Sở Khoa học và Công nghệ Thành phố Hồ Chí Minh: https://thongke.cesti.gov.vn/ (Joomla, the department's information centre)."""

from __future__ import annotations

from crawler.platforms.joomla import JoomlaSpider


class HoChiMinhCestiSpider(JoomlaSpider):
    name = "ho_chi_minh_cesti"
    province = "ho_chi_minh"
    allowed_domains = ["thongke.cesti.gov.vn"]
    start_urls = ["https://thongke.cesti.gov.vn/"]
    evidence = "address only"

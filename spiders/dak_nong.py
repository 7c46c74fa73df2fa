"""Sở Khoa học và Công nghệ tỉnh Đắk Nông: http://skhcn.daknong.gov.vn/ (Joomla)."""

from __future__ import annotations

from crawler.platforms.joomla import JoomlaSpider


class DakNongSpider(JoomlaSpider):
    name = "dak_nong"
    province = "dak_nong"
    allowed_domains = ["skhcn.daknong.gov.vn"]
    start_urls = ["http://skhcn.daknong.gov.vn/"]
    evidence = "address only"

"""Sở Khoa học và Công nghệ tỉnh Thái Nguyên: http://dosttn.gov.vn/ (DotNetNuke, the host's system until about 2019)."""

from __future__ import annotations

from crawler.platforms.dotnetnuke import DotNetNukeSpider


class ThaiNguyenDotnetnukeSpider(DotNetNukeSpider):
    name = "thai_nguyen_dotnetnuke"
    province = "thai_nguyen"
    allowed_domains = ["dosttn.gov.vn"]
    start_urls = ["http://dosttn.gov.vn/"]
    article_urls = (r"^/tabid/\d+/LoaiHienThi/TinTuc/(?:NhomTin/\d+/)?ItemID/(?P<id>\d+)",)
    # `Ngày: 10/16/2017 12:00:00 AM` proves it.
    date_order = "MDY"
    evidence = "address only"

"""Sở Khoa học và Công nghệ tỉnh Khánh Hòa: http://dostkhanhhoa.gov.vn/ (DotNetNuke)."""

from __future__ import annotations

from crawler.platforms.dotnetnuke import DotNetNukeSpider


class KhanhHoaSpider(DotNetNukeSpider):
    name = "khanh_hoa"
    province = "khanh_hoa"
    allowed_domains = ["dostkhanhhoa.gov.vn"]
    start_urls = ["http://dostkhanhhoa.gov.vn/"]
    article_urls = (r"/tin-chi-tiet/id/(?P<id>\d+)",)
    evidence = "address only"

"""Sở Khoa học và Công nghệ tỉnh Lâm Đồng: http://lamdongdost.gov.vn/ (DotNetNuke)."""

from __future__ import annotations

from crawler.platforms.dotnetnuke import DotNetNukeSpider


class LamDongSpider(DotNetNukeSpider):
    name = "lam_dong"
    province = "lam_dong"
    allowed_domains = ["lamdongdost.gov.vn"]
    start_urls = ["http://lamdongdost.gov.vn/"]
    article_urls = (r"/type/detail/id/(?P<id>\d+)",)
    evidence = "address only"

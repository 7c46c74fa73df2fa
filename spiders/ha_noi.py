"""Sở Thông tin và Truyền thông Thành phố Hà Nội: https://sotttt.hanoi.gov.vn/ (Liferay)."""

from __future__ import annotations

from crawler.platforms.liferay import LiferaySpider


class HaNoiSpider(LiferaySpider):
    """The department of information and communications became part of the department of science
    and technology in March 2025; its pages are the ones that were saved.
    """

    name = "ha_noi"
    province = "ha_noi"
    department = "Sở Thông tin và Truyền thông Thành phố Hà Nội"
    allowed_domains = ["sotttt.hanoi.gov.vn"]
    start_urls = [
        "https://sotttt.hanoi.gov.vn/vi/ke-hoach-tai-chinh",
        "https://sotttt.hanoi.gov.vn/vi/thong-tin-dt",
        "https://sotttt.hanoi.gov.vn/vi/trang-chu",
    ]
    valid_to = "2025-02-28"
    evidence = "stored pages"

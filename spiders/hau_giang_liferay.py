"""Sở Khoa học và Công nghệ tỉnh Hậu Giang: https://haugiang.gov.vn/web/so-khoa-hoc-cong-nghe (Liferay, a part of the province's host)."""

from __future__ import annotations

from crawler.platforms.liferay import LiferaySpider


class HauGiangLiferaySpider(LiferaySpider):
    name = "hau_giang_liferay"
    province = "hau_giang"
    allowed_domains = ["haugiang.gov.vn"]
    within = ("/web/so-khoa-hoc-cong-nghe",)
    start_urls = ["https://haugiang.gov.vn/web/so-khoa-hoc-cong-nghe"]
    evidence = "address only"

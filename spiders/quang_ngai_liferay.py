"""Sở Khoa học và Công nghệ tỉnh Quảng Ngãi: https://skh.quangngai.gov.vn/web/so-khoa-hoc-va-cong-nghe/ (Liferay, the host's system until about 2024)."""

from __future__ import annotations

from crawler.platforms.liferay import LiferaySpider


class QuangNgaiLiferaySpider(LiferaySpider):
    name = "quang_ngai_liferay"
    province = "quang_ngai"
    allowed_domains = ["skh.quangngai.gov.vn", "bandantoc.quangngai.gov.vn"]
    within = ("/web/so-khoa-hoc-va-cong-nghe",)
    start_urls = ["https://skh.quangngai.gov.vn/web/so-khoa-hoc-va-cong-nghe/"]
    evidence = "address only"

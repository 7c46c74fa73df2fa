"""Sở Khoa học và Công nghệ tỉnh Quảng Bình: https://skhcn.quangbinh.gov.vn/ (Liferay)."""

from __future__ import annotations

from crawler.platforms.liferay import LiferaySpider


class QuangBinhSpider(LiferaySpider):
    name = "quang_binh"
    province = "quang_binh"
    allowed_domains = ["skhcn.quangbinh.gov.vn"]
    start_urls = ["https://skhcn.quangbinh.gov.vn/"]
    # Each page stands again under every language, Portuguese included.
    skip_urls = (
        *LiferaySpider.skip_urls,
        "^/[a-z]{2}-[A-Z]{2}/",
    )
    evidence = "address only"

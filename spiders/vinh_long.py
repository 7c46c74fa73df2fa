"""Sở Khoa học và Công nghệ tỉnh Vĩnh Long: https://skhcn.vinhlong.gov.vn/ (Drupal)."""

from __future__ import annotations

from crawler.platforms.drupal import DrupalSpider


class VinhLongSpider(DrupalSpider):
    name = "vinh_long"
    province = "vinh_long"
    allowed_domains = ["skhcn.vinhlong.gov.vn"]
    start_urls = ["https://skhcn.vinhlong.gov.vn/"]
    article_urls = (
        "^/content/(?P<id>[^/?]+)",
        r"^/node/(?P<id>\d+)",
    )
    accounts = ("thanhsang",)
    evidence = "address only"

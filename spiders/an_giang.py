"""Sở Khoa học và Công nghệ tỉnh An Giang: https://skhcn.angiang.gov.vn/ (Drupal)."""

from __future__ import annotations

from crawler.platforms.drupal import DrupalSpider


class AnGiangSpider(DrupalSpider):
    name = "an_giang"
    province = "an_giang"
    allowed_domains = ["skhcn.angiang.gov.vn", "sokhcn.angiang.gov.vn"]
    start_urls = ["https://skhcn.angiang.gov.vn/"]
    # The WebSphere site that was here before has its own spider.
    skip_urls = (
        *DrupalSpider.skip_urls,
        "^/wps/",
    )
    evidence = "address only"

"""Sở Khoa học và Công nghệ tỉnh Lạng Sơn: https://sokhcn.langson.gov.vn/tin-tuc-su-kien/tin-hoat-dong (Drupal)."""

from __future__ import annotations

from crawler.platforms.drupal import DrupalSpider


class LangSonSpider(DrupalSpider):
    name = "lang_son"
    province = "lang_son"
    allowed_domains = ["sokhcn.langson.gov.vn"]
    start_urls = ["https://sokhcn.langson.gov.vn/tin-tuc-su-kien/tin-hoat-dong"]
    evidence = "address only"

"""Sở Khoa học và Công nghệ tỉnh Hà Tĩnh: https://skhcn.hatinh.gov.vn/ (own system, three generations)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class HaTinhSpider(PortalSpider):
    name = "ha_tinh"
    province = "ha_tinh"
    allowed_domains = ["skhcn.hatinh.gov.vn"]
    start_urls = ["https://skhcn.hatinh.gov.vn/"]
    list_urls = ("^/danh-sach-tin-tuc/",)
    article_urls = (
        "^/chi-tiet-tin-tuc/(?P<id>[^/?]+)",
        r"^/(?:khcn/portal/)?read/[\w-]+/news/(?P<id>[\w-]+)\.html",
    )
    # Issues of the department's journal.
    skip_urls = ("^/chi-tiet-tap-san/",)
    # Notices of 2014 carry this day.
    import_days = ("2016-01-05",)
    evidence = "address only"

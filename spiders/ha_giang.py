"""Sở Khoa học và Công nghệ tỉnh Hà Giang: https://skhcn.hagiang.gov.vn/ (own PHP)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class HaGiangSpider(PortalSpider):
    name = "ha_giang"
    province = "ha_giang"
    allowed_domains = ["skhcn.hagiang.gov.vn"]
    start_urls = ["https://skhcn.hagiang.gov.vn/"]
    list_urls = ("[?&]com=tintuc(?:&|$)",)
    article_urls = (r"^/index\.php\?com=tintuc_ct&id_news=(?P<id>\d+)",)
    evidence = "address only"

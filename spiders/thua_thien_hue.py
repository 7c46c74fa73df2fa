"""Sở Khoa học và Công nghệ tỉnh Thừa Thiên Huế: https://skhcn.thuathienhue.gov.vn/ (own system)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class ThuaThienHueSpider(PortalSpider):
    name = "thua_thien_hue"
    province = "hue"
    department = "Sở Khoa học và Công nghệ tỉnh Thừa Thiên Huế"
    allowed_domains = ["skhcn.thuathienhue.gov.vn"]
    start_urls = ["https://skhcn.thuathienhue.gov.vn/"]
    list_urls = (r"^/\?gd=\d+&cn=\d+$",)
    article_urls = (r"^/\?(?:.*&)?tc=(?P<id>\d+)",)
    evidence = "address only"

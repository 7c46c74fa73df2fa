"""Sở Khoa học và Công nghệ tỉnh Cà Mau: https://camautech.vn/blogs/news (Haravan, the department's centre for technology)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class CaMauCamautechSpider(PortalSpider):
    name = "ca_mau_camautech"
    province = "ca_mau"
    allowed_domains = ["camautech.vn"]
    start_urls = ["https://camautech.vn/blogs/news"]
    article_urls = ("^/blogs/news/(?P<id>[^/?]+)$",)
    evidence = "address only"

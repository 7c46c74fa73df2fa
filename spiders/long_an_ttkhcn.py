"""Sở Khoa học và Công nghệ tỉnh Long An: http://ttkhcnlongan.vn/ (own ASP.NET system of the department's centre)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class LongAnTtkhcnSpider(PortalSpider):
    name = "long_an_ttkhcn"
    province = "long_an"
    allowed_domains = ["ttkhcnlongan.vn"]
    start_urls = ["http://ttkhcnlongan.vn/"]
    article_urls = (r"^/ModContent/Detail\?(?:.*&)?pContentID=(?P<id>\d+)",)
    evidence = "address only"

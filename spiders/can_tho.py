"""Sở Khoa học và Công nghệ Thành phố Cần Thơ: http://sokhcn.cantho.gov.vn/ (own ASP.NET system)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class CanThoSpider(PortalSpider):
    name = "can_tho"
    province = "can_tho"
    allowed_domains = ["sokhcn.cantho.gov.vn"]
    start_urls = ["http://sokhcn.cantho.gov.vn/"]
    article_urls = (r"^/default\.aspx\?(?=(?:.*&)?pid=\d+)(?:.*&)?nid=(?P<id>\d+)",)
    evidence = "address only"

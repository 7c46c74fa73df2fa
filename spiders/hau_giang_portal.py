"""Sở Khoa học và Công nghệ tỉnh Hậu Giang: http://www.haugiang.gov.vn/Portal/ (ASP.NET, a part of the province's host until about 2018)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class HauGiangPortalSpider(PortalSpider):
    name = "hau_giang_portal"
    province = "hau_giang"
    allowed_domains = ["www.haugiang.gov.vn"]
    within = ("/Portal/",)
    start_urls = ["http://www.haugiang.gov.vn/Portal/"]
    article_urls = (
        r"^/Portal/HtmlView\.aspx\?(?=(?:.*&)?siteid=60(?:&|$))(?:.*&)?ItemID=(?P<id>\d+)",
    )
    evidence = "address only"

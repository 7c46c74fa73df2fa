"""Sở Khoa học và Công nghệ Thành phố Hải Phòng: http://www.haiphong.gov.vn/Portal/ (the city's system, with a part for the department)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class HaiPhongSpider(PortalSpider):
    name = "hai_phong"
    province = "hai_phong"
    allowed_domains = ["www.haiphong.gov.vn"]
    within = ("/Portal/",)
    start_urls = ["http://www.haiphong.gov.vn/Portal/Page.aspx?PageID=16807"]
    article_urls = (r"^/Portal/(?:PrintItem|Detail)\.aspx\?(?:.*&)?ContentID=(?P<id>\d+)",)
    evidence = "address only"

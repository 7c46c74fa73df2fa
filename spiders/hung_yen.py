"""Sở Khoa học và Công nghệ tỉnh Hưng Yên: http://khcnhungyen.gov.vn/ (own system, two generations)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class HungYenSpider(PortalSpider):
    name = "hung_yen"
    province = "hung_yen"
    allowed_domains = ["khcnhungyen.gov.vn"]
    start_urls = ["http://khcnhungyen.gov.vn/"]
    article_urls = (
        r"^/(?:tin-tuc|van-ban)/[^/?]+-(?P<id>\d+)/?$",
        r"^/rss/index\.php\?(?=(?:.*&)?topicid=(?P<list>\d+))(?:.*&)?pageid=(?P<id>\d+)",
    )
    evidence = "address only"

"""Sở Khoa học và Công nghệ tỉnh Kon Tum: https://skhcn.kontum.gov.vn/ (the province's ASP.NET system)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class KonTumSpider(PortalSpider):
    name = "kon_tum"
    province = "kon_tum"
    allowed_domains = ["skhcn.kontum.gov.vn"]
    start_urls = ["https://skhcn.kontum.gov.vn/"]
    article_urls = (
        r"^/PrintNews\.aspx\?(?:.*&)?id=(?P<id>\d+)",
        r"^/[\w-]+/(?:[\w-]+/)?(?P<id>[\w%-]+(?:-[\w%]+){4,})\.html",
    )
    skip_urls = ("^/gioi-thieu/",)
    evidence = "address only"

"""Sở Khoa học và Công nghệ tỉnh An Giang: https://sokhcn.angiang.gov.vn/wps/portal/Home (WebSphere, the host's system until 2025)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class AnGiangWebsphereSpider(PortalSpider):
    name = "an_giang_websphere"
    province = "an_giang"
    allowed_domains = ["sokhcn.angiang.gov.vn"]
    within = ("/wps/portal/",)
    start_urls = ["https://sokhcn.angiang.gov.vn/wps/portal/Home"]
    # The second form holds the portal's state, so one article may have several.
    article_urls = (
        "^/wps/portal/Home/chi-tiet/.*/(?P<id>[0-9a-f]{8}-[0-9a-f-]{27})",
        "^/wps/portal/Home/(?:chi-tiet|Chi%20ti%E1%BA%BFt)/!ut/p/z0/[^/?]+",
    )
    evidence = "address only"

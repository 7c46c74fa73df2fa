"""Sở Khoa học và Công nghệ tỉnh Tuyên Quang: http://skhcn.tuyenquang.gov.vn/ (own system)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class TuyenQuangSpider(PortalSpider):
    name = "tuyen_quang"
    province = "tuyen_quang"
    allowed_domains = ["skhcn.tuyenquang.gov.vn"]
    start_urls = [
        "http://skhcn.tuyenquang.gov.vn/",
        "http://skhcn.tuyenquang.gov.vn/tiep-can-thong-tin/de-tai-du-an-kh-va-cn.html",
    ]
    # The shape of a sister department's pages on the same system; only a list of this one was seen.
    article_urls = (r"^/(?:[\w%!-]+/){1,3}[\w%-]+-(?P<id>\d{2,})\.html",)
    evidence = "address only"

"""Sở Khoa học và Công nghệ tỉnh Quảng Nam: https://skhcn.quangnam.gov.vn/webcenter/portal/sokhcn (Oracle WebCenter)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class QuangNamSpider(PortalSpider):
    name = "quang_nam"
    province = "quang_nam"
    allowed_domains = ["skhcn.quangnam.gov.vn"]
    start_urls = [
        "https://skhcn.quangnam.gov.vn/webcenter/portal/sokhcn/pages_tin-tuc?catalog=TTSK"
    ]
    list_urls = (r"/pages_[\w-]+\?(?:.*&)?catalog=\w+",)
    article_urls = (r"/chi-tiet\?(?:.*&)?dDocName=(?P<id>\w+)",)
    evidence = "address only"

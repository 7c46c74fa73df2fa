"""Sở Khoa học và Công nghệ tỉnh Bình Phước: https://skhcn.binhphuoc.gov.vn/thong-bao-moi (own ASP.NET system)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class BinhPhuocSpider(PortalSpider):
    name = "binh_phuoc"
    province = "binh_phuoc"
    allowed_domains = ["skhcn.binhphuoc.gov.vn", "khcn.binhphuoc.gov.vn"]
    start_urls = ["https://skhcn.binhphuoc.gov.vn/thong-bao-moi"]
    article_urls = (r"^/[\w-]+/(?P<id>[^/?]*-[^/?]+)\.aspx$",)
    evidence = "address only"

"""Sở Khoa học và Công nghệ tỉnh Bà Rịa - Vũng Tàu: http://sokhcn.baria-vungtau.gov.vn/ManagementNews/SpecialNews (own ASP.NET system)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class BaRiaVungTauSpider(PortalSpider):
    name = "ba_ria_vung_tau"
    province = "ba_ria_vung_tau"
    allowed_domains = ["sokhcn.baria-vungtau.gov.vn", "dost.baria-vungtau.gov.vn"]
    start_urls = ["http://sokhcn.baria-vungtau.gov.vn/ManagementNews/SpecialNews"]
    list_urls = (r"^/ManagementNews/(?:CategoryNew/\d+|SpecialNews)",)
    article_urls = (r"^/ManagementNews/DetailNew/(?P<id>\d+)",)
    evidence = "address only"

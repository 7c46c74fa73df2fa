"""Sở Khoa học và Công nghệ tỉnh Thanh Hóa: http://skhcn.thanhhoa.gov.vn/ (own portlets)."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider


class ThanhHoaSpider(PortalSpider):
    name = "thanh_hoa"
    province = "thanh_hoa"
    allowed_domains = ["skhcn.thanhhoa.gov.vn"]
    start_urls = ["http://skhcn.thanhhoa.gov.vn/"]
    article_urls = (r"^/\?(?=(?:.*&)?n_g_manager=\d+)(?:.*&)?newsdetail=(?P<id>\d+)",)
    # Closing a window, not a page.
    skip_urls = ("ClosePortletPreferencesID=",)
    # The move to this system stamped its day on every article.
    import_days = ("2021-07-23",)
    evidence = "address only"

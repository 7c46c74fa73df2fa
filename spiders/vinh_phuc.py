"""Sở Khoa học và Công nghệ tỉnh Vĩnh Phúc: http://sokhcn.vinhphuc.gov.vn/Pages/Default.aspx (SharePoint)."""

from __future__ import annotations

from crawler.platforms.sharepoint import SharePointSpider


class VinhPhucSpider(SharePointSpider):
    name = "vinh_phuc"
    province = "vinh_phuc"
    allowed_domains = ["sokhcn.vinhphuc.gov.vn"]
    start_urls = ["http://sokhcn.vinhphuc.gov.vn/Pages/Default.aspx"]
    article_urls = (r"/Lists/(?P<list>\w+)/View_Detail\.aspx\?(?:.*&)?ItemID=(?P<id>\d+)",)
    # About pages and a yearbook of projects have addresses like news.
    skip_urls = (
        *SharePointSpider.skip_urls,
        "^/noidung/(?:gioithieu|ky-yeu)/",
    )
    evidence = "address only"

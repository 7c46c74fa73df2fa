"""Sở Khoa học và Công nghệ tỉnh Hà Nam: https://skhcn.hanam.gov.vn/ (SharePoint)."""

from __future__ import annotations

from crawler.platforms.sharepoint import SharePointSpider


class HaNamSpider(SharePointSpider):
    name = "ha_nam"
    province = "ha_nam"
    allowed_domains = ["skhcn.hanam.gov.vn"]
    start_urls = [
        "https://skhcn.hanam.gov.vn/",
        "https://skhcn.hanam.gov.vn/Pages/NewsGroups.aspx?cid=0450c891-b96c-46a2-b025-22b9672baa0c",
    ]
    list_urls = (r"^/Pages/NewsGroups\.aspx",)
    article_urls = (r"^/Pages/(?P<id>[^/?-]+(?:-+[^/?-]+){3,})\.aspx",)
    evidence = "address only"

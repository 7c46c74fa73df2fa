"""Sở Khoa học và Công nghệ tỉnh Yên Bái: https://sokhoahocvacongnghe.yenbai.gov.vn/ (SharePoint)."""

from __future__ import annotations

from crawler.platforms.sharepoint import SharePointSpider


class YenBaiSpider(SharePointSpider):
    name = "yen_bai"
    province = "yen_bai"
    allowed_domains = ["sokhoahocvacongnghe.yenbai.gov.vn"]
    start_urls = ["https://sokhoahocvacongnghe.yenbai.gov.vn/"]
    article_urls = (
        r"/Pages/chi-tiet-tin-tuc\.aspx\?(?=(?:.*&)?l=(?P<list>\w+))(?:.*&)?ItemID=(?P<id>\d+)",
    )
    drop_params = ("lv",)
    evidence = "address only"

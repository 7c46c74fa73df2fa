"""Sở Khoa học và Công nghệ tỉnh Đồng Nai: http://skhcn.dongnai.gov.vn/ (SharePoint, the host's system before NukeViet)."""

from __future__ import annotations

from crawler.platforms.sharepoint import SharePointSpider
from crawler.portals.model import Earlier


class DongNaiSharepointSpider(SharePointSpider):
    name = "dong_nai_sharepoint"
    province = "dong_nai"
    allowed_domains = ["skhcn.dongnai.gov.vn"]
    within = ("/Pages/",)
    start_urls = ["http://skhcn.dongnai.gov.vn/Pages/default.aspx"]
    article_urls = (r"/Pages/noi-dung-tin\.aspx\?(?:.*&)?NewsID=(?P<id>\d+)",)
    drop_params = (
        "CoLookup",
        "TopicID",
    )
    evidence = "address only"
    # An English page of it was seen; when it was given up for the present host, nobody knows.
    earlier = (Earlier(None, hosts=("dost-dongnai.gov.vn",)),)

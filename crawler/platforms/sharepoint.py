"""SharePoint publishing sites: `/noidung/…/Pages/*.aspx?ItemID=N&l=LIST`, `/Lists/LIST/…?ItemID=N`."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider
from crawler.portals.model import Markup


class SharePointSpider(PortalSpider):
    """Recognised by `/_layouts/` scripts, `MicrosoftSharePointTeamServices` and `ItemID` in addresses.

    Every department has its own page names, so a portal sets `article_urls`; list and item number
    together name an article, because numbers repeat from list to list. Key order and letter case
    of the query do not matter.
    """

    platform = "sharepoint"
    signs = (
        r"/_layouts/(?:15/|1033/)",
        r"MicrosoftSharePoint",
        r"Skip Ribbon Commands",
        r"_spPageContextInfo",
    )
    article_urls = (
        r"/Lists/(?P<list>[^/?]+)/(?:View_Detail|ChiTiet|DispForm)\.aspx\?(?:.*&)?(?:Item)?ID=(?P<id>\d+)",
        r"/Pages/[^/?]*(?:chi-?tiet|noi-dung-tin|detail)[^/?]*\.aspx\?"
        r"(?=(?:.*&)?(?:Item|News)ID=(?P<id>\d+))(?:(?=(?:.*&)?l=(?P<list>\w+)))?",
    )
    skip_urls = (
        r"/_(?:layouts|catalogs|vti_bin|forms)/",
        r"/Forms/",
        r"(?:EditForm|NewForm|AllItems|Authenticate|SignOut)\.aspx",
        r"XemTheoNgay",
        r"(?:print|in-?tin)\w*\.aspx",
    )
    markup = Markup(
        title=(
            "#news_content h1",
            ".title_news h1",
            "#divArticleDescription3 h1",
            "#news-title",
            "#txtTitle",
            ".news-title h1",
            ".tieude-chitiet",
        ),
        date=(".date-detail span", "#txtDateString", ".date-detail", ".ngaydang", ".news-date"),
        summary=("#divArticleDescription", "#news-des"),
        body=(
            "#divArticleContent",
            "#divArticleDescription2",
            "#news-detail",
            "#contenttin",
            "#anhnoidungdetail",
            ".ms-rtestate-field",
        ),
        prune=(".news-tool", ".toolbar", ".weather"),
    )

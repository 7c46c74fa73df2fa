"""DotNetNuke: modules `#dnn_ctrNNN_…`, addresses with `tabid` or named pages; paging by post-back."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider
from crawler.portals.model import Markup


class DotNetNukeSpider(PortalSpider):
    """Recognised by `dnn_` element ids, `/DesktopModules/`, `/Portals/_default/` and `dnn.js`.

    News modules differ, so a portal may set `article_urls`; those here are the shapes of the two
    departments seen (`/type/detail/id/N`, `/tin-chi-tiet/id/N/Slug`, `/ItemID/N`).
    """

    platform = "dotnetnuke"
    signs = (r"id=\"dnn_", r"/Portals/_default/", r"/DesktopModules/\w+/", r"dnn\$ctr\d+")
    article_urls = (
        r"/(?:type/detail|tin-chi-tiet|chi-tiet(?:-tin)?|ArticleView|detail)/id/(?P<id>\d+)(?:[/.?]|$)",
        r"/(?:ItemID|ArticleId|newsid|mid/\d+/ArticleID)/(?P<id>\d+)(?:[/.?]|$)",
        r"[?&](?:ItemID|ArticleId|newsid|NDID)=(?P<id>\d+)(?:&|$)",
    )
    skip_urls = (
        r"/ctl/(?:login|register|privacy|terms|sendpassword)",
        r"/(?:SkinSrc|ContainerSrc|dnnprintmode)/",
    )
    drop_params = ("SkinSrc", "ContainerSrc", "dnnprintmode", "keyword")
    markup = Markup()

"""VNPT portals: `/<section>/<slug>-<id>`, older `Default.aspx?sid=…&id=N`; paging by POST."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider
from crawler.portals.model import Markup


class VnptSpider(PortalSpider):
    """Recognised by `UIArticleInMenu`, `/DesktopModule/UI…` and `ArticleDetailControl`.

    The number at the end names an article on all hosts of one installation. The second page of a
    list has no address of its own: it is asked for with a form.
    """

    platform = "vnpt"
    signs = (
        r"UIArticleInMenu",
        r"ArticleDetailControl",
        r"/DesktopModule/UI",
        r"vnptportal|vnpt-portal",
    )
    article_urls = (
        r"^/(?:\d+/){3}(?P<id>\d{4,})/",
        r"^/[\w-]+/(?:\d+/){3}(?P<id>\d{4,})/",
        r"^/[^/?]+/[^/?]*?-(?P<id>\d{5,7})/?(?:\?|$)",
        r"(?i)^/Default\.aspx\?(?=.*\bcatid=)(?:.*&)?id=(?P<id>\d+)",
    )
    skip_urls = (r"/DesktopModule/", r"(?i)^/(?:login|sitemap|rssfeed)\.aspx")
    markup = Markup(
        title=(".ArticleDetailControl .ArticleHeader", ".ArticleHeader"),
        date=(".ArticleDetailControl .PostDate", ".PostDate"),
        summary=(".ArticleDetailControl .ArticleSummary", ".ArticleSummary"),
        body=(".ArticleDetailControl .ArticleContent", ".ArticleContent"),
        byline=(".ArticleDetailControl .author", ".UIArticleDetail .author"),
        prune=("div.tool", ".UISocialShare", ".ArticleRelated", ".OtherArticle"),
    )

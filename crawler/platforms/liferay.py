"""Liferay 6 and 7 with the Asset Publisher or a vendor's portlets behind `/-/`."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider
from crawler.portals.model import Markup


class LiferaySpider(PortalSpider):
    """Recognised by `p_p_id` in addresses, `Liferay.` scripts and `aui` classes.

    The same article stands under every section, language and a `pop_up` print copy; only its
    number names it. Language links append `/en/vi/en/…` for ever, which no address rule of ours
    follows.
    """

    platform = "liferay"
    signs = (
        r"\bLiferay\.(?:Browser|currentURL|ThemeDisplay|AUI)",
        r"[?&;]p_p_id=",
        r"/o/frontend-",
    )
    article_urls = (
        r"/-/view_content/(?P<id>\d+)(?:-|$|\?)",
        r"/-/asset_publisher/[^/]*/content/(?:id/)?(?P<id>\d+)(?:$|[/?])",
        r"/-/asset_publisher/[^/]*/content/[^/?]+\?(?P<id>\d{4,})$",
        r"/-/asset_publisher/[^/]*/content/(?P<id>[^/?]+)",
        r"/-/view-article/(?:\d+/)*(?P<id>\d{9,})(?:$|[/?])",
        r"/-/(?:tin-tuc|bai-viet)/(?P<id>[^/?]{12,})",
    )
    skip_urls = (
        r"viewMode=print",
        r"/pop_up(?:/|\?|$)",
        r"[?&]p_p_state=(?:pop_up|exclusive)",
        r"[?&]p_p_lifecycle=[12]",
        r"[?&]p_p_id=(?:49|58|82|20)(?:&|$)",
        r"/c/portal/",
        r"/(?:documents|image|combo)/",
        r"/-/[^/]+/(?:[^/]+/)?rss(?:$|\?)",
        r"_calendar|_(?:orderBy\w*|keywords)=[^&]",
    )
    language_folders = ("", "vi", "en")
    drop_params = ("_101_redirect", "plidlayout")
    markup = Markup(
        title=(
            ".asset-full-content-title",
            "h1.header-title",
            ".asset-full-content .asset-title",
            "section article h1",
        ),
        date=(".assetPublishDate", ".metadata-publish-date", ".cms-publish-date"),
        section=(".breadcrumb",),
        summary=("p.sapo", "#change_font_size"),
        body=(
            ".asset-full-content .journal-content-article",
            ".asset-content .journal-content-article",
            "#contentnews",
            ".asset-full-content",
            ".journal-content-article",
        ),
        prune=(
            "p.view-content-author",
            "ul.related_asset_list",
            ".related_asset",
            ".asset-ratings",
            ".taglib-ratings",
            ".taglib-social-bookmarks",
            ".asset-links",
            ".asset-metadata",
            ".asset-flag",
            ".lfr-discussion",
            ".user-tools-asset-title",
        ),
    )

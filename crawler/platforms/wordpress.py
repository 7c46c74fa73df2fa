"""WordPress: permalinks of any shape, feeds everywhere."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider
from crawler.portals.model import Markup


class WordPressSpider(PortalSpider):
    """Recognised by `/wp-content/`, `/wp-includes/` and `meta[name=generator]` "WordPress".

    Permalinks are each site's choice; these patterns know the dated ones, `?p=N`, and slugs of
    at least five words, which no section has. Category pages, author pages and `/page/N/` overlap.
    """

    platform = "wordpress"
    signs = (r"/wp-content/", r"/wp-includes/", r"content=\"WordPress")
    list_urls = (
        r"^/(?:[\w-]+/)*page/\d+/?$",
        r"^/(?:index\.php/)?(?:category|chuyen-muc|danh-muc)/",
    )
    article_urls = (
        r"^/\?p=(?P<id>\d+)$",
        r"^/(?:index\.php/)?(?:[\w-]+/)?(?:19|20)\d\d/\d{1,2}/(?:\d{1,2}/)?(?P<id>[^/?]+)/?$",
        r"^/(?:index\.php/)?archives/(?P<id>\d+)/?$",
        r"^/(?:index\.php/)?(?:[\w-]+/){0,3}(?P<id>[a-z0-9%]+(?:-+[a-z0-9%]+){4,})(?:/|\.html)?(?:(?:/\d{1,4}){3}/?)?$",
    )
    skip_urls = (
        r"/wp-(?:admin|login|json|content|includes)",
        r"^/(?:index\.php/)?(?:author|tac-gia|tag|the)/",
        r"/(?:feed|embed|trackback|attachment)(?:/|$)",
        r"[?&](?:replytocom|attachment_id|s|share|author|cat|tag|post_type|page_id)=",
    )
    markup = Markup(
        title=("h1.entry-title", ".entry-header h1", "h1.post-title"),
        date=("time.entry-date", ".entry-meta time", ".posted-on", ".entry-date", ".post-date"),
        body=(".entry-content", ".post-content", ".td-post-content"),
        prune=(
            ".sharedaddy",
            ".jp-relatedposts",
            ".post-navigation",
            ".wp-block-post-navigation-link",
            ".yarpp-related",
            ".addtoany_share_save_container",
            ".related-posts",
            ".post-tags",
        ),
    )

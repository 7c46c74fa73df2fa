"""Joomla: `/<section>/<cat>/<id>-<slug>`, `index.php?option=com_content&view=article&id=N`."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider
from crawler.portals.model import Markup


class JoomlaSpider(PortalSpider):
    """Recognised by `meta[name=generator]` "Joomla!" and `/media/system/js/`, `com_content`.

    The number before the slug names an article in every menu it hangs in. Lists count articles
    (`?start=20`), not pages.
    """

    platform = "joomla"
    signs = (
        r"content=\"Joomla",
        r"/media/(?:system|jui)/js/",
        r"option=com_content",
        r"/components/com_",
    )
    article_urls = (
        r"[?&]view=article&(?:.*&)?id=(?P<id>\d+)",
        r"/(?P<id>\d+)-[^/?]*-[^/?]*-[^/?]+?(?:\.html)?/?(?:\?|$)",
    )
    list_urls = (r"[?&](?:start|limitstart)=\d+", r"[?&]view=category")
    skip_urls = (
        r"[?&](?:tmpl=component|print=1|format=pdf|task=)",
        r"/component/(?:users|mailto|search|banners)",
        r"option=com_(?:users|mailto|search|banners)",
    )
    markup = Markup(
        title=(
            "[itemprop=headline]",
            ".item-page .page-header h1",
            ".item-page .page-header h2",
            ".item-page h2",
            ".contentheading",
        ),
        date=(
            "dd.published time",
            "dd.published",
            "dd.create time",
            "dd.create",
            ".createdate",
            "time[itemprop=datePublished]",
        ),
        body=(
            "[itemprop=articleBody]",
            ".item-page .article-content",
            ".item-page",
            "table.contentpaneopen",
        ),
        prune=(
            "dl.article-info",
            ".page-header",
            ".icons",
            ".buttonheading",
            ".actions",
            ".pagenav",
            ".pager",
            ".content_rating",
            ".createdate",
            ".modifydate",
            ".tags",
            "ul.pagenav",
            "ul.relateditems",
        ),
    )

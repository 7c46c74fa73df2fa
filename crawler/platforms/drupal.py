"""Drupal 7 to 10: `/node/N` and aliases made of the title."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider
from crawler.portals.model import Markup


class DrupalSpider(PortalSpider):
    """Recognised by `meta[name=Generator]` "Drupal", `Drupal.settings` and `/sites/default/files`.

    An article has a number (`/node/N`) and an alias; the page's own canonical address joins them.
    Aliases carry no number, so they are told from sections by their length.
    """

    platform = "drupal"
    signs = (
        r"content=\"Drupal",
        r"Drupal\.settings",
        r"drupal-settings-json",
        r"/sites/(?:default|all)/",
    )
    article_urls = (
        r"^/(?:index\.php/)?(?:(?:en|vi)/)?(?:bm/print|print|node)/(?P<id>\d+)/?(?:\?|$)",
        r"^/(?:index\.php/)?(?:(?:en|vi)/)?(?:[\w-]+/){0,3}(?P<id>[a-z0-9]+(?:-+[a-z0-9]+){5,})/?(?:\?|$)",
    )
    skip_urls = (
        r"^/(?:index\.php/)?(?:(?:en|vi)/)?(?:user|admin|search|comment|filter|system|batch)(?:/|$)",
        r"/node/(?:add|\d+/(?:edit|delete))",
        r"[?&](?:order|sort|field_\w+|destination)=",
    )
    markup = Markup(
        title=("h1.page-header", "h1#page-title", "h1.page-title", "h1.title"),
        date=(
            ".node .submitted",
            ".field--name-created",
            ".node__submitted",
            ".field-name-post-date",
            ".date-display-single",
        ),
        body=(
            ".node .field-name-body",
            ".field--name-body",
            "article.node .content",
            ".node .content",
        ),
        prune=(".field-name-field-tags", ".links", ".comment-wrapper", "#comments", ".sharethis"),
    )

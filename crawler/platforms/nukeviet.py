"""NukeViet 4: `/<section>/<slug>-<id>.html`, or everything in the query without rewriting."""

from __future__ import annotations

from crawler.crawl.portal_spider import PortalSpider
from crawler.portals.model import Markup


class NukeVietSpider(PortalSpider):
    """Recognised by `meta[name=generator]` "NukeViet" and `nv_` scripts.

    The number at the end names an article; `/print/` and `/savefile/` copies share it. A list
    answers 301 to its first page past its end. The author in its schema.org data is a login.
    """

    platform = "nukeviet"
    signs = (
        r"content=\"NukeViet",
        r"\bnv_(?:base_siteurl|siteroot|is_user|lang_variable)",
        r"nukeviet",
    )
    article_urls = (
        r"^/(?:(?:vi|en)/)?(?:[\w-]+/){1,4}[^/?]*-(?P<id>\d+)\.html",
        r"[?&]op=(?:(?:print|savefile)/)?[^/&]+/[^&]*-(?P<id>\d+)(?:&|$)",
    )
    skip_urls = (
        r"^/(?:(?:vi|en)/)?(?:[\w-]+/)?sendmail/",
        r"^/(?:users|statistics|voting|banners|contact|seek|freecontent|siteterms)(?:/|$)",
        r"[?&]nv=(?:users|statistics|voting|banners|contact|seek)",
        r"[?&]second=|[?&]nvvithemever=",
        r"/(?:author|tag)/",
    )
    markup = Markup(
        title=("h1[itemprop=headline]", "h1.title", ".news_column h1"),
        date=("span[itemprop=datePublished]", "span.h5", ".newsdetailmetatop .time"),
        section=(".breadcrumb", ".breadcrumbs"),
        summary=(".hometext", "div[itemprop=description]"),
        body=("#news-bodyhtml", ".bodytext"),
        attachments=(".news-download-file", ".news_download"),
        byline=("p.text-right",),
        prune=(".alert", ".other-news", "ul.related", ".news_vote", ".socialicon", ".news-tags"),
    )

"""Finding articles by the shape of their addresses, where no pattern serves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from crawler.archive.database import Archive
from crawler.archive.frontier import explored
from crawler.archive.frontier.queue import Visit
from crawler.crawl.address_shapes import leads_on, looks_like_article
from crawler.items import Expected, Link, Page, Refusal
from crawler.portals.model import Portal
from crawler.portals.url_patterns import Shapes, article_patterns
from crawler.portals.urls import classify_url
from crawler.text.navigation import STANDING_PAGE

HEADLINES = 5  # links on a page that read like headlines of a list
NO_ARTICLE = frozenset({"list_page", "empty", "static_page", "no_title"})
FEWEST_DATED, DATED = (
    10,
    0.9,
)  # articles, and the share with a date, from which a site dates its news
MANY = 3  # addresses that redirect to one


class Explorer:
    """What a crawl has learnt of a portal's addresses; as the archive shows it, so a resumed crawl
    knows what the one before it knew.

    A link that reads like a headline is taken for an article until its page says otherwise; once
    a few of one shape were articles, every address of that shape is one, however short its link.
    """

    def __init__(self, archive: Archive, portal: str) -> None:
        self._archive = archive
        self._portal = portal
        self._served = False  # whether the portal's patterns have matched a link of the site
        self._redirects: dict[str, set[str]] | None = None  # who was sent to an address
        self.unmatched: str | None = None  # a headline that none of them matched, once given up

    @cached_property
    def _shapes(self) -> Shapes:
        """Read where they are asked for: a described portal's pages are many, and need none."""
        return Shapes(explored.proved(self._archive.conn, self._portal))

    def expected(self, portal: Portal, visit: Visit) -> Expected | None:
        """What an address promises to whoever reads its page."""
        if visit.kind == "unknown":
            return None
        if visit.kind != "article":
            return visit.kind
        if portal.article_urls and classify_url(visit.url, portal).kind == "article":
            return "article"
        return "headline" if looks_like_article(visit.url, visit.text) else "sibling"

    def alike(self, url: str) -> bool:
        """Whether an address is shaped like those of the site's articles."""
        return self._shapes.promise(url)

    def judge(self, page: Page, visit: Visit) -> None:
        """Learn from what a page turned out to be, and mend what was thought of it.

        A section that was taken for an article is a list, and a page to be looked at some time may be
        an article. What stands in the menu without a date is no news.
        """
        if visit.kind not in ("article", "unknown") or visit.form:
            return
        if page.reading.article and page.reading.article.published_raw is None:
            self._weigh_undated(page, visit)
            if page.retry:
                return
        article, refusal = page.reading.article is not None, page.reading.refusal
        if article and visit.kind == "unknown":
            page.proved = "article"
        elif visit.kind == "article" and not article:
            if refusal is None or refusal.reason not in NO_ARTICLE:
                return  # an error says nothing about the address
            if not explored.is_archived(self._archive.conn, self._portal, visit.name):
                page.proved = "unknown"
                page.reading.refusal = None if refusal.reason == "list_page" else refusal
        if self._shapes.learn(visit.url, article=article):
            with self._archive.transaction() as conn:
                explored.promote(conn, self._portal, self._shapes.promise)

    def _weigh_undated(self, page: Page, visit: Visit) -> None:
        """Refuse a page of the menu without a date, where the site dates its news.

        Whether it does is not known before some of them were read: the page is asked for again then.
        """
        title = page.reading.article.title if page.reading.article else None
        conn = self._archive.conn
        if explored.is_archived(conn, self._portal, visit.name):
            return
        standing = bool(title and STANDING_PAGE.match(title))
        if not standing and explored.is_from_start(conn, visit):
            dated, of = explored.dated_articles(conn, self._portal)
            if of < FEWEST_DATED and not visit.attempts:
                page.reading.article, page.retry = None, True
                return
            standing = of >= FEWEST_DATED and dated >= DATED * of
        if standing:
            page.reading.article = None
            page.reading.refusal = Refusal("static_page", title or "")

    def converges(self, portal: Portal, visit: Visit, link: Link) -> bool:
        """Whether redirects of other pages led to the same address: it stands for what is gone."""
        if self._redirects is None:
            self._redirects = defaultdict(set)
            for url, location in explored.redirects(self._archive.conn, self._portal):
                self._redirects[classify_url(location, portal, base=url).url].add(url)
        self._redirects[link.url].add(visit.url)
        return len(self._redirects[link.url]) >= MANY

    def moved(self, portal: Portal, visit: Visit, link: Link) -> bool:
        """Whether an article's redirect leads to where it is now, and not just to some other page."""
        if not portal.explored:
            return link.kind == "article"
        if link.name != visit.name and self.converges(portal, visit, link):
            return False
        if not explored.is_archived(self._archive.conn, self._portal, visit.name):
            return True
        return link.kind == "article" and leads_on(visit.url, link.url, visit.text)

    def doubt(self, portal: Portal, links: Sequence[Link]) -> Portal:
        """The portal without its patterns, when a page's headlines lead to no address they match."""
        if not portal.article_urls or self._served:
            return portal
        self._served = any(link.kind == "article" for link in links)
        alike = [link for link in links if looks_like_article(link.url, link.text)]
        if self._served or len(alike) < HEADLINES:
            return portal
        self.unmatched = alike[0].url
        return replace(portal, article_urls=())

    def patterns(self) -> tuple[str, ...]:
        """What could be written down as `article_urls`."""
        proved = explored.proved(self._archive.conn, self._portal)
        return article_patterns(url for url, article in proved if article)

"""Finding articles by the shape of their addresses, where no pattern serves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from crawler.archive.database import Archive
from crawler.archive.frontier import queue as frontier
from crawler.archive.frontier.queue import Visit
from crawler.crawl.link_selection import looks_like_article
from crawler.items import Expected, Link, Page
from crawler.portals.model import Portal
from crawler.portals.url_patterns import Shapes, article_patterns

HEADLINES = 5  # links on a page that read like headlines of a list


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
        self.unmatched: str | None = None  # a headline that none of them matched, once given up

    @cached_property
    def _shapes(self) -> Shapes:
        """Read where they are asked for: a described portal's pages are many, and need none."""
        return Shapes(frontier.proved(self._archive.conn, self._portal))

    def expected(self, portal: Portal, visit: Visit) -> Expected | None:
        """What an address promises to whoever reads its page."""
        if visit.kind == "unknown":
            return None
        if portal.article_urls or visit.kind != "article":
            return visit.kind
        return "headline" if looks_like_article(visit.url, visit.text) else "sibling"

    def alike(self, url: str) -> bool:
        """Whether an address is shaped like those of the site's articles."""
        return self._shapes.promise(url)

    def judge(self, page: Page, visit: Visit) -> None:
        """Learn from what a page turned out to be; a section taken for an article is a list."""
        if visit.kind not in ("article", "unknown") or visit.form:
            return
        article, refusal = page.reading.article is not None, page.reading.refusal
        if visit.kind == "article" and not article:
            if refusal is None or refusal.reason not in ("list_page", "empty"):
                return  # an error says nothing about the address
            if not frontier.is_archived(self._archive.conn, self._portal, visit.name):
                page.proved = "unknown"
                page.reading.refusal = None if refusal.reason == "list_page" else refusal
        if self._shapes.learn(visit.url, article=article):
            with self._archive.transaction() as conn:
                frontier.promote(conn, self._portal, self._shapes.promise)

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
        proved = frontier.proved(self._archive.conn, self._portal)
        return article_patterns(url for url, article in proved if article)

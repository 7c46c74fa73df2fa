"""The byline as persons, units and agencies."""

from __future__ import annotations

from typing import Any, Self

from scrapy.crawler import Crawler

from crawler.extract.authors import authors_of
from crawler.extract.names import person_key
from crawler.items import Article, Page
from crawler.portals.model import Portal


class NormaliseAuthors:
    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: Page) -> Page:
        if isinstance(item, Page) and item.reading.article:
            spider: Any = self.crawler.spider
            normalise_authors(item.reading.article, portal=spider.portal)
        return item


def normalise_authors(article: Article, *, portal: Portal) -> None:
    """Fill `authors` in place; a byline that names nobody leaves a note."""
    if not article.byline:
        return
    article.authors = authors_of(article.byline, portal=portal)
    for author in article.authors:
        author.key = person_key(author.name)
    if not article.authors:
        article.notes.append(f"byline_names_nobody: {article.byline}")

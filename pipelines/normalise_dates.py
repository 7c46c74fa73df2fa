"""The publication date as ISO 8601, from what is printed."""

from __future__ import annotations

from typing import Any, Self

from scrapy.crawler import Crawler

from crawler.extract.dates import parse_date
from crawler.items import Article, Page
from crawler.portals.model import Portal


class NormaliseDates:
    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: Page) -> Page:
        if isinstance(item, Page) and item.reading.article:
            spider: Any = self.crawler.spider
            captured_at = item.capture.fetched_at
            normalise_dates(item.reading.article, captured_at=captured_at, portal=spider.portal)
        return item


def normalise_dates(article: Article, *, captured_at: str, portal: Portal) -> None:
    """Fill `published` and its precision in place; a date that cannot be true leaves a note."""
    if not article.published_raw:
        return
    found = parse_date(article.published_raw, captured_at=captured_at, order=portal.date_order)
    if found is None:
        article.notes.append(f"date_unreadable: {article.published_raw}")
        return
    article.published, article.published_precision = found.value, found.precision
    article.notes += [f"{_note(note)}: {found.raw.strip()}" for note in found.notes]
    if found.value and found.value[:10] in portal.import_days:
        # The day a migration stamped on everything says nothing about the hour.
        article.published, article.published_precision = found.value[:10], "day"
        article.notes.append(f"date_import_day: {found.value[:10]}")


def _note(note: str) -> str:
    return note if note.startswith("date_") else f"date_{note}"

"""Articles published before `since` are passed over, and remembered for a crawl that wants them."""

from __future__ import annotations

from typing import Any

from scrapy.crawler import Crawler

from crawler.archive.frontier.queue import BEFORE_SINCE
from crawler.items import Page, Reading, Refusal


class KeepPeriod:
    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> KeepPeriod:
        return cls(crawler)

    def process_item(self, item: Page) -> Page:
        if not isinstance(item, Page):  # of a spider that knows no portal
            return item
        spider: Any = self.crawler.spider
        limits = spider.limits
        article = item.reading.article
        if article and limits.too_old(article):
            item.reading = Reading(refusal=Refusal(BEFORE_SINCE, limits.since))
        return item

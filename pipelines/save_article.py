"""The last step: everything a page yielded goes into the archive in one transaction."""

from __future__ import annotations

from typing import Any

from scrapy.crawler import Crawler

from crawler.archive.database import ArchiveError
from crawler.items import Page
from crawler.run.run import Run


class SaveArticle:
    def __init__(self, crawler: Crawler, run: Run) -> None:
        self.crawler, self.storage = crawler, run.storage

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> SaveArticle:
        return cls(crawler, Run.of(crawler))

    async def process_item(self, item: Page) -> Page:
        spider: Any = self.crawler.spider
        try:
            await self.storage.save(item, spider.visit)
        except ArchiveError as error:
            # Not in the archive is not acknowledged: the page stays pending for the next run.
            spider.logger.critical("%s", error)
        return item

"""The normalising pipelines outside a crawl: the same classes, the same order, any portal."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object

from crawler.items import Page
from crawler.portals.model import Portal


class Normalisers:
    """Runs a page through `NORMALISERS` with the facts of its portal."""

    def __init__(self, settings: BaseSettings) -> None:
        ordered = sorted(settings.getdict("NORMALISERS").items(), key=lambda entry: entry[1])
        self._classes = [load_object(path) for path, _ in ordered]
        self._steps: dict[Portal, list[Any]] = {}

    def __call__(self, page: Page, portal: Portal) -> Page:
        for step in self._of(portal):
            page = step.process_item(page)
        return page

    def _of(self, portal: Portal) -> list[Any]:
        if portal not in self._steps:
            # All that a normaliser may ask of a crawler is the facts of its portal.
            crawler = SimpleNamespace(spider=SimpleNamespace(portal=portal))
            self._steps[portal] = [
                cls.from_crawler(crawler) if hasattr(cls, "from_crawler") else cls()
                for cls in self._classes
            ]
        return self._steps[portal]

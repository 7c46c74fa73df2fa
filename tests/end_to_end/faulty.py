"""A pipeline step of ours that is broken, for as long as a test says so."""

from __future__ import annotations

import os
from pathlib import Path

from crawler.items import Page


class Faulty:
    """Fails on the page whose address stands in the file that FAULTY names."""

    def process_item(self, item: Page) -> Page:
        if item.capture.url == Path(os.environ["FAULTY"]).read_text(encoding="utf-8"):
            raise RuntimeError("a fault of ours")
        return item

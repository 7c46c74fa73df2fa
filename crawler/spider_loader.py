"""Finds the spiders; a file that cannot be imported costs its own portal, never the others."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from scrapy.spiderloader import SpiderLoader


class TolerantSpiderLoader(SpiderLoader):
    """Scrapy's own stops at the first file that fails. `broken`: file → what is wrong with it."""

    def _load_all_spiders(self) -> None:
        self.broken: dict[str, str] = {}
        for root in self.spider_modules:
            package = import_module(root)
            self._load_spiders(package)
            for found in pkgutil.iter_modules(getattr(package, "__path__", ()), f"{root}."):
                try:
                    self._load_spiders(import_module(found.name))
                except Exception as error:  # noqa: BLE001
                    # Whatever is wrong in the file, its portal's failure says it.
                    name = found.name.rpartition(".")[2]
                    self.broken[name] = f"{found.name}: {type(error).__name__}: {error}"
        self._check_name_duplicates()

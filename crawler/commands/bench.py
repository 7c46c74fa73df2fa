"""`scrapy bench`: Scrapy's own, whose server stands on this machine and need not be spared."""

from __future__ import annotations

import argparse
from typing import Any

from scrapy.commands import bench
from scrapy.settings import Settings

# Above the project's settings and below what is given with -s.
SETTINGS: dict[str, Any] = {
    **bench.Command.default_settings,
    "PRIVATE_HOSTS_ALLOWED": "localhost:8998",
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "ITEM_PIPELINES": {},
}


class Command(bench.Command):
    settings: Settings  # Scrapy sets it before a command runs

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        if self.settings is not None:
            self.settings.setdict(SETTINGS, priority="project")
        super().process_options(args, opts)

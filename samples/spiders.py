"""Spiders for sample portals that are being served, so that `scrapy nightly` can visit them.

`-s SPIDER_MODULES=samples.spiders`, with SAMPLE_PORTALS naming a JSON file: {name: {"url": …,
"platform": …, "hosts": […]}}; a portal may also say `"broken": true`, and then cannot be made.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawler.crawl.portal_spider import PortalSpider
from crawler.platforms import PLATFORMS


def _broken(self: PortalSpider, *arguments: Any, **named: Any) -> None:
    raise ValueError("this spider cannot be made")


def _spider(name: str, told: dict[str, Any]) -> type[PortalSpider]:
    body: dict[str, Any] = {
        "__module__": __name__,
        "name": name,
        "province": "yen_bai",
        "department": "Sở mẫu",
        "allowed_domains": [urlsplit(told["url"]).netloc, *told.get("hosts", ())],
        "start_urls": [told["url"]],
    }
    if told.get("broken"):
        body["__init__"] = _broken
    return type(f"Sample{name.title()}", (PLATFORMS[told["platform"]],), body)


_file = os.environ.get("SAMPLE_PORTALS")
_told = json.loads(Path(_file).read_text(encoding="utf-8")) if _file else {}
globals().update({name: _spider(name, portal) for name, portal in _told.items()})

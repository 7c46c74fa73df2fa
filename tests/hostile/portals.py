"""Spiders of a test: declared by whoever starts the crawl, in the environment."""

from __future__ import annotations

import json
import os
from urllib.parse import urlsplit

from crawler.crawl.portal_spider import PortalSpider
from crawler.platforms import PLATFORMS


def declared(name: str, facts: dict) -> type[PortalSpider]:
    """A portal as one would write it down, from `{"url", "platform", …}`."""
    parent = PLATFORMS[facts["platform"]] if facts.get("platform") else PortalSpider
    return type(
        f"{name.title()}Spider",
        (parent,),
        {
            "__module__": __name__,
            "name": name,
            "province": "yen_bai",
            "allowed_domains": facts.get("hosts") or [urlsplit(facts["url"]).netloc],
            "start_urls": [facts["url"]],
            "tls": facts.get("tls", "verified"),
            "within": tuple(facts.get("within", ())),
        },
    )


for _name, _facts in json.loads(os.environ.get("HOSTILE_PORTALS", "{}")).items():
    globals()[f"{_name.title()}Spider"] = declared(_name, _facts)

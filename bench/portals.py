"""The corpus as spiders: `SPIDER_MODULES=bench.portals`; BENCH_* say where it is served."""

from __future__ import annotations

import os

from bench.corpus import SHELLS
from bench.server import addresses
from crawler.crawl.portal_spider import PortalSpider
from crawler.platforms import PLATFORMS

PORT = os.environ.get("BENCH_PORT", "80")
KNOWN = os.environ.get("BENCH_UNKNOWN") != "1"  # unknown: nothing but the address is declared


# Whose saved pages `bench.captured` reads.
CAPTURED = {"liferay": "sotttt.hanoi.gov.vn", "nukeviet": "khcn.example.vn"}


def _spider(name: str, system: str, root: str) -> type[PortalSpider]:
    facts = {
        "__module__": __name__,
        "__doc__": f"{system} at {root}.",
        "name": name,
        "province": "ha_noi",
        "allowed_domains": [root.partition("://")[2]],
        "start_urls": [f"{root}/"],
    }
    return type(name.title(), (PLATFORMS[system] if KNOWN else PortalSpider,), facts)


if os.environ.get("BENCH_CAPTURED") == "1":
    for _system, _host in CAPTURED.items():
        globals()[f"saved_{_system}"] = _spider(f"saved_{_system}", _system, f"https://{_host}")

for _at, _address in enumerate(addresses(int(os.environ.get("BENCH_PORTALS", "0")))):
    _name = f"portal{_at:02d}"
    globals()[_name] = _spider(_name, SHELLS[_at % len(SHELLS)], f"http://{_address}:{PORT}")

"""The corpus as spiders: `SPIDER_MODULES=bench.portals`; BENCH_* say where it is served."""

from __future__ import annotations

import os

from bench.corpus import SHELLS
from bench.server import addresses
from crawler.platforms import PLATFORMS
from crawler.portal import PortalSpider

PORT = os.environ.get("BENCH_PORT", "80")
KNOWN = os.environ.get("BENCH_UNKNOWN") != "1"  # unknown: nothing but the address is declared


def _spider(at: int, address: str) -> type[PortalSpider]:
    system = SHELLS[at % len(SHELLS)]
    host = f"{address}:{PORT}"
    facts = {
        "__module__": __name__,
        "__doc__": f"Portal {at} of the corpus.",
        "name": f"portal{at:02d}",
        "province": "yen_bai",
        "allowed_domains": [host],
        "start_urls": [f"http://{host}/"],
    }
    return type(f"Portal{at}", (PLATFORMS[system] if KNOWN else PortalSpider,), facts)


for _at, _address in enumerate(addresses(int(os.environ.get("BENCH_PORTALS", "0")))):
    globals()[f"Portal{_at}"] = _spider(_at, _address)

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


# Whose saved pages `bench.captured` reads.
CAPTURED = {"liferay": "sotttt.hanoi.gov.vn", "nukeviet": "khcn.example.vn"}


def _saved(system: str) -> type[PortalSpider]:
    host = CAPTURED[system]
    facts = {
        "__module__": __name__,
        "__doc__": f"The portal whose {system} pages were saved.",
        "name": f"saved_{system}",
        "province": "ha_noi",
        "allowed_domains": [host],
        "start_urls": [f"https://{host}/"],
    }
    return type(f"Saved{system.title()}", (PLATFORMS[system] if KNOWN else PortalSpider,), facts)


if os.environ.get("BENCH_CAPTURED") == "1":
    for _system in CAPTURED:
        globals()[f"Saved{_system.title()}"] = _saved(_system)

for _at, _address in enumerate(addresses(int(os.environ.get("BENCH_PORTALS", "0")))):
    globals()[f"Portal{_at}"] = _spider(_at, _address)

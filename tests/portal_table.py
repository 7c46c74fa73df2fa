"""The table of portals in docs/portals.md: `python -m tests.portal_table > docs/portals.md`."""

from __future__ import annotations

from collections import Counter

from scrapy.settings import Settings

from crawler.portals.provinces import PROVINCES
from crawler.registry.portals import known_portals

HEAD = """# Portals

Every portal the project knows: `scrapy list`. Written by `python -m tests.portal_table`, checked by
the tests. *Evidence* says how the facts are known: `stored pages` were read by our extraction,
`address only` means that addresses of the portal's pages were seen but never their markup,
`public code` that others' crawlers name it, `unverified` that the address is only plausible.

"""


def table() -> str:
    portals = known_portals(Settings({"SPIDER_MODULES": ["spiders"]}))
    lines = [
        "| spider | province (now) | first address | platform | evidence |",
        "|---|---|---|---|---|",
    ]
    for slug, portal in sorted(portals.items()):
        province = PROVINCES[portal.province]
        present = PROVINCES[province.successor]
        now = "" if present is province else f" ({present.name})"
        lines.append(
            f"| `{slug}` | {province.name}{now} | {portal.start_urls[0]} "
            f"| {portal.platform or '-'} | {portal.evidence} |"
        )
    counts = Counter(portal.evidence for portal in portals.values())
    total = ", ".join(f"{count} {name}" for name, count in counts.most_common())
    provinces = len({portal.province for portal in portals.values()})
    return (
        HEAD + "\n".join(lines) + f"\n\n{len(portals)} portals of {provinces} provinces: {total}.\n"
    )


if __name__ == "__main__":
    print(table(), end="")

"""What the elements of a page cost: the same crawl of the same articles under larger and larger menus.

Reading a whole page grows with its elements, and portals differ widely.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from lxml import html

from bench.corpus import SHELLS, corpus
from bench.pipeline import BASE, crawls

MENUS = (16, 54, 116)  # entries, ten links each: pages of about 800, 2,000 and 4,000 elements


def main(portals: int, articles: int, runs: int, menus: Sequence[int]) -> None:
    print(
        f"\n{portals} portals × {articles} articles under menus of different size, "
        f"medians of {runs} runs"
    )
    print(
        f"{'elements':>8}{'KB':>6}  {'':22}{'pages':>7}{'pages/s':>9}{'× base':>8}{'ms CPU':>8}"
        f"{'× base':>8}"
    )
    for size in menus:
        count, weight = weighed(size)
        lines = crawls(portals, articles, runs, menus=size)
        base = next(line for line in lines if line.name == BASE)
        for line in lines:
            print(
                f"{count:8,}{weight / 1024:6.0f}  {line.name:22}{line.pages:7}{line.rate:9.1f}"
                f"{line.rate / base.rate:8.1f}{line.milliseconds:8.1f}"
                f"{base.milliseconds / line.milliseconds:8.1f}",
                flush=True,
            )


def weighed(menus: int) -> tuple[int, int]:
    """Elements and bytes of an article's page, in the middle of all systems."""
    pages = [
        site.answer(path).body.encode()
        for site in corpus(len(SHELLS), 4, menus=menus)
        for path in site.site.addresses.values()
    ]
    counts = [sum(1 for _ in html.document_fromstring(page).iter("*")) for page in pages]
    return int(median(counts)), int(median(map(len, pages)))

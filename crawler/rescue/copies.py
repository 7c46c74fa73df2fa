"""One article at several addresses: which of them tells its history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from crawler.items import Page, Reading


def silence_copies(pages: Sequence[Page]) -> set[tuple[str, str]]:
    """Leave an article's history to one of its addresses; the others are looks and nothing more.

    Sections and languages show the same article in frames of their own, and not all of them print its
    date: taken in turns they would be edits that nobody made. Another address speaks only of a time
    of which the first has no look, and when it says something else. Returns the looks that say the same.
    """
    addresses: dict[str, list[Page]] = defaultdict(list)
    for page in pages:
        addresses[page.reading.article.url if page.reading.article else ""].append(page)
    if len(addresses) < 2:
        return set()
    first = max(addresses, key=lambda url: (_worth(addresses[url]), url))
    own = sorted(addresses.pop(first), key=lambda page: page.capture.fetched_at)
    begins, ends = own[0], own[-1]
    same = set()
    for page in (page for some in addresses.values() for page in some):
        at = page.capture.fetched_at
        near = begins if at < begins.capture.fetched_at else ends
        inside = begins.capture.fetched_at <= at <= ends.capture.fetched_at
        if said(page) == said(near):
            same.add((page.capture.url, at))
        elif not inside:
            continue
        page.reading = Reading()
    return same


def _worth(pages: Sequence[Page]) -> tuple[float, int, int]:
    """How much an address has to tell: dated looks, looks, words."""
    articles = [page.reading.article for page in pages if page.reading.article]
    dated = sum(article.published is not None for article in articles) / len(articles)
    return dated, len(articles), max(len(article.text) for article in articles)


def said(page: Page) -> tuple[str | None, str]:
    article = page.reading.article
    return (article.title, article.text) if article else (None, "")

"""Which shapes of address have proved to be articles on a site that nobody described."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlsplit

from crawler.patterns import shape_of

FEWEST = 3  # articles of one shape before the next address of it is believed
OTHERS = 0.1  # of a shape's pages that may have turned out to be something else


class Shapes:
    """A site's addresses by what their pages turned out to be."""

    def __init__(self, proved: Iterable[tuple[str, bool]] = ()) -> None:
        self._articles: Counter[str] = Counter()
        self._others: Counter[str] = Counter()
        for url, article in proved:
            self.learn(url, article=article)

    def learn(self, url: str, *, article: bool) -> bool:
        """Note what a page was; whether that made its shape one of articles just now."""
        shape = _shape(url)
        before = self._is_promising(shape)
        (self._articles if article else self._others)[shape] += 1
        return self._is_promising(shape) and not before

    def promise(self, url: str) -> bool:
        """Whether an address looks like those of the site's articles."""
        return self._is_promising(_shape(url))

    def _is_promising(self, shape: str) -> bool:
        articles = self._articles[shape]
        return articles >= FEWEST and self._others[shape] <= OTHERS * articles


def _shape(url: str) -> str:
    """How an address is made; where a number names the page, also what the path says it is."""
    parts = urlsplit(url)
    shape = shape_of(parts.path, parts.query)
    if not parts.query and not re.search(r"/\d+(?:\.\w+)?/?$", parts.path):
        return shape
    return f"{shape}|{re.sub(r'[0-9]+', '0', parts.path)}"

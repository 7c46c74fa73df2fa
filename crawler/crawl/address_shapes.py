"""What an address looks like: an article's, a day's, the same page's spelt otherwise."""

from __future__ import annotations

import re

from crawler.extract.slugs import LEAST_OVERLAP, overlap, slug_words, words_of
from crawler.parsing import split_url
from crawler.text.navigation import MORE

HEADLINE, HEADLINE_WORDS = 24, 5  # the shortest headlines; menu entries are shorter
DATED = re.compile(
    r"(?:19|20)\d\d[-/.]?\d|(?:ngay|date|day|month|thang)\w{0,10}[=/-]", re.IGNORECASE
)
SLUG_WORDS = 3  # hyphens in a slug made of a headline
NUMBERED = re.compile(r"\d{3,}(?:\.\w+)?/?$|[?&/;](?:\w*id|p|n|a)[=/]\d+", re.IGNORECASE)


def same_page(one: str, other: str) -> bool:
    """Whether two addresses differ at most in a slash at the end of their path."""
    parts = [split_url(url) for url in (one, other)]
    first, second = ((p.netloc, p.path.rstrip("/"), p.query) for p in parts)
    return first == second


def leads_on(old: str, new: str, words: str) -> bool:
    """Whether a new address is made of the same headline, or has the same number, as the old one."""
    numbers = [
        set(re.findall(r"\d{3,}", split_url(url).path + split_url(url).query)) for url in (old, new)
    ]
    if numbers[0] & numbers[1]:
        return True
    slug = slug_words(new)
    return any(overlap(slug, said) >= LEAST_OVERLAP for said in (slug_words(old), words_of(words)))


def looks_like_article(url: str, text: str, *, listed: bool = False) -> bool:
    """Whether a link reads like a headline that leads to one page: a long text, a slug or an id.

    What a feed or a sitemap lists needs no text, and "Xem chi tiết" stands for the headline above.
    """
    made = is_slug(url)
    if listed and made:
        return True
    made = made or bool(NUMBERED.search(url.partition("://")[2].partition("/")[2]))
    long = len(text) >= HEADLINE and len(text.split()) >= HEADLINE_WORDS
    return made and (long or bool(MORE.match(text)))


def is_dated(url: str) -> bool:
    """Whether an address is that of a day, a month or a year: what happened then, never the newest."""
    return bool(DATED.search(url.partition("://")[2].partition("/")[2]))


def is_slug(url: str) -> bool:
    """Whether an address ends in the words of a headline."""
    path = url.partition("://")[2].partition("/")[2].partition("?")[0]
    return path.rstrip("/").rpartition("/")[2].count("-") >= SLUG_WORDS

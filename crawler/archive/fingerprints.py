"""What makes the same release recognisable on other portals: a few numbers out of its words."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from heapq import nsmallest

from crawler.folding import OTHERS, fold, words_of

PRINTS = 12  # kept of each article
ALIKE = 9  # of them in common: about nine tenths of the words in a row are the same
RUN = (1, 3, 5, 7, 11)  # five words in a row, each by its place; shorter runs are stock phrases
BITS = 40  # of a fingerprint
SPREAD = 0x9E3779B97F4A7C15  # odd, its bits well mixed: upper bits depend on all that are below
WHOLE = 2**64 - 1


def fingerprints(text: str) -> list[int]:
    """The smallest hashes of all runs of words: two texts share as many as they share words.

    They depend on the text alone, so every archive and every order of crawling agrees on them.
    """
    # A mark that stands apart from its letter parts a word as printed, and not as folded.
    words = words_of(fold(text) if OTHERS.search(text) else text)
    places = {word: _places(word) for word in set(words)}
    columns = zip(*(places[word] for word in words), strict=True)
    runs = zip(*(column[at:] for at, column in enumerate(columns)), strict=False)
    # A call for each of a thousand runs would cost as much as all the rest.
    sums = {(a + b + c + d + e & WHOLE) >> (64 - BITS) for a, b, c, d, e in runs}
    return nsmallest(PRINTS, sums)


@lru_cache(maxsize=20_000)  # a language has few words
def _places(word: str) -> tuple[int, ...]:
    """A word's share of a run's number, for each place in it."""
    number = int.from_bytes(blake2b(fold(word).encode(), digest_size=8).digest(), "big")
    return tuple(number * place * SPREAD & WHOLE for place in RUN)

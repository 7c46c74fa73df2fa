"""What makes the same release recognisable on other portals: a few numbers out of its words."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from heapq import nsmallest

from crawler.archive.search import fold

PRINTS = 12  # kept of each article
ALIKE = 9  # of them in common: about nine tenths of the words in a row are the same
RUN = 5  # words in a row; shorter runs are stock phrases of every department
WORD = re.compile(r"\w+")
BITS = 40  # of a fingerprint
SPREAD = 0x9E3779B97F4A7C15  # odd, its bits well mixed: the place of a word in its run counts


def fingerprints(text: str) -> list[int]:
    """The smallest hashes of all runs of words: two texts share as many as they share words.

    They depend on the text alone, so every archive and every order of crawling agrees on them.
    """
    words = WORD.findall(fold(text))
    number = {word: _number(word) for word in set(words)}
    numbers = [number[word] for word in words]
    runs = zip(*(numbers[at:] for at in range(RUN)), strict=False)
    # One number of five; the upper bits of a product depend on all that are below. A call for
    # each of a thousand runs would cost as much as all the rest.
    return nsmallest(
        PRINTS,
        {
            ((a + 3 * b + 5 * c + 7 * d + 11 * e) * SPREAD & 0xFFFFFFFFFFFFFFFF) >> (64 - BITS)
            for a, b, c, d, e in runs
        },
    )


@lru_cache(maxsize=20_000)  # a language has few words
def _number(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big")

"""Fingerprints of a text (MinHash): the same press release on two portals shares most of them."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from heapq import nsmallest
from struct import unpack

from crawler.text.folding import OTHERS, fold, words_of

PRINTS = 12  # kept of each article
ALIKE = 9  # of them in common: about nine tenths of the words in a row are the same
RUN = (1, 3, 5, 7, 11)  # five words in a row, each by its place; shorter runs are stock phrases
BITS = 40  # of a fingerprint
SPREAD = 0x9E3779B97F4A7C15  # odd, its bits well mixed: upper bits depend on all that are below
LANE = 16  # bytes for a word and for the sum of a run


def fingerprints(text: str) -> list[int]:
    """The smallest hashes of all runs of words: two texts share as many as they share words.

    They depend on the text alone, so every archive and every order of crawling agrees on them.
    """
    # A mark that stands apart from its letter parts a word as printed, and not as folded.
    words = words_of(fold(text) if OTHERS.search(text) else text)
    # All words side by side in one number: a few steps add up every run at once.
    lanes = {word: _lane(word) for word in set(words)}
    row = int.from_bytes(b"".join([lanes[word] for word in words]), "little")
    sums = sum(place * (row >> 8 * LANE * after) for after, place in enumerate(RUN))
    halves = unpack(f"<{2 * len(words)}Q", sums.to_bytes(LANE * len(words), "little"))
    runs = max(len(words) - len(RUN) + 1, 0)
    smallest = nsmallest(2 * PRINTS, set(halves[: 2 * runs : 2]))
    return list(dict.fromkeys(one >> 64 - BITS for one in smallest))[:PRINTS]


@lru_cache(maxsize=20_000)  # a language has few words
def _lane(word: str) -> bytes:
    number = int.from_bytes(blake2b(fold(word).encode(), digest_size=8).digest(), "big")
    return (number * SPREAD & 2**64 - 1).to_bytes(LANE, "little")

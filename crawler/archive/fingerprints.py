"""What makes the same release recognisable on other portals: a few numbers out of its words."""

from __future__ import annotations

import re
from hashlib import blake2b

from crawler.archive.search import fold

PRINTS = 12  # kept of each article
ALIKE = 9  # of them in common: about nine tenths of the words in a row are the same
RUN = 5  # words in a row; shorter runs are stock phrases of every department
WORD = re.compile(r"\w+")


def fingerprints(text: str) -> list[int]:
    """The smallest hashes of all runs of words: two texts share as many as they share words.

    They depend on the text alone, so every archive and every order of crawling agrees on them.
    """
    words = WORD.findall(fold(text))
    runs = {" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
    hashes = {int.from_bytes(blake2b(run.encode(), digest_size=5).digest(), "big") for run in runs}
    return sorted(hashes)[:PRINTS]

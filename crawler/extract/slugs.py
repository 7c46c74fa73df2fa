"""The words of an address that is made of its page's title, and how much of a line they are."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache
from urllib.parse import unquote

from crawler.extract.names import fold
from crawler.parsing import is_number, split_url

LEAST_OVERLAP = 0.6  # of an address's words with a title's, below which they are not the same
SLUG = 4  # words of an address that is surely made of a title
WORD = re.compile(r"\w+")


def slug_words(url: str, *, least: int = SLUG) -> list[str]:
    """The words of the address, when it is made of the title; without numbers and suffixes.

    `least`: words at its end that are enough; two or three may be a short title, or anything.
    """
    parts = split_url(url)
    last = next((p for p in reversed(parts.path.split("/")) if p), "")
    for piece in (
        *reversed([p for p in parts.path.split("/") if p]),
        *re.findall(r"title=([^&]+)", parts.query),
    ):
        bare = re.sub(r"\.\w{2,5}$", "", unquote(piece, errors="replace"))
        words = [word for word in re.split(r"[-_+\s]+", fold(bare)) if word and not is_number(word)]
        if len(words) >= SLUG or (len(words) >= least and piece == last):
            return words
    return []


def is_exact(slug: list[str], folded: str) -> bool:
    """Whether an address says a title word for word; numbers are left out of both."""
    return folded[:1] == slug[0][:1] and slug == [
        word for word in folded.split() if not is_number(word)
    ]


@lru_cache(maxsize=4_000)
def _triples(text: str) -> tuple[str, ...]:
    return tuple(text[at : at + 3] for at in range(len(text) - 2))


def words_of(text: str) -> list[str]:
    return WORD.findall(fold(text))


def overlap(slug: list[str], words: list[str]) -> float:
    """How much of an address's words are these, in their order; slugs are cut and lose letters."""
    if not slug or not words:
        return 0.0
    joined, wanted = "".join(words)[:400], "".join(slug)[:400]
    whole = max(len(wanted), min(len(joined), len(wanted) * 2))
    least = LEAST_OVERLAP * whole
    if len(joined) <= least or not _may_cover(wanted, joined, least):
        return 0.0  # as nearly every line of a page
    matcher = SequenceMatcher(None, wanted, joined, autojunk=False)
    if matcher.real_quick_ratio() < 0.3:
        return 0.0
    same = sum(block.size for block in matcher.get_matching_blocks() if block.size > 2)
    return same / whole


def _may_cover(wanted: str, joined: str, least: float) -> bool:
    """Whether more than `least` letters of `wanted` can be in common runs of three and more."""
    missed, upto = 0, 0
    for at, three in enumerate(_triples(wanted)):
        if three in joined:
            missed += max(0, at - upto)
            upto = at + 3
        elif len(wanted) - missed - max(0, at + 1 - upto) <= least:
            return False  # half of a page's lines are told by a few letters
    return upto - missed > least

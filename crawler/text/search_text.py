"""What the search index holds beside the printed text: the same words as people type them."""

from __future__ import annotations

import re
from functools import lru_cache

from viet_text_tools import normalize_diacritics

from crawler.text.folding import fold, words_of

# What the search boxes of newsrooms really receive: `dong chi`, `dak lak`, `hoà` for `hòa`.
CONTEXT = 3  # words kept on each side of a respelt word, so that phrases around it are found
# The only rimes whose tone mark may stand on either vowel.
TWO_WAYS = re.compile(r"o[aeàáảãạèéẻẽẹ]|[òóỏõọ][ae]|u[yỳýỷỹỵ]|[ùúủũụ]y", re.IGNORECASE)


@lru_cache(maxsize=20_000)  # a language has few words
def other_spelling(word: str) -> str | None:
    """`hòa` for `hoà` and the reverse; None for a word that has one spelling."""
    if not TWO_WAYS.search(word):
        return None
    for new_style in (True, False):
        spelt = normalize_diacritics(word, new_style=new_style)
        if spelt != word:
            return spelt
    return None


def search_text(*parts: str | None) -> str:
    """The folded text, and each word with two spellings in its other one, among its neighbours."""
    printed = [part for part in parts if part]
    words = [word for part in printed for word in words_of(part)]
    respelt = {word: spelt for word in set(words) if (spelt := other_spelling(word))}
    windows = {
        " ".join(respelt.get(near, near) for near in words[max(0, at - CONTEXT) : at + CONTEXT + 1])
        for at, word in enumerate(words)
        if word in respelt
    }
    return "\n".join([*map(fold, printed), *sorted(windows)])

"""What the search index holds beside the printed text: the same words as people type them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from viet_text_tools import normalize_diacritics

# What the search boxes of newsrooms really receive: `dong chi`, `dak lak`, `hoà` for `hòa`.
WORD = re.compile(r"\w+")
CONTEXT = 3  # words kept on each side of a respelt word, so that phrases around it are found
# The only rimes whose tone mark may stand on either vowel.
TWO_WAYS = re.compile(r"o[aeàáảãạèéẻẽẹ]|[òóỏõọ][ae]|u[yỳýỷỹỵ]|[ùúủũụ]y", re.IGNORECASE)
# The letters of composed Vietnamese without their marks; texts with others take the long way.
PLAIN = {
    code: "".join(
        c
        for c in unicodedata.normalize("NFD", chr(code).casefold())
        if not unicodedata.combining(c)
    ).replace("đ", "d")
    for code in (*range(0x180), *range(0x1A0, 0x1B1), *range(0x1EA0, 0x1EFA))
}
OTHERS = re.compile("[^\x00-\u017f\u01a0-\u01b0\u1ea0-\u1ef9\u2002-\u206f]")


def fold(text: str) -> str:
    """Lower case without accents; đ, which has no decomposition, becomes d."""
    if not OTHERS.search(text):
        return text.translate(PLAIN)
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


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
    whole = "\n".join(part for part in parts if part)
    words = WORD.findall(whole)
    respelt = [other_spelling(word) for word in words]
    windows = {
        " ".join(
            respelt[near] or words[near]
            for near in range(max(0, at - CONTEXT), min(len(words), at + CONTEXT + 1))
        )
        for at, spelling in enumerate(respelt)
        if spelling
    }
    return "\n".join([fold(whole), *sorted(windows)])

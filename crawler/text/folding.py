"""Vietnamese without its marks, letter by letter: how most people type it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# đ, and the Icelandic and African letters that look like Đ and are typed for it.
CROSSED = str.maketrans("đðɖ", "ddd")


def _bare(letter: str) -> str:
    """A letter as its decomposition has it; đ, which has none, becomes d, and so does its double."""
    letters = unicodedata.normalize("NFD", letter.casefold().translate(CROSSED))
    return "".join(c for c in letters if not unicodedata.combining(c))


# The letters of composed Vietnamese and the signs that are printed among them.
PLAIN = {
    code: _bare(chr(code)) for code in (*range(0x180), *range(0x1A0, 0x1B1), *range(0x1EA0, 0x1EFA))
}
WORD = re.compile(r"\w+")
OTHERS = re.compile("[^\x00-\u017f\u01a0-\u01b0\u1ea0-\u1ef9\u2002-\u206f]")


@lru_cache(maxsize=16)  # an article is folded to be searched and to be compared
def fold(text: str) -> str:
    """Lower case without accents."""
    return text.translate(PLAIN) if not OTHERS.search(text) else _bare(text)


@lru_cache(maxsize=16)
def words_of(text: str) -> tuple[str, ...]:
    """Its words, as printed: an article's are searched by and compared by."""
    return tuple(WORD.findall(text))

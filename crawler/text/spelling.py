"""One spelling for each Vietnamese syllable: what differs only by custom is the same word."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from viet_text_tools import normalize_diacritics

from crawler.text.folding import fold

Syllables = tuple[str, ...]
SYLLABLE = re.compile(r"[^\W_]+")
# The only rimes whose tone mark may stand on either vowel: hoà and hòa, uỷ and ủy.
TWO_WAYS = re.compile(r"o[aeàáảãạèéẻẽẹ]|[òóỏõọ][ae]|u[yỳýỷỹỵ]|[ùúủũụ]y", re.IGNORECASE)
# Where a syllable ends in a bare i sound, it is written with i or y: kĩ and kỹ, quí and quý.
EITHER = re.compile(r"(h|k|l|m|s|t|qu)([iìíỉĩịyỳýỷỹỵ])")
TO_Y, TO_I = (str.maketrans(*pair) for pair in (("iìíỉĩị", "yỳýỷỹỵ"), ("yỳýỷỹỵ", "iìíỉĩị")))
# Letters of other alphabets that look like Đ and are typed for it.
NOT_D = "ðÐɖƉ"
LIKE_D = str.maketrans(NOT_D, "đĐđĐ")


def composed(text: str) -> str:
    """The text in composed letters, each đ a Vietnamese one."""
    found = unicodedata.normalize("NFC", text)
    for other in NOT_D:  # rare, and `translate` looks at every letter
        if other in found:
            return found.translate(LIKE_D)
    return found


@lru_cache(maxsize=60_000)  # a language has few syllables
def canonical(syllable: str) -> str:
    """Lower case, the tone in its older place, y where i would do: `hòa`, `kỹ`, `quý`."""
    lower = syllable.lower().translate(LIKE_D)
    if TWO_WAYS.search(lower):
        lower = normalize_diacritics(lower, new_style=False)
    return lower.translate(TO_Y) if EITHER.fullmatch(lower) else lower


@lru_cache(maxsize=60_000)
def spellings(syllable: str) -> tuple[str, ...]:
    """Every way in which a syllable is printed, its canonical one first."""
    first = canonical(syllable)
    found = [first]
    if TWO_WAYS.search(first):
        found.append(normalize_diacritics(first, new_style=True))
    if EITHER.fullmatch(first):
        found += [one.translate(TO_I) if len(one) < 3 else one[:-1] + one[-1].translate(TO_I)
                  for one in list(found)]  # fmt: skip
    return tuple(dict.fromkeys(found))


def syllables(text: str) -> list[str]:
    """The canonical syllables of a text in their order."""
    return [canonical(word) for word in SYLLABLE.findall(composed(text))]


@lru_cache(maxsize=60_000)
def bare(syllable: str) -> str:
    """A canonical syllable without its accents."""
    return fold(syllable)

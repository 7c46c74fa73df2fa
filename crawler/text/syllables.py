"""Vietnamese syllables: what a word of Vietnamese can be, whatever it means.

Onset, vowels and end as the orthography allows them (Hoàng Phê, Chính tả tiếng Việt); a text read by
a wrong table has hardly any.
"""

from __future__ import annotations

import re
import unicodedata

ONSET = "(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?"
RIMES = (
    "a(?:ch|ng|nh|[cimnoptuy])?|ă(?:ng|[cmnpt])|â(?:ng|[cmnptuy])|e(?:ng|[cmnopt])?"
    "|ê(?:ch|nh|[mnptu])?|i(?:ch|nh|[amnptu])?|iê(?:ng|[cmnptu])|y(?:ch|nh|[mnt])?|yê(?:ng|[mntu])"
    "|o(?:ng|[cimnpt])?|oa(?:ch|ng|nh|[cimnopty])?|oă(?:ng|[cmnt])|oe(?:[nmot])?|oo(?:ng|c)"
    "|ô(?:ng|[cimnpt])?|ơ(?:[imnpt])?|u(?:ng|[acimnpty])?|uâ(?:ng|[nty])|uê(?:ch|nh)?|uơ|uô(?:ng|[cimnt])"
    "|uy(?:ch|nh|[aptu])?|uyê(?:n|t)|ư(?:ng|[acimntu])?|ươ(?:ng|[cimnptu])"
)
SYLLABLE = re.compile(f"{ONSET}(?:{RIMES})")
TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"), "")
ONE_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


def is_syllable(word: str) -> bool:
    """Whether a word in small letters is a syllable of Vietnamese, with one tone at most."""
    if len(word) > 8:
        return False
    apart = unicodedata.normalize("NFD", word)
    plain = unicodedata.normalize("NFC", apart.translate(TONES))
    return SYLLABLE.fullmatch(plain) is not None and len(ONE_TONE.findall(apart)) <= 1

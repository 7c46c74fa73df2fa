"""Whether a text is one: Vietnamese or English by its words, or what a bad font or OCR left."""

from __future__ import annotations

import re
import unicodedata

from crawler.text.legacy_fonts import table_of
from crawler.text.syllables import is_syllable

WORD = re.compile(r"[^\W\d_]+")
ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "is",
        "for",
        "with",
        "on",
        "that",
        "by",
        "as",
        "are",
        "be",
        "this",
        "from",
        "or",
        "an",
        "at",
        "which",
        "it",
        "was",
        "have",
        "not",
        "has",
        "we",
        "can",
    ]
)
FEW = 12  # words by which nothing can be told
ACCENTED = 0.35  # of the words of a Vietnamese text, at the least; usually 0.7
SOUND = 0.6  # of the accented words that are syllables
ENGLISH_SHARE = 0.12
LOOKED_AT = 20_000
LOST = 0.03


def language_of(text: str) -> str | None:
    """`vi`, `en`, or None when neither is proved."""
    words = [word.casefold() for word in WORD.findall(text[:LOOKED_AT])]
    if len(words) < 3:
        return None
    accented = [word for word in words if not word.isascii()]
    sound = sum(map(is_syllable, accented))
    if sound > SOUND * len(accented) and len(accented) > ACCENTED * 0.6 * len(words):
        return "vi"
    english = sum(word in ENGLISH for word in words)
    return "en" if english > ENGLISH_SHARE * len(words) else None


def is_legible(text: str) -> bool:
    """False for what no reader would take for text: lost letters, wrong tables, OCR in another language."""
    text = text[:LOOKED_AT]
    seen = sum(1 for sign in text if not sign.isspace())
    lost = sum(
        1
        for sign in text
        if sign == "\ufffd"
        or (unicodedata.category(sign) in ("Co", "Cn", "Cc") and sign not in "\t\n\r")
    )
    if lost > LOST * max(seen, 1):
        return False
    words = [word.casefold() for word in WORD.findall(text)]
    if len(words) < FEW:
        return True
    if language_of(text) is not None or table_of(text.split("\n")) is not None:
        return True
    # Unaccented words alone: lists of names, figures and codes are text too; a Vietnamese page
    # read as English is full of words that no language spells.
    odd = sum(1 for word in words if not (word.isascii() and is_syllable(word)))
    return odd < 0.5 * len(words) and _cased(text)


def _cased(text: str) -> bool:
    """Whether capitals stand where they stand in writing, and signs not within words."""
    words = re.findall(r"\S+", text)
    torn = sum(
        1 for word in words if re.search(r"[a-zà-ỹ][A-ZĐÀ-Ỹ]|[^\W\d_][$|{}\\^~!<>@*][^\W\d_]", word)
    )
    return torn * 12 < len(words)

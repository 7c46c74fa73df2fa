"""What somebody typed, as words and phrases: whatever it was, it never is a syntax error."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from crawler.text.folding import fold
from crawler.text.search_text import other_spelling

LONGEST = 200  # characters of a question that are looked at
MOST_WORDS = 16
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″＂", '"'))
CHUNK = re.compile(r'"([^"]*)"?|([^\s"]+)')
WORD = re.compile(r"[^\W_]+")
# Every letter that folds to a plain one: a word typed without accents is looked for in any of them.
VARIANTS: dict[str, str] = {}
for _code in (*range(0xC0, 0x180), *range(0x1A0, 0x1B1), *range(0x1EA0, 0x1EFA)):
    _letter = chr(_code)
    _plain = fold(_letter)
    if _letter.islower() and _plain in set("aeiouyd"):
        VARIANTS[_plain] = VARIANTS.get(_plain, _plain) + _letter


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or several that have to follow each other."""

    words: tuple[str, ...]

    @property
    def is_phrase(self) -> bool:
        return len(self.words) > 1


@dataclass(frozen=True)
class Asked:
    """A question as it is understood."""

    typed: str
    terms: tuple[Term, ...]

    @cached_property
    def words(self) -> list[str]:
        return [word for term in self.terms for word in term.words]

    @property
    def has_phrase(self) -> bool:
        return any(term.is_phrase for term in self.terms)

    @cached_property
    def match(self) -> str:
        """For `articles_fts match ?`."""
        return " AND ".join(f'"{" ".join(term.words)}"' for term in self.terms)

    @cached_property
    def words_match(self) -> str:
        """Every word anywhere: for an index without positions."""
        return " AND ".join(f'"{word}"' for word in dict.fromkeys(self.words))

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """What to mark in a text."""
        if not self.terms:
            return None
        found = sorted((_pattern(term.words) for term in self.terms), key=len, reverse=True)
        return _whole_words("|".join(found))

    @cached_property
    def whole_pattern(self) -> re.Pattern[str] | None:
        """All words in a row, quotes or not."""
        return _whole_words(_pattern(tuple(self.words))) if self.terms else None

    def as_phrase(self) -> str | None:
        """The same words in a row, when there are several and no quotes yet."""
        if len(self.terms) < 2 or '"' in self.typed:
            return None
        return '"' + " ".join(self.words) + '"'

    def without_accents(self) -> str | None:
        """The looser question, when this one has accents."""
        loose = fold(self.typed)
        return loose if loose != self.typed.casefold() else None


def understand(typed: str) -> Asked:
    """Words and phrases. What is glued together, as `KH&CN` or 07/07/2021, is a phrase."""
    text = unicodedata.normalize("NFC", typed[: LONGEST * 2]).strip()[:LONGEST]
    terms, left = [], MOST_WORDS
    for quoted, plain in CHUNK.findall(text.translate(QUOTES)):
        words = tuple(WORD.findall(quoted or plain))[:left]
        left -= len(words)
        if words:
            terms.append(Term(words))
    return Asked(text, tuple(terms))


def _whole_words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{pattern})(?![^\W_])", re.IGNORECASE)


def _pattern(words: tuple[str, ...]) -> str:
    return r"[\W_]+".join(_spellings(word) for word in words)


def _spellings(word: str) -> str:
    """A word with accents as it is, in both places of its tone; without accents in any."""
    lower = word.lower()
    if fold(word) != lower:
        other = other_spelling(lower)
        return f"(?:{re.escape(lower)}|{re.escape(other)})" if other else re.escape(lower)
    return "".join(f"[{VARIANTS[c]}]" if c in VARIANTS else re.escape(c) for c in lower)

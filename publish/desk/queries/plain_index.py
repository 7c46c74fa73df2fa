"""What an index is asked: the articles that hold a phrase, all of some words, or words close by."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice, product

import numpy as np
from numpy.typing import NDArray

from crawler.text.spelling import Syllables, bare, canonical, composed, spellings
from publish.desk.queries.columns import Columns, Mask
from publish.desk.queries.searched import ARTICLES, Reading, Searched, Word
from publish.desk.query_parser import spelt_pattern

HATS = {"a": "aăâ", "e": "eê", "o": "oôơ", "u": "uư", "d": "dđ"}
VOWELS = frozenset("aeiouy")
TONES = "\u0300\u0301\u0303\u0309\u0323"
MOST_HATS = 64  # syllables have fewer
LONGEST = 7  # letters of a syllable: `nghiêng`
PRINTED_FOR = {"đ": "đðɖ"}

CLOSE = 10  # words between words that stand close together
MOST_READINGS = 5
MOST_WAYS = 64  # of a phrase with whatever accents
MOST_SPELLINGS = 64
SAMPLE = 300  # articles whose print is looked at


def listed(conn: sqlite3.Connection, table: str, match: str) -> NDArray[np.int64]:
    """All rows of a match as one value: with a row at a time readers wait for each other."""
    if not match:
        return np.zeros(0, dtype=np.int64)
    sql = f"select group_concat(rowid) from {table} where {table} match ?"
    found = conn.execute(sql, (match,)).fetchone()[0]
    return np.fromstring(found or "", dtype=np.int64, sep=",")


class PlainIndex:
    """Any archive: its full-text table holds the print, and beside it the text without accents."""

    def __init__(
        self, conn: sqlite3.Connection, columns: Columns, searched: Searched = ARTICLES
    ) -> None:
        self.conn, self.columns, self.searched = conn, columns, searched
        # A question asks for some of them twice; they are for reading.
        self.known: dict[tuple[str, str], Mask] = {}

    def hits(self, match: str, table: str = "") -> Mask:
        """The articles of a match; none of an empty one."""
        key = (table or self.searched.table, match)
        if key not in self.known:
            self.keep(key, self.columns.mask(listed(self.conn, *key)))
        return self.known[key]

    def keep(self, key: tuple[str, str], mask: Mask) -> None:
        mask.setflags(write=False)
        self.known[key] = mask

    def phrases(self, phrases: Iterable[Syllables]) -> Mask:
        """The articles that print any of these."""
        return self.hits(_printed(phrases, self.searched.printed))

    def in_part(self, phrases: Iterable[Syllables], part: str) -> Mask:
        """Those that print any of these in their title, or in their summary."""
        return self.hits(_printed(phrases, self.searched.parts[part]))

    def all_words(self, words: Sequence[Word]) -> Mask:
        return self.hits(
            " AND ".join(f"({_of_word(word, self.searched.printed)})" for word in words)
        )

    def near(self, words: Sequence[Word]) -> Mask:
        """The articles in which all words stand within a few of each other."""
        free = any(word.free for word in words)
        column = "search_text" if free else self.searched.printed
        options = [spellings(bare(word.text)) if free else printings(word.text) for word in words]
        found = [
            f"{column} : NEAR({' '.join(_quoted(word) for word in chosen)}, {CLOSE})"
            for chosen in islice(product(*options), MOST_SPELLINGS)
        ]
        return self.hits(" OR ".join(found))

    def in_a_row(self, words: Sequence[Word]) -> Mask:
        """The articles that print these words in a row, free ones as they usually are."""
        if any(word.free for word in words):
            ways = self.readings(words)
            return self.phrases([ways[0].words]) if ways else self.columns.none()
        return self.phrases([tuple(word.text for word in words)])

    def pair_counts(self, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """In how many articles each two syllables follow each other."""
        return {pair: self.reading(pair).articles for pair in pairs}

    def anyhow(self, words: Sequence[Word]) -> Mask:
        """The articles that print these words in a row, with whatever accents."""
        return self.all_words(words) if len(words) == 1 else self.phrases(self.ways(words))

    def anyhow_in_part(self, words: Sequence[Word], part: str) -> Mask:
        return self.in_part(self.ways(words), part)

    def ways(self, words: Sequence[Word]) -> list[Syllables]:
        """How these words may be printed, with whatever accents."""
        if len(words) == 1:
            return [(way,) for way in accented(bare(words[0].text))]
        return [reading.words for reading in self.readings(words, MOST_WAYS)]

    def in_title(self, words: Sequence[Word]) -> Mask:
        """Every word in the title; one without accents in any."""
        parts = []
        for word in words:
            ways = self.ways([word]) if word.free else [(word.text,)]
            spelt = [_quoted(one) for (way,) in ways for one in printings(way)]
            parts.append(f"({' OR '.join(spelt)})" if spelt else _quoted(word.text))
        return self.hits(f"{self.searched.parts['title']} : ({' AND '.join(parts)})")

    def readings(self, words: Sequence[Word], most: int = MOST_READINGS) -> list[Reading]:
        """How articles print these words in a row, the commonest first; what a sample says."""
        options = [spellings(bare(word.text)) for word in words]
        match = " OR ".join(
            f"search_text : {_quoted(*chosen)}"
            for chosen in islice(product(*options), MOST_SPELLINGS)
        )
        pattern = re.compile(spelt_pattern(words))
        seen: Counter[Syllables] = Counter()
        for text in self.conn.execute(self.searched.sample, (match, SAMPLE)):
            printed = {
                tuple(canonical(one) for one in re.findall(r"[^\W_]+", hit.group()))
                for hit in pattern.finditer(composed(text[0] or "").lower())
            }
            seen.update(printed)
        likely = by_number(Reading(*one) for one in seen.items() if len(one[0]) == len(words))
        return by_number(self.reading(way.words) for way in likely[:most])

    def reading(self, words: Syllables) -> Reading:
        """In how many articles these words are printed in a row."""
        return Reading(words, int(np.count_nonzero(self.phrases([words]))))


@lru_cache(maxsize=5000)
def printings(syllable: str) -> tuple[str, ...]:
    """Its spellings, and those with the letters of other alphabets that are printed for đ."""
    if syllable.count("đ") != 1:  # no syllable has two
        return spellings(syllable)
    return tuple(
        "".join(letters)
        for one in spellings(syllable)
        for letters in product(*(PRINTED_FOR.get(letter, letter) for letter in one))
    )


@lru_cache(maxsize=500)
def accented(syllable: str) -> tuple[str, ...]:
    """A syllable without accents in each way it may be printed: any letters, one tone or none."""
    if len(syllable) > LONGEST:
        return (syllable,)
    found: dict[str, None] = {}
    for letters in islice(product(*(HATS.get(letter, letter) for letter in syllable)), MOST_HATS):
        found["".join(letters)] = None
        for at, letter in enumerate(letters, 1):
            if bare(letter) in VOWELS:
                for tone in TONES:
                    found[composed("".join((*letters[:at], tone, *letters[at:])))] = None
    return tuple(dict.fromkeys(map(canonical, found)))


def by_number(readings: Iterable[Reading]) -> list[Reading]:
    """Those that are printed at all, the commonest first; of equals what has accents, as names of files have none."""
    there = [reading for reading in readings if reading.articles]
    return sorted(there, key=lambda one: (-one.articles, _is_bare(one.words), one.words))


def _is_bare(words: Syllables) -> bool:
    return all(bare(word) == word for word in words)


def _quoted(*words: str) -> str:
    return f'"{" ".join(words)}"'


def _printed(phrases: Iterable[Syllables], part: str) -> str:
    """The phrases in each spelling, in some columns."""
    found = [
        _quoted(*chosen)
        for words in phrases
        for chosen in islice(product(*map(printings, words)), MOST_SPELLINGS)
    ]
    return f"{part} : ({' OR '.join(found)})" if found else ""


def _of_word(word: Word, printed: str) -> str:
    column = "search_text" if word.free else printed
    ways = spellings(bare(word.text)) if word.free else printings(word.text)
    return f"{column} : ({' OR '.join(_quoted(way) for way in ways)})"

"""What an index is asked: the articles that hold a phrase, all of some words, or words close by."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice, product
from typing import NamedTuple

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
COMMON = 0.05  # of these: what is printed so is asked of the index
WORD = re.compile(r"[^\W_]+")


def listed(conn: sqlite3.Connection, table: str, match: str) -> NDArray[np.int64]:
    """All rows of a match as one value: with a row at a time readers wait for each other."""
    if not match:
        return np.zeros(0, dtype=np.int64)
    sql = f"select group_concat(rowid) from {table} where {table} match ?"
    found = conn.execute(sql, (match,)).fetchone()[0]
    return np.fromstring(found or "", dtype=np.int64, sep=",")


class Anyhow(NamedTuple):
    """Words in a row with whatever accents: the articles that print them, and each print."""

    hits: Mask
    ways: dict[Syllables, int]  # in how many articles, of rare ones at least


class PlainIndex:
    """Any archive: its full-text table holds the print, and beside it the text without accents."""

    def __init__(
        self, conn: sqlite3.Connection, columns: Columns, searched: Searched = ARTICLES
    ) -> None:
        self.conn, self.columns, self.searched = conn, columns, searched
        # A question asks for some of them twice; they are for reading.
        self.known: dict[tuple[str, str], Mask] = {}
        self.printed_anyhow: dict[Syllables, Anyhow] = {}

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
        return self.all_words(words) if len(words) == 1 else self._printed_anyhow(words).hits

    def anyhow_in_part(self, words: Sequence[Word], part: str) -> Mask:
        hits, ways = self.columns.none(), self.ways(words)
        for at in range(0, len(ways), MOST_WAYS):
            hits |= self.in_part(ways[at : at + MOST_WAYS], part)
        return hits

    def ways(self, words: Sequence[Word]) -> list[Syllables]:
        """How these words may be printed, with whatever accents."""
        if len(words) == 1:
            return [(way,) for way in accented(bare(words[0].text))]
        return list(self._printed_anyhow(words).ways)

    def in_title(self, words: Sequence[Word]) -> Mask:
        """Every word in the title; one without accents in any."""
        parts = []
        for word in words:
            ways = self.ways([word]) if word.free else [(word.text,)]
            spelt = [_quoted(one) for (way,) in ways for one in printings(way)]
            parts.append(f"({' OR '.join(spelt)})" if spelt else _quoted(word.text))
        return self.hits(f"{self.searched.parts['title']} : ({' AND '.join(parts)})")

    def readings(self, words: Sequence[Word], most: int = MOST_READINGS) -> list[Reading]:
        """How articles print these words in a row, the commonest first."""
        likely = by_number(
            Reading(way, articles)
            for way, articles in self._printed_anyhow(words).ways.items()
            if all(word.free or word.text == said for word, said in zip(words, way, strict=True))
        )
        return by_number(self.reading(way.words) for way in likely[:most])

    def _printed_anyhow(self, words: Sequence[Word]) -> Anyhow:
        """What prints these words in a row with whatever accents: learnt from the prints themselves.

        Of many articles some are read; those that print what is common among these need not be.
        """
        folded = tuple(bare(word.text) for word in words)
        if folded in self.printed_anyhow:
            return self.printed_anyhow[folded]
        options = islice(product(*map(spellings, folded)), MOST_SPELLINGS)
        left = self.hits(" OR ".join(f"search_text : {_quoted(*way)}" for way in options)).copy()
        pattern = re.compile(spelt_pattern([Word(word, True) for word in folded]) + r"(?![^\W_])")
        hits, seen = self.columns.none(), Counter[Syllables]()
        counted: dict[Syllables, int] = {}
        while left.any():
            at = np.flatnonzero(left)
            some = at[:: -(-len(at) // SAMPLE)]
            read: Counter[Syllables] = Counter()
            for place, said in self._prints(some, pattern):
                hits[place] = True
                read.update(said)
            left[some] = False
            seen += read
            for way, articles in read.items():
                if articles >= COMMON * len(some) and way not in counted and left.any():
                    mask = self.phrases([way])
                    counted[way] = int(np.count_nonzero(mask))
                    hits |= mask
                    left &= ~mask
        self.printed_anyhow[folded] = Anyhow(hits, seen | counted)
        return self.printed_anyhow[folded]

    def _prints(
        self, places: NDArray[np.intp], pattern: re.Pattern[str]
    ) -> Iterator[tuple[int, set[Syllables]]]:
        """How each of these articles prints the words of a pattern, where it does."""
        place_of = dict(zip(self.columns.rows[places].tolist(), places.tolist(), strict=True))
        for row, text in self.conn.execute(self.searched.texts, (json.dumps([*place_of]),)):
            said = {
                tuple(map(canonical, WORD.findall(hit.group())))
                for hit in _whole(pattern, composed(text).lower())
            }
            if said:
                yield place_of[row], said

    def reading(self, words: Syllables) -> Reading:
        """In how many articles these words are printed in a row."""
        return Reading(words, int(np.count_nonzero(self.phrases([words]))))


def _whole(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Where it begins no part of a word: looked at where it is found, not at every letter."""
    at = 0
    while hit := pattern.search(text, at):
        if hit.start() and text[hit.start() - 1].isalnum():
            at = hit.start() + 1
        else:
            at = hit.end()
            yield hit


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
    return sorted(there, key=lambda one: (-one.articles, is_bare(one.words), one.words))


def is_bare(words: Syllables) -> bool:
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

"""What an index is asked: the articles that hold a phrase, all of some words, or words close by."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice, product

import numpy as np
from numpy.typing import NDArray

from crawler.text.spelling import Syllables, bare, canonical, composed, spellings
from publish.desk.queries.columns import Columns, Mask
from publish.desk.queries.searched import ARTICLES, Reading, Searched, Word
from publish.desk.query_parser import spelt_pattern

CLOSE = 10  # words between words that stand close together
MOST_READINGS = 5
MOST_SPELLINGS = 16
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
        options = [spellings(bare(word.text) if free else word.text) for word in words]
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

    def in_title(self, words: Sequence[Word]) -> Mask:
        """Every word in the title; one without accents in any that articles print."""
        parts = []
        for word in words:
            ways = [r.words[0] for r in self.readings([word])] if word.free else [word.text]
            spelt = [_quoted(one) for way in ways or [word.text] for one in spellings(way)]
            parts.append(f"({' OR '.join(spelt)})")
        return self.hits(f"{self.searched.parts['title']} : ({' AND '.join(parts)})")

    def readings(self, words: Sequence[Word]) -> list[Reading]:
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
        likely = [way for way, _ in seen.most_common(MOST_READINGS) if len(way) == len(words)]
        return by_number(map(self.reading, likely))

    def reading(self, words: Syllables) -> Reading:
        """In how many articles these words are printed in a row."""
        return Reading(words, int(np.count_nonzero(self.phrases([words]))))


def by_number(readings: Iterable[Reading]) -> list[Reading]:
    """Those that are printed at all, the commonest first."""
    there = [reading for reading in readings if reading.articles]
    return sorted(there, key=lambda reading: (-reading.articles, reading.words))


def _quoted(*words: str) -> str:
    return f'"{" ".join(words)}"'


def _printed(phrases: Iterable[Syllables], part: str) -> str:
    """The phrases in each spelling, in some columns."""
    found = [
        _quoted(*chosen)
        for words in phrases
        for chosen in islice(product(*map(spellings, words)), MOST_SPELLINGS)
    ]
    return f"{part} : ({' OR '.join(found)})" if found else ""


def _of_word(word: Word, printed: str) -> str:
    column = "search_text" if word.free else printed
    ways = spellings(bare(word.text) if word.free else word.text)
    return f"{column} : ({' OR '.join(_quoted(way) for way in ways)})"

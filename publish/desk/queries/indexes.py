"""What the indexes are asked: the rows that hold a phrase, all of some words, or words close by."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice, product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from crawler.dump import phrase_index
from crawler.dump.phrase_index import Tables, pairs_of
from crawler.text.spelling import Syllables, bare, canonical, composed, spellings
from publish.desk.queries.columns import has_phrase_index
from publish.desk.query_parser import spelt_pattern

Rows = NDArray[np.int64]
CLOSE = 10  # words between words that stand close together
MOST_READINGS = 5
MOST_CHAINS = 64  # readings of a phrase that are looked up before the rarest are left out
MOST_SPELLINGS = 16
SAMPLE = 300  # articles whose print is looked at


class Reading(NamedTuple):
    """A way in which a question's words are printed, and in how many articles."""

    words: Syllables
    articles: int


class Word(NamedTuple):
    """A word of a question; `free`: with whatever accents."""

    text: str
    free: bool


class Searched(NamedTuple):
    """What is searched, and by which full-text tables."""

    table: str
    printed: str  # its columns that hold the print
    parts: dict[str, str]  # the columns of a title, and of what stands below it
    sample: str  # SQL for the print of hits, of which the accents are learnt
    published: Tables  # what a dump has beside it


ARTICLES = Searched(
    "articles_fts", "{title summary text byline}", {"title": "title", "summary": "summary"},
    "select a.title || char(10) || coalesce(a.summary, '') || char(10) || a.text "
    "from articles_fts as f join articles as a on a.rowid = f.rowid "
    "where articles_fts match ? limit ?",
    phrase_index.ARTICLES,
)  # fmt: skip
# Documents: called so, or saying so in a title of their own.
FILES = Searched(
    "files_fts", "{title name text}", {"title": "{title name}", "summary": "title"},
    "select coalesce(d.title, '') || char(10) || coalesce(d.name, '') || char(10) || "
    "coalesce(d.text, '') from files_fts as f join files as d on d.number = f.rowid "
    "where files_fts match ? limit ?",
    phrase_index.FILES,
)  # fmt: skip


def index_of(conn: sqlite3.Connection, searched: Searched = ARTICLES) -> PlainIndex:
    indexed = has_phrase_index(conn, searched.published)
    return (PairIndex if indexed else PlainIndex)(conn, searched)


class PlainIndex:
    """Any archive: its full-text table holds the print, and beside it the text without accents."""

    def __init__(self, conn: sqlite3.Connection, searched: Searched = ARTICLES) -> None:
        self.conn, self.searched = conn, searched
        self._known: dict[tuple[str, str], Rows] = {}  # a question asks for some rows twice

    def rows(self, match: str, table: str = "") -> Rows:
        """All rows of a match as one value: with a row at a time readers wait for each other."""
        table = table or self.searched.table
        if not match:
            return np.zeros(0, dtype=np.int64)
        if (table, match) not in self._known:
            sql = f"select group_concat(rowid) from {table} where {table} match ?"
            found = self.conn.execute(sql, (match,)).fetchone()[0]
            self._known[table, match] = np.fromstring(found or "", dtype=np.int64, sep=",")
        return self._known[table, match]

    def phrases(self, phrases: Iterable[Syllables]) -> Rows:
        """The articles that print any of these."""
        return self.rows(_printed(phrases, self.searched.printed))

    def in_part(self, phrases: Iterable[Syllables], part: str) -> Rows:
        """Those that print any of these in their title, or in their summary."""
        return self.rows(_printed(phrases, self.searched.parts[part]))

    def all_words(self, words: Sequence[Word]) -> Rows:
        return self.rows(
            " AND ".join(f"({_of_word(word, self.searched.printed)})" for word in words)
        )

    def near(self, words: Sequence[Word]) -> Rows:
        """The articles in which all words stand within a few of each other."""
        free = any(word.free for word in words)
        column = "search_text" if free else self.searched.printed
        options = [spellings(bare(word.text) if free else word.text) for word in words]
        found = [
            f"{column} : NEAR({' '.join(_quoted(word) for word in chosen)}, {CLOSE})"
            for chosen in islice(product(*options), MOST_SPELLINGS)
        ]
        return self.rows(" OR ".join(found))

    def in_a_row(self, words: Sequence[Word]) -> Rows:
        """The articles that print these words in a row, free ones as they usually are."""
        if any(word.free for word in words):
            ways = self.readings(words)
            return self.phrases([ways[0].words]) if ways else np.zeros(0, dtype=np.int64)
        return self.phrases([tuple(word.text for word in words)])

    def pair_counts(self, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """In how many articles each two syllables follow each other."""
        return {pair: len(self.phrases([pair])) for pair in pairs}

    def in_title(self, words: Sequence[Word]) -> Rows:
        """Every word in the title; one without accents in any that articles print."""
        parts = []
        for word in words:
            ways = [r.words[0] for r in self.readings([word])] if word.free else [word.text]
            spelt = [_quoted(one) for way in ways or [word.text] for one in spellings(way)]
            parts.append(f"({' OR '.join(spelt)})")
        return self.rows(f"{self.searched.parts['title']} : ({' AND '.join(parts)})")

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
        return _sorted(Reading(way, len(self.phrases([way]))) for way in likely)


class PairIndex(PlainIndex):
    """A published dump: syllables in pairs, and each syllable with and without its accents."""

    @property
    def tables(self) -> Tables:
        return self.searched.published

    def phrases(self, phrases: Iterable[Syllables]) -> Rows:
        several = list(phrases)
        if all(len(words) > 1 for words in several):
            return self.rows(
                " OR ".join(f'"{pairs_of(list(w))}"' for w in several), self.tables.pairs
            )
        single = [words for words in several if len(words) == 1]
        found = self.rows(" OR ".join(f'"{words[0]}"' for words in single), self.tables.words)
        rest = [words for words in several if len(words) > 1]
        return np.union1d(found, self.phrases(rest)) if rest else found

    def all_words(self, words: Sequence[Word]) -> Rows:
        tokens = {f"_{bare(word.text)}" if word.free else word.text for word in words}
        return self.rows(" AND ".join(f'"{token}"' for token in sorted(tokens)), self.tables.words)

    def readings(self, words: Sequence[Word]) -> list[Reading]:
        chains = self._chains(words)
        if len(words) < 3:
            return _sorted(chains)[:MOST_READINGS]
        # A chain of pairs that are all printed somewhere need not be printed anywhere.
        likely = _sorted(chains)[:MOST_CHAINS]
        first, rest = likely[:MOST_READINGS], likely[MOST_READINGS:]
        return self._counted(first) or self._counted(rest)

    def _counted(self, chains: Sequence[Reading]) -> list[Reading]:
        return _sorted(Reading(words, len(self.phrases([words]))) for words, _ in chains)

    def _chains(self, words: Sequence[Word]) -> list[Reading]:
        """Each way to print the words in which every two in a row are printed so somewhere.

        Their count is that of the rarest two.
        """
        options = [self._options(word) for word in words]
        if len(words) == 1:
            return options[0]
        chains = [Reading((one.words[0],), one.articles) for one in options[0]]
        for option in options[1:]:
            known = self._known_pairs(
                {(chain.words[-1], one.words[0]) for chain in chains for one in option}
            )
            chains = [
                Reading((*chain.words, one.words[0]), min(chain.articles, known[pair]))
                for chain in chains
                for one in option
                if (pair := f"{chain.words[-1]}_{one.words[0]}") in known
            ]
            chains = _sorted(chains)[: 4 * MOST_CHAINS]
        return chains

    def _options(self, word: Word) -> list[Reading]:
        where, value = ("folded", bare(word.text)) if word.free else ("printed", word.text)
        folded = bare(word.text)
        return [
            Reading((printed,), count)
            for printed, count in self.conn.execute(
                f"select printed, articles from {self.tables.syllables} where folded = ? and {where} = ? "
                "order by articles desc",
                (folded, value),
            )
        ]

    def _known_pairs(self, pairs: set[tuple[str, str]]) -> dict[str, int]:
        """Those of these pairs that are printed anywhere, each with its articles."""
        wanted = {f"{first}_{second}" for first, second in pairs}
        found = self._looked_up(
            f"select pair, articles from {self.tables.common} where pair", wanted
        )
        rare = self._looked_up(
            f"select term, doc from {self.tables.terms} where term", wanted - found.keys()
        )
        return found | rare

    def pair_counts(self, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int]:
        known = self._known_pairs(set(pairs))
        return {pair: known.get(f"{pair[0]}_{pair[1]}", 0) for pair in pairs}

    def _looked_up(self, select: str, names: set[str]) -> dict[str, int]:
        listed = ", ".join("?" * len(names))
        return dict(self.conn.execute(f"{select} in ({listed})", sorted(names)).fetchall())


def _sorted(readings: Iterable[Reading]) -> list[Reading]:
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

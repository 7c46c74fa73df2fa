"""Which syllables follow each other in which articles: phrases at the price of single words.

A Vietnamese word is a phrase of syllables, and each syllable stands in most articles. Two that
follow each other stand in few, so the index holds pairs: `chuyển_đổi đổi_số` is a phrase of three.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from crawler.parsing import is_number
from crawler.text.spelling import bare, syllables


class Tables(NamedTuple):
    """The names of one index; like parts of a full-text table, so that they are no public tables."""

    words: str  # the syllables of each row, and after `_` what they are without their accents
    pairs: str
    terms: str  # of `pairs`, with their rows
    common: str  # pairs whose rows take long to count
    frequent: str  # what stands in a tenth of the rows, with them (frequent_rows.py)
    syllables: str  # how a syllable without accents is printed


def _named(index: str) -> Tables:
    return Tables(index, *(f"{index}_{part}" for part in Tables._fields[1:]))


ARTICLES = _named("articles_fts_by_date")  # its rows are those of articles
FILES = _named("files_fts_by_number")  # and these those of files
PHRASES = "articles_fts_by_date_phrases"  # what titles say more than once
CREATE = """
create virtual table {words} using fts5(
  words, content = '', detail = none, {tokens});
create virtual table {pairs} using fts5(pairs, content = '', {tokens});
create virtual table {terms} using fts5vocab({pairs}, row);
create table {common} (pair text primary key, articles integer not null) without rowid;
create table {frequent} (said text not null unique, articles integer not null, rows blob not null);
create table {syllables} (
  folded text not null, printed text not null, articles integer not null,
  primary key (folded, printed)) without rowid;
"""
TOKENS = """tokenize = "unicode61 remove_diacritics 0 tokenchars '_'\""""
CREATE_PHRASES = f"""
create table {PHRASES} (
  folded text not null, printed text not null, titles integer not null,
  primary key (folded, printed)) without rowid;
"""
FORGET = (
    "".join(
        f"drop table if exists {name};\n"
        for tables in (ARTICLES, FILES)
        for name in (
            tables.terms,
            tables.common,
            tables.pairs,
            tables.syllables,
            tables.words,
            tables.frequent,
        )
    )
    + f"drop table if exists {PHRASES};\n"
)
BATCH = 500
COUNTED = 200  # articles that hold a pair, so that their number is kept
LONGEST = 5  # syllables of a phrase that is suggested
LEAST = 2  # titles that hold it
PART = 0.9  # of a phrase's titles hold a longer one: it is a piece of that


def pairs_of(words: Sequence[str]) -> str:
    """`chuyển_đổi đổi_số` for three syllables in a row."""
    return " ".join([f"{first}_{second}" for first, second in pairwise(words)])


@lru_cache(maxsize=60_000)  # a language has few syllables
def loose(syllable: str) -> str:
    """What a syllable is in the index of words, whatever its accents."""
    return f"_{bare(syllable)}"


class PhraseIndex:
    """Filled row by row, in the order of the rows."""

    def __init__(self, conn: sqlite3.Connection, tables: Tables) -> None:
        self._conn, self._tables = conn, tables
        self._syllables: Counter[str] = Counter()
        self._waiting: list[tuple[int, str, str]] = []
        conn.executescript(CREATE.format(**tables._asdict(), tokens=TOKENS))

    def add(self, row: int, *parts: str | None) -> None:
        said = [syllables(part) for part in parts if part]
        # A piece of punctuation is passed over in a phrase, the end of a part is not.
        pairs = " _ ".join(filter(None, map(pairs_of, said)))
        found = {syllable for words in said for syllable in words}
        self._syllables.update(found)
        # In whatever order: of these an index keeps the rows and nothing else.
        words = " ".join(found | {loose(word) for word in found})
        self._waiting.append((row, words, pairs))
        if len(self._waiting) == BATCH:
            self.put()

    def count(self) -> None:
        """What is kept of all rows together, when all are in."""
        tables = self._tables
        self._conn.execute(
            f"insert into {tables.common}(pair, articles) select term, doc from {tables.terms} "
            "where doc >= ? and term <> '_' order by term",
            (COUNTED,),
        )
        self._conn.executemany(
            f"insert into {tables.syllables}(folded, printed, articles) values (?, ?, ?)",
            sorted((bare(word), word, count) for word, count in self._syllables.items()),
        )

    def put(self) -> None:
        """Write what waits."""
        waiting, self._waiting = self._waiting, []
        self._conn.executemany(
            f"insert into {self._tables.words}(rowid, words) values (?, ?)",
            ((row, said) for row, said, _ in waiting),
        )
        self._conn.executemany(
            f"insert into {self._tables.pairs}(rowid, pairs) values (?, ?)",
            ((row, said) for row, _, said in waiting),
        )


def titles_phrases(titles: Iterable[str]) -> list[tuple[str, str, int]]:
    """The phrases of these titles with how many hold them: without accents, and as printed."""
    counted: Counter[tuple[str, ...]] = Counter()
    for title in titles:
        counted.update(set(_runs(syllables(title))))
    return sorted(phrase_rows(counted))


def phrase_rows(titles: Counter[tuple[str, ...]]) -> Iterator[tuple[str, str, int]]:
    """Phrases that several titles hold, without those that are only pieces of longer ones."""
    common = {words: count for words, count in titles.items() if count >= LEAST}
    pieces = {
        piece
        for words, count in common.items()
        if len(words) > 2
        for piece in (words[1:], words[:-1])
        if count >= PART * common[piece]
    }
    for words in common.keys() - pieces:
        printed = " ".join(words)
        yield bare(printed), printed, common[words]


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    for size in range(2, LONGEST + 1):
        for at in range(len(words) - size + 1):
            run = tuple(words[at : at + size])
            if not any(map(is_number, run)):
                yield run

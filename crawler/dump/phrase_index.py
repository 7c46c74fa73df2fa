"""Which syllables follow each other in which articles: phrases at the price of single words.

A Vietnamese word is a phrase of syllables, and each syllable stands in most articles. Two that
follow each other stand in few, so the index holds pairs: `chuyển_đổi đổi_số` is a phrase of three.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from crawler.parsing import is_number
from crawler.text.spelling import bare, syllables

# Named like the parts of articles_fts: a dump's public tables do not include them.
PAIRS = "articles_fts_by_date_pairs"  # its rows are those of articles
TERMS = "articles_fts_by_date_terms"
COMMON = "articles_fts_by_date_common"  # pairs whose articles take long to count
SYLLABLES = "articles_fts_by_date_syllables"  # how a syllable without accents is printed
PHRASES = "articles_fts_by_date_phrases"  # what titles say more than once
CREATE = f"""
create virtual table {PAIRS} using fts5(
  pairs, content = '', tokenize = "unicode61 remove_diacritics 0 tokenchars '_'");
create virtual table {TERMS} using fts5vocab({PAIRS}, row);
create table {COMMON} (pair text primary key, articles integer not null) without rowid;
create table {SYLLABLES} (
  folded text not null, printed text not null, articles integer not null,
  primary key (folded, printed)) without rowid;
create table {PHRASES} (
  folded text not null, printed text not null, titles integer not null,
  primary key (folded, printed)) without rowid;
"""
FORGET = "".join(
    f"drop table if exists {name};\n" for name in (TERMS, COMMON, PAIRS, SYLLABLES, PHRASES)
)
FREQUENT = 200  # articles
LONGEST = 5  # syllables of a phrase that is suggested
LEAST = 2  # titles that hold it
PART = 0.9  # of a phrase's titles hold a longer one: it is a piece of that


def pairs_of(words: list[str]) -> str:
    """`chuyển_đổi đổi_số` for three syllables in a row."""
    return " ".join(f"{first}_{second}" for first, second in pairwise(words))


class PhraseIndex:
    """Filled article by article, in the order of their rows."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._syllables: Counter[str] = Counter()
        self._titles: Counter[tuple[str, ...]] = Counter()
        conn.executescript(FORGET + CREATE)

    def add(self, row: int, title: str | None, *parts: str | None) -> set[str]:
        """Take an article in; gives its syllables."""
        said = [syllables(part) for part in (title, *parts) if part]
        # A piece of punctuation is passed over in a phrase, the end of a part is not.
        text = " _ ".join(filter(None, map(pairs_of, said)))
        self._conn.execute(f"insert into {PAIRS}(rowid, pairs) values (?, ?)", (row, text))
        found = {syllable for words in said for syllable in words}
        self._syllables.update(found)
        if title and said:
            self._titles.update(set(_runs(said[0])))
        return found

    def finish(self) -> None:
        self._conn.execute(
            f"insert into {COMMON}(pair, articles) select term, doc from {TERMS} "
            "where doc >= ? and term <> '_' order by term",
            (FREQUENT,),
        )
        self._conn.executemany(
            f"insert into {SYLLABLES}(folded, printed, articles) values (?, ?, ?)",
            sorted((bare(word), word, count) for word, count in self._syllables.items()),
        )
        self._conn.executemany(
            f"insert into {PHRASES}(folded, printed, titles) values (?, ?, ?)",
            sorted(phrase_rows(self._titles)),
        )


def titles_phrases(titles: Iterable[str]) -> list[tuple[str, str, int]]:
    """The same phrases of an archive that has no such index: its titles are read."""
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

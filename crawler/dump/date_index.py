"""A second search index in the order of publication, so that the newest hits come first and cheap.

The rows of a dump's articles follow each other in time, the newest first, and so do the hits of
every index here: of words, of syllables that follow each other (phrase_index.py), and of what the
hits are counted by.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from crawler.dump import phrase_index
from crawler.dump.phrase_index import PhraseIndex
from crawler.text.spelling import bare

# Named like the parts of articles_fts: a dump's public tables do not include it.
INDEX = "articles_fts_by_date"
ROWS = "articles_fts_by_date_rows"
NEWEST_FIRST = "published desc, id desc"  # the order of a dump's articles
# Each syllable in one spelling, and `_` with it without its accents; no positions: a sixth of a
# full index.
CREATE = f"""
create virtual table {INDEX} using fts5(
  words, content = '', detail = none,
  tokenize = "unicode61 remove_diacritics 0 tokenchars '_'");
create table {ROWS} (
  position integer primary key, article integer not null, portal text not null,
  published text, section text, authors text);
"""
FORGET = f"drop table if exists {INDEX};\ndrop table if exists {ROWS};\n{phrase_index.FORGET}"
BATCH = 500


def authors_of(article: str) -> str:
    """SQL for the numbers of an article's authors, in the order in which they are named."""
    return (
        "(select group_concat(author) from (select author from article_authors "
        f"where article = {article} order by position))"
    )


def build_by_date(conn: sqlite3.Connection) -> None:
    """Write the indexes anew; the same archive gives the same bytes."""
    conn.executescript(FORGET + CREATE)
    phrases = PhraseIndex(conn)
    conn.execute("begin")
    conn.execute(
        f"insert into {ROWS}(position, article, portal, published, section, authors) "
        f"select rowid, id, portal, published, section, {authors_of('articles.id')} "
        "from articles order by rowid"
    )
    insert = f"insert into {INDEX}(rowid, words) values (?, ?)"
    batch: list[tuple[int, str]] = []
    for row, *parts in _rows(conn):
        words = phrases.add(row, *parts)
        batch.append((row, " ".join(sorted(words | {f"_{bare(word)}" for word in words}))))
        if len(batch) == BATCH:
            conn.executemany(insert, batch)
            batch.clear()
    conn.executemany(insert, batch)
    phrases.finish()
    conn.execute("commit")
    for index in (INDEX, phrase_index.PAIRS):
        conn.execute(f"insert into {index}({index}) values ('optimize')")


def _rows(conn: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    return conn.execute(
        "select rowid, title, summary, text, byline from articles order by articles.rowid"
    )

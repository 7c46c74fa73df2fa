"""A second search index in the order of publication, so that the newest hits come first and cheap.

The rows of a dump's articles follow each other in time, the newest first, and so do the hits of
every index here: of words, of syllables that follow each other (phrase_index.py), and of what the
hits are counted by.
"""

from __future__ import annotations

import sqlite3

from crawler.dump.frequent_rows import SAMPLE, write_frequent
from crawler.dump.full_text import filling
from crawler.dump.phrase_index import (
    ARTICLES,
    CREATE_PHRASES,
    FILES,
    FORGET,
    PHRASES,
    PhraseIndex,
    Tables,
    titles_phrases,
)

# Named like the parts of articles_fts: a dump's public tables do not include it.
ROWS = "articles_fts_by_date_rows"
NEWEST_FIRST = "published desc, id desc"  # the order of a dump's articles
CREATE = f"""
create table {ROWS} (
  position integer primary key, article integer not null, portal text not null,
  published text, section text, authors text);
"""
FORGET_ALL = f"drop table if exists {ROWS};\n{FORGET}"
# What is searched: the numbers of its rows, and what of them is printed.
PRINTED = {
    ARTICLES: ("articles", "articles.rowid", "title, summary, text, byline"),
    FILES: ("files", "number", "title, name, text"),
}


def authors_of(article: str) -> str:
    """SQL for the numbers of an article's authors, in the order in which they are named."""
    return (
        "(select group_concat(author) from (select author from article_authors "
        f"where article = {article} order by position))"
    )


def build_by_date(conn: sqlite3.Connection) -> None:
    """Write the indexes anew; the same archive gives the same bytes."""
    conn.executescript(FORGET_ALL + CREATE + CREATE_PHRASES)
    for tables in PRINTED:
        _fill(conn, tables)
    conn.execute("begin")
    conn.execute(
        f"insert into {ROWS}(position, article, portal, published, section, authors) "
        f"select rowid, id, portal, published, section, {authors_of('articles.id')} "
        "from articles order by rowid"
    )
    titles = conn.execute("select title from articles where title <> ''")
    conn.executemany(
        f"insert into {PHRASES}(folded, printed, titles) values (?, ?, ?)",
        titles_phrases(title for (title,) in titles),
    )
    conn.execute("commit")


def _fill(conn: sqlite3.Connection, tables: Tables) -> None:
    index = PhraseIndex(conn, tables)
    conn.execute("begin")
    with filling(conn, tables.words), filling(conn, tables.pairs):
        for row, *parts in _printed(conn, tables):
            index.add(row, *parts)
        index.put()
    index.count()
    if tables is ARTICLES:  # whose rows are numbered from 1 on; those of files are not
        last = conn.execute("select coalesce(max(rowid), 0) from articles").fetchone()[0]
        sample = [parts for _, *parts in _printed(conn, tables, max(1, last // SAMPLE))]
        write_frequent(conn, tables, sample, last)
    conn.execute("commit")


def _printed(conn: sqlite3.Connection, tables: Tables, every: int = 1) -> sqlite3.Cursor:
    """The number and the print of each row, or of one in so many."""
    table, number, printed = PRINTED[tables]
    return conn.execute(
        f"select {number}, {printed} from {table} where {number} % ? = 0 order by {number}",
        (every,),
    )

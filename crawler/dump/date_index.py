"""A second search index in the order of publication, so that the newest hits come first and cheap.

The rows of a dump's articles follow each other in time, the newest first, and so do the hits of
`articles_fts`. Here filters are words among the others, so that a search stops as soon as it has what
it shows, and what it shows of a hit is at hand without its text.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from zlib import crc32

# Named like the parts of articles_fts: a dump's public tables do not include it.
INDEX = "articles_fts_by_date"
ROWS = "articles_fts_by_date_rows"
NEWEST_FIRST = "published desc, id desc"  # the order of a dump's articles
# No positions: a sixth of a full index. Phrases are looked up in articles_fts.
CREATE = f"""
create virtual table {INDEX} using fts5(
  words, content = '', detail = none, tokenize = 'unicode61 remove_diacritics 0');
create table {ROWS} (
  position integer primary key, article integer not null, portal text not null,
  published text, section text, authors text);
"""
FORGET = f"drop table if exists {INDEX};\ndrop table if exists {ROWS};\n"
BATCH = 500


def authors_of(article: str) -> str:
    """SQL for the numbers of an article's authors, in the order in which they are named."""
    return (
        "(select group_concat(author) from (select author from article_authors "
        f"where article = {article} order by position))"
    )


def tag(kind: str, value: object) -> str:
    """A filter as one word that no text contains: `zqportal1f00d5a3`."""
    return f"zq{kind}{crc32(str(value).encode()):08x}"


def tags(portal: str, published: str | None, section: str | None, authors: list[int]) -> list[str]:
    """All that an article may be filtered by."""
    found = [tag("portal", portal)]
    if published:
        found.append(tag("year", published[:4]))
    if published and len(published) >= len("2021-02"):
        found.append(tag("month", published[:7]))
    if section:
        found.append(tag("section", section))
    return found + [tag("author", author) for author in authors]


def build_by_date(conn: sqlite3.Connection) -> None:
    """Write the index anew; the same archive gives the same bytes."""
    conn.executescript(FORGET + CREATE)
    conn.execute("begin")
    conn.execute(
        f"insert into {ROWS}(position, article, portal, published, section, authors) "
        f"select rowid, id, portal, published, section, {authors_of('articles.id')} "
        "from articles order by rowid"
    )
    insert = f"insert into {INDEX}(rowid, words) values (?, ?)"
    batch: list[tuple[int, str]] = []
    for row in _rows(conn):
        batch.append(row)
        if len(batch) == BATCH:
            conn.executemany(insert, batch)
            batch.clear()
    conn.executemany(insert, batch)
    conn.execute("commit")
    conn.execute(f"insert into {INDEX}({INDEX}) values ('optimize')")


def _rows(conn: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    cursor = conn.execute(
        "select rowid, portal, published, section, title, summary, text, byline, search_text, "
        f"{authors_of('articles.id')} from articles order by articles.rowid"
    )
    for position, portal, published, section, *texts, authors in cursor:
        named = [int(author) for author in (authors or "").split(",") if author]
        words = [*filter(None, texts), *tags(portal, published, section, named)]
        yield position, "\n".join(words)

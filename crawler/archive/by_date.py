"""A second search index in the order of publication, so that the newest hits come first and cheap.

`articles_fts` is keyed by the article's number, which says nothing about time: its newest hits are
known only when all hits are. Here the row number is the article's place in time, the newest first,
and filters are words among the others; a search stops as soon as it has what it shows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from zlib import crc32

# Named like the parts of articles_fts: a dump's public tables do not include it.
INDEX = "articles_fts_by_date"
ROWS = "articles_fts_by_date_rows"
# No positions: an eighth of a full index. Phrases are looked up in articles_fts.
CREATE = f"""
create virtual table {INDEX} using fts5(
  words, content = '', detail = none, tokenize = 'unicode61 remove_diacritics 0');
create table {ROWS} (
  position integer primary key, article integer not null, portal text not null,
  published text, section text);
"""
FORGET = f"drop table if exists {INDEX};\ndrop table if exists {ROWS};\n"
BATCH = 500


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
        f"insert into {ROWS}(position, article, portal, published, section) "
        "select row_number() over (order by published desc, id desc), id, portal, published, "
        "section from articles"
    )
    insert = f"insert into {INDEX}(rowid, words) values (?, ?)"
    batch: list[tuple[int, str]] = []
    for row in _rows(conn):
        batch.append(row)
        if len(batch) == BATCH:
            conn.executemany(insert, batch)
            batch.clear()
    conn.executemany(insert, batch)
    conn.execute(f"create unique index {ROWS}_article on {ROWS}(article)")
    conn.execute("commit")
    conn.execute(f"insert into {INDEX}({INDEX}) values ('optimize')")


def _rows(conn: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    cursor = conn.execute(
        "select position, articles.portal, articles.published, articles.section, title, summary, "
        "text, byline, search_text, "
        "(select group_concat(author) from article_authors where article = articles.id) "
        f"from {ROWS} cross join articles on articles.id = {ROWS}.article order by position"
    )
    for position, portal, published, section, *texts, authors in cursor:
        named = [int(author) for author in (authors or "").split(",") if author]
        words = [*filter(None, texts), *tags(portal, published, section, named)]
        yield position, "\n".join(words)

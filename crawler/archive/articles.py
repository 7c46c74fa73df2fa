"""The rows of one article: its newest text, its versions, its people, pictures and files."""

from __future__ import annotations

import sqlite3
from itertools import pairwise

from crawler.archive.boilerplate import known_boilerplate
from crawler.archive.changes import FIRST, Change, compare
from crawler.archive.fingerprints import fingerprints
from crawler.archive.identity import stable_id, text_sha256
from crawler.archive.search import fold, search_text
from crawler.boilerplate import fingerprint
from crawler.items import Article, Author
from crawler.stamp import same_rules

READ_FIELDS = ("title", "summary", "text", "byline", "published")


def fields_of(article: Article) -> dict[str, str | None]:
    return {
        "title": article.title,
        "summary": article.summary,
        "text": article.text,
        "byline": article.byline,
        "published": article.published,
    }


def change_of(
    conn: sqlite3.Connection, ident: int, article: Article, seen: str, extractor: str
) -> Change | None:
    """How this look differs from the last one before it in time."""
    row = conn.execute(
        f"select {', '.join(READ_FIELDS)}, extractor, seen_at from revisions "
        "where article = ? and seen_at <= ? order by seen_at desc, rowid desc limit 1",
        (ident, seen),
    ).fetchone()
    if row is None:
        return FIRST  # an earlier look than any known: what came after it is already there
    before, after = dict(zip(READ_FIELDS, row[:-2], strict=True)), fields_of(article)
    change = compare(before, after)
    if change is None or (row[-2] == extractor and row[-1] != seen):
        return change
    if row[-1] != seen and same_rules(row[-2], extractor):
        # Only lines were learnt since: without them the two readings are of the same rules.
        learnt = known_boilerplate(conn, _portal_of(conn, ident))
        real = compare(_without(before, learnt), _without(after, learnt))
        if real is not None:
            return real
    # Read with other rules, or the very same look: the difference may be ours. Reading the
    # captures anew tells.
    return Change(change.fields, "extractor")


def _without(fields: dict[str, str | None], learnt: frozenset[str]) -> dict[str, str | None]:
    lines = (fields["text"] or "").split("\n")
    return {**fields, "text": "\n".join(line for line in lines if fingerprint(line) not in learnt)}


def _portal_of(conn: sqlite3.Connection, ident: int) -> str:
    return conn.execute("select portal from articles where id = ?", (ident,)).fetchone()[0]


def refresh_status(conn: sqlite3.Connection, ident: int) -> None:
    """Count an article's versions and say whether a reader would call it edited or moved."""
    readings = conn.execute(
        "select seen_at, text_sha256, title, json_extract(change, '$.class') from revisions "
        "where article = ? order by seen_at, rowid",
        (ident,),
    ).fetchall()
    latest = list({reading[0]: reading for reading in readings}.values())
    edited = any(
        now[3] == "edit" or (now[3] == "first" and now[1:3] != before[1:3])
        for before, now in pairwise(latest)
    )
    moved = conn.execute(
        "select 1 from _moved join articles on articles.portal = _moved.portal "
        "and articles.key = first_key where articles.id = ?",
        (ident,),
    ).fetchone()
    status = "moved" if moved else "edited" if edited else "live"
    versions = sum(now[3] != "noise" for now in latest)
    conn.execute(
        "update articles set status = ?, revisions = ? where id = ? "
        "and (status <> ? or revisions <> ?)",
        (status, versions, ident, status, versions),
    )


def update_article(
    conn: sqlite3.Connection, ident: int, article: Article, seen: str, via: str, extractor: str
) -> None:
    assignments = ", ".join(f"{column} = ?" for column in ARTICLE_COLUMNS)
    conn.execute(
        f"update articles set {assignments} where id = ?",
        (*article_values(article, seen, via, extractor), ident),
    )


ARTICLE_COLUMNS = (
    "url", "title", "section", "summary", "text", "byline",
    "published", "published_precision", "published_raw", "published_from",
    "captured_at", "text_sha256", "via", "extractor", "search_text",
)  # fmt: skip


def article_values(article: Article, seen: str, via: str, extractor: str) -> tuple[str | None, ...]:
    return (
        article.url, article.title, article.section, article.summary, article.text, article.byline,
        article.published, article.published_precision, article.published_raw,
        article.published_from, seen, text_sha256(article.text), via, extractor,
        search_text(article.title, article.summary, article.text, article.byline),
    )  # fmt: skip


def add_revision(
    conn: sqlite3.Connection,
    ident: int,
    article: Article,
    seen: str,
    change: Change,
    extractor: str,
) -> None:
    conn.execute(
        "insert into revisions(article, seen_at, title, summary, text, byline, published, "
        "text_sha256, change, extractor) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "on conflict do nothing",
        (
            ident,
            seen,
            article.title,
            article.summary,
            article.text,
            article.byline,
            article.published,
            text_sha256(article.text),
            change.stored(),
            extractor,
        ),
    )


def remember_address(conn: sqlite3.Connection, ident: int, url: str, seen: str) -> None:
    conn.execute(
        "insert into addresses(url, article, first_seen) values (?, ?, ?) on conflict(url) "
        "do update set first_seen = min(first_seen, excluded.first_seen)",
        (url, ident, seen),
    )


def put_parts(conn: sqlite3.Connection, ident: int, article: Article) -> None:
    for table in ("article_authors", "images", "attachments", "removed_lines", "fingerprints"):
        conn.execute(f"delete from {table} where article = ?", (ident,))
    for position, author in enumerate(article.authors, 1):
        conn.execute(
            "insert into article_authors(article, position, author, role, unit, raw) "
            "values (?, ?, ?, ?, ?, ?)",
            (ident, position, _author(conn, author), author.role, author.unit, author.raw),
        )
    for position, image in enumerate(article.images, 1):
        conn.execute(
            "insert into images(article, position, url, caption) values (?, ?, ?, ?)",
            (ident, position, image.url, image.caption),
        )
    conn.executemany(
        "insert or ignore into removed_lines(article, line) values (?, ?)",
        [(ident, line) for line in article.repeated],
    )
    conn.executemany(
        "insert into fingerprints(print, article) values (?, ?)",
        [(number, ident) for number in fingerprints(article.text)],
    )
    for position, file in enumerate(article.attachments, 1):
        conn.execute(
            "insert into attachments(article, position, url, label) values (?, ?, ?, ?)",
            (ident, position, file.url, file.label),
        )


def _author(conn: sqlite3.Connection, author: Author) -> int:
    """The row of this person, however spelt; its name does not depend on who came first."""
    ident = stable_id(author.kind, author.key or author.name)
    conn.execute(
        "insert into authors(id, name, kind, search_text) values (?, ?, ?, ?) "
        "on conflict(id) do update set name = max(name, excluded.name)",
        (ident, author.name, author.kind, fold(author.name)),
    )
    return ident

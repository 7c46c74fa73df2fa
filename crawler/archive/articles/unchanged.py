"""A new reading that says what the archive says: all that is left to note is by which rules."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace

from crawler.archive.articles.changes import FIRST, compare
from crawler.archive.articles.reextract import is_kept
from crawler.archive.articles.relative_days import keep_day
from crawler.archive.articles.revisions import (
    confirm_version,
    fields_of,
    status_of,
    version_at,
    version_before,
)
from crawler.archive.articles.rows import ARTICLE_COLUMNS, Derived, article_values
from crawler.archive.files.keep import points_rightly
from crawler.archive.files.queue import is_queued
from crawler.archive.ids import stable_id
from crawler.extractor_version import same_rules
from crawler.items import Article


@dataclass(frozen=True, slots=True)
class Unchanged:
    """What `save_reread` would still write: stamps, and nothing else."""

    is_version: bool  # the look is one, and says the same by these rules
    is_shown: bool  # what the article's row says can be said by these rules, too


def unchanged(
    conn: sqlite3.Connection,
    ident: int,
    seen: str,
    article: Article,
    extractor: str,
    derived: Derived,
) -> Unchanged | None:
    """Whether `save_reread` would write nothing but stamps; None when it may write more.

    Nothing is written, and the article stays as it is. It holds as long as no look at this article
    is saved in between.
    """
    article = replace(article)  # what is changed below is ours
    keep_day(conn, ident, seen, article)
    here, before = version_at(conn, ident, seen), version_before(conn, ident, seen)
    now = fields_of(article)
    change = FIRST if before is None else compare(before.fields, now)
    if here is None and change is not None:
        return None
    if here is not None:
        kind = change.kind if change else "noise"
        others = before is not None and not same_rules(before.extractor, extractor)
        if before and change and others and not is_kept(conn, ident, before.seen_at):
            kind = "extractor"
        if (here.fields, here.kind) != (now, kind):
            return None
    row = conn.execute(
        f"select url, captured_at, status, revisions, {', '.join(ARTICLE_COLUMNS)} "
        "from articles where id = ?",
        (ident,),
    ).fetchone()
    status, versions = status_of(conn, ident)
    if row is None or row[2] not in (status, "gone") or row[3] != versions:
        return None
    url, captured_at, _, _, *stored = row
    if seen < captured_at:
        return Unchanged(here is not None, False)
    article.url = url
    values = dict(zip(ARTICLE_COLUMNS, stored, strict=True))
    moment = captured_at if here is None else seen
    wanted = article_values(article, moment, values["via"], values["extractor"], derived)
    if tuple(stored) != wanted or not _parts_are(conn, ident, article, derived):
        return None
    return Unchanged(here is not None, True)


def confirm(
    conn: sqlite3.Connection, ident: int, seen: str, same: Unchanged, extractor: str
) -> None:
    """Note by which rules the archive's words were read again; the caller holds the transaction."""
    if same.is_version:
        confirm_version(conn, ident, seen, extractor)
    if same.is_shown:
        conn.execute(
            "update articles set extractor = ? where id = ? and extractor <> ?",
            (extractor, ident, extractor),
        )


def _parts_are(conn: sqlite3.Connection, ident: int, article: Article, derived: Derived) -> bool:
    """Whether `put_parts` would leave every row as it is."""

    def rows(sql: str) -> list[tuple[object, ...]]:
        return conn.execute(sql, (ident,)).fetchall()

    images = [(at, image.url, image.caption) for at, image in enumerate(article.images, 1)]
    files = [(at, file.url, file.label) for at, file in enumerate(article.attachments, 1)]
    lines = rows("select line from removed_lines where article = ?")
    prints = rows("select print from fingerprints where article = ?")
    return (
        _authors_are(conn, ident, article)
        and images == rows("select position, url, caption from images where article = ? order by 1")
        and files
        == rows("select position, url, label from attachments where article = ? order by 1")
        and {line for (line,) in lines} == set(article.repeated)
        and {number for (number,) in prints} == set(derived.prints)
        and (not images + files or (points_rightly(conn, ident) and is_queued(conn, ident)))
    )


def _authors_are(conn: sqlite3.Connection, ident: int, article: Article) -> bool:
    stored = conn.execute(
        "select position, author, role, unit, raw, name from article_authors "
        "join authors on authors.id = author where article = ? order by position",
        (ident,),
    ).fetchall()
    wanted = [
        (
            at,
            stable_id(author.kind, author.key or author.name),
            author.role,
            author.unit,
            author.raw,
        )
        for at, author in enumerate(article.authors, 1)
    ]
    if [row[:5] for row in stored] != wanted:
        return False
    # Of all spellings of a name its row has the greatest, as SQLite compares them.
    names = [(row[5], author.name) for row, author in zip(stored, article.authors, strict=True)]
    return all(known.encode() >= name.encode() for known, name in names)

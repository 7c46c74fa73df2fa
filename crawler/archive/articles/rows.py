"""The rows of one article: its newest text, its addresses, its people, pictures and files."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from crawler.archive.files.keep import point_to_files
from crawler.archive.files.queue import queue_files
from crawler.archive.ids import stable_id, text_sha256
from crawler.items import Article, Author
from crawler.text.fingerprints import fingerprints
from crawler.text.folding import fold
from crawler.text.search_text import search_text


@dataclass(frozen=True, slots=True)
class Derived:
    """What follows from an article's words alone, so that whoever reads them can work it out."""

    search_text: str
    prints: list[int]

    @classmethod
    def of(cls, article: Article) -> Derived:
        words = search_text(article.title, article.summary, article.text, article.byline)
        return cls(words, fingerprints(article.text))


def update_article(
    conn: sqlite3.Connection, ident: int, article: Article, seen: str, via: str, extractor: str,
    derived: Derived | None = None,
) -> None:  # fmt: skip
    assignments = ", ".join(f"{column} = ?" for column in ARTICLE_COLUMNS)
    conn.execute(
        f"update articles set {assignments} where id = ?",
        (*article_values(article, seen, via, extractor, derived), ident),
    )


ARTICLE_COLUMNS = (
    "url", "title", "section", "summary", "text", "byline",
    "published", "published_precision", "published_raw", "published_from",
    "captured_at", "text_sha256", "via", "extractor", "search_text",
)  # fmt: skip


def article_values(
    article: Article, seen: str, via: str, extractor: str, derived: Derived | None = None
) -> tuple[str | None, ...]:
    return (
        article.url, article.title, article.section, article.summary, article.text, article.byline,
        article.published, article.published_precision, article.published_raw,
        article.published_from, seen, text_sha256(article.text), via, extractor,
        derived.search_text if derived else
        search_text(article.title, article.summary, article.text, article.byline),
    )  # fmt: skip


def remember_address(conn: sqlite3.Connection, ident: int, url: str, seen: str) -> None:
    conn.execute(
        "insert into addresses(url, article, first_seen) values (?, ?, ?) on conflict(url) "
        "do update set first_seen = min(first_seen, excluded.first_seen)",
        (url, ident, seen),
    )


def put_parts(
    conn: sqlite3.Connection, ident: int, article: Article, derived: Derived | None = None
) -> None:
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
        [(number, ident) for number in (derived.prints if derived else fingerprints(article.text))],
    )
    for position, file in enumerate(article.attachments, 1):
        conn.execute(
            "insert into attachments(article, position, url, label) values (?, ?, ?, ?)",
            (ident, position, file.url, file.label),
        )
    point_to_files(conn, ident)
    queue_files(conn, ident)


def _author(conn: sqlite3.Connection, author: Author) -> int:
    """The row of this person, however spelt; its name does not depend on who came first."""
    ident = stable_id(author.kind, author.key or author.name)
    conn.execute(
        "insert into authors(id, name, kind, search_text) values (?, ?, ?, ?) "
        "on conflict(id) do update set name = max(name, excluded.name)",
        (ident, author.name, author.kind, fold(author.name)),
    )
    return ident

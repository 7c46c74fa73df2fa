"""Saving a page: the look, the article, its revision and the frontier, in one transaction."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from crawler.archive.boilerplate import known_boilerplate
from crawler.archive.changes import FIRST, Change, compare
from crawler.archive.frontier import Visit, settle
from crawler.archive.identity import stable_id, text_sha256
from crawler.archive.presence import schedule
from crawler.archive.search import fold, search_text
from crawler.boilerplate import fingerprint
from crawler.items import Article, Author, Capture, Page
from crawler.stamp import same_rules

READ_FIELDS = ("title", "summary", "text", "byline", "published")
Outcome = Literal["new", "edited", "unchanged", "refused", "list", "error"]


@dataclass(frozen=True, slots=True)
class Saved:
    """What a page came to."""

    outcome: Outcome
    found: int = 0  # new article addresses


def save_page(
    conn: sqlite3.Connection, page: Page, *, visit: Visit | None, extractor: str, now: str
) -> Saved:
    """Write everything a page yielded; the caller holds the transaction.

    `now` is the clock's time; a replayed capture's own time lies in the past.
    """
    article_id = None
    outcome: Outcome = "list"
    if page.reading.article:
        article_id, outcome = save_article(
            conn, page.portal, page.reading.article, page.capture, via=page.via, extractor=extractor
        )
    elif page.reading.refusal:
        outcome = "refused"
    elif page.capture.outcome not in ("ok", "redirect", "not_modified"):
        outcome = "error"
    if article_id is None and visit and visit.kind == "article":
        article_id = _known_article(conn, page.portal, visit)
    _save_capture(conn, page, article_id)
    _save_issues(conn, page, article_id)
    found = settle(conn, visit, page) if visit else 0
    if visit and article_id is not None:
        schedule(conn, visit, page, article_id, now)
    return Saved(outcome, found)


def save_article(
    conn: sqlite3.Connection,
    portal: str,
    article: Article,
    capture: Capture,
    *,
    via: str,
    extractor: str,
) -> tuple[int, Outcome]:
    """Insert or update an article; a revision only when what a reader sees changed.

    A capture older than the newest known one adds its revision and moves `first_seen`, but
    never overwrites a newer text.
    """
    key = _first_key(conn, portal, article.key)
    ident = stable_id(portal, key)
    stored = conn.execute(
        "select title, summary, text, byline, published, captured_at, extractor, status "
        "from articles where id = ?",
        (ident,),
    ).fetchone()
    seen = capture.fetched_at
    if stored is None:
        conn.execute(
            "insert into articles(id, portal, key, first_seen, last_seen, "
            f"{', '.join(ARTICLE_COLUMNS)}) values (?, ?, ?, ?, ?, "
            f"{', '.join('?' * len(ARTICLE_COLUMNS))})",
            (ident, portal, key, seen, seen, *_row(article, seen, via, extractor)),
        )
        add_revision(conn, ident, article, seen, FIRST, extractor)
        put_parts(conn, ident, article)
        remember_address(conn, ident, article.url, seen)
        return ident, "new"
    remember_address(conn, ident, article.url, seen)
    newest = seen >= stored[5]
    change = _change(conn, ident, article, seen, extractor)
    if change:
        add_revision(conn, ident, article, seen, change, extractor)
    if newest and (change or stored[6] != extractor):
        update_article(conn, ident, article, seen, via, extractor)
        put_parts(conn, ident, article)
    conn.execute(
        "update articles set first_seen = min(first_seen, :seen), "
        "last_seen = max(last_seen, :seen) where id = :id",
        {"id": ident, "seen": seen},
    )
    if newest or stored[7] != "gone":
        refresh_status(conn, ident)
    return ident, "edited" if change and change.kind == "edit" else "unchanged"


def fields_of(article: Article) -> dict[str, str | None]:
    return {
        "title": article.title,
        "summary": article.summary,
        "text": article.text,
        "byline": article.byline,
        "published": article.published,
    }


def _change(
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
        (*_row(article, seen, via, extractor), ident),
    )


ARTICLE_COLUMNS = (
    "url", "title", "section", "summary", "text", "byline",
    "published", "published_precision", "published_raw", "published_from",
    "captured_at", "text_sha256", "via", "extractor", "search_text",
)  # fmt: skip


def _row(article: Article, seen: str, via: str, extractor: str) -> tuple[str | None, ...]:
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
    for table in ("article_authors", "images", "attachments", "removed_lines"):
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


def _first_key(conn: sqlite3.Connection, portal: str, key: str) -> str:
    """The key under which an article that moved was first known."""
    row = conn.execute(
        "select first_key from _moved where portal = ? and key = ?", (portal, key)
    ).fetchone()
    return row[0] if row else key


def _known_article(conn: sqlite3.Connection, portal: str, visit: Visit) -> int | None:
    key = _first_key(conn, portal, visit.name.removeprefix("a:"))
    row = conn.execute(
        "select id from articles where portal = ? and key = ?", (portal, key)
    ).fetchone()
    return row[0] if row else None


def _save_capture(conn: sqlite3.Connection, page: Page, article: int | None) -> None:
    capture = page.capture
    conn.execute(
        "insert into captures(url, fetched_at, portal, status, outcome, article, location, "
        "warc, offset, digest, etag, last_modified, via) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict(url, fetched_at) do nothing",
        (
            capture.url,
            capture.fetched_at,
            page.portal,
            capture.status,
            capture.outcome,
            article,
            capture.location,
            capture.warc,
            capture.offset,
            capture.digest,
            capture.etag,
            capture.last_modified,
            page.via,
        ),
    )


def _save_issues(conn: sqlite3.Connection, page: Page, article: int | None) -> None:
    """Each refusal, each failed look and each thing worth knowing about a value is a row."""
    found = [
        note.partition(": ")[::2]
        for note in (page.reading.article.notes if page.reading.article else ())
    ]
    if page.reading.refusal:
        found.append((page.reading.refusal.reason, page.reading.refusal.detail))
    elif page.capture.outcome not in ("ok", "redirect", "not_modified"):
        found.append((page.capture.outcome, str(page.capture.status or "")))
    for reason, detail in found:
        conn.execute(
            "insert into issues(url, seen_at, reason, portal, detail, article) "
            "values (?, ?, ?, ?, ?, ?) on conflict do nothing",
            (page.capture.url, page.capture.fetched_at, reason, page.portal, detail, article),
        )

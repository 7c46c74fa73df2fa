"""Putting a new reading of an old capture into the archive: our rules changed, not the portal."""

from __future__ import annotations

import sqlite3
from collections.abc import Container
from dataclasses import dataclass

from crawler.archive.articles.changes import FIRST, Change, compare
from crawler.archive.articles.relative_days import keep_day
from crawler.archive.articles.removed import hide_removed, remember_removed
from crawler.archive.articles.revisions import (
    add_revision,
    fields_of,
    refresh_status,
    version_at,
    version_before,
)
from crawler.archive.articles.rows import Derived, put_parts, update_article
from crawler.archive.articles.save import save_article
from crawler.extractor_version import same_rules
from crawler.items import Article, Capture


@dataclass(frozen=True, slots=True)
class Reread:
    """What a new reading differs in from the stored one of the same look."""

    fields: tuple[str, ...]
    before: dict[str, str | None]
    after: dict[str, str | None]


def difference(conn: sqlite3.Connection, ident: int, seen: str, article: Article) -> Reread | None:
    """How today's reading of a look differs from the stored one; None when it does not."""
    keep_day(conn, ident, seen, article)
    stored = version_at(conn, ident, seen) or version_before(conn, ident, seen)
    if stored is None:
        return None
    after = fields_of(article)
    fields = tuple(name for name in after if stored.fields[name] != after[name])
    return Reread(fields, stored.fields, after) if fields else None


def save_reread(
    conn: sqlite3.Connection,
    ident: int,
    seen: str,
    article: Article,
    extractor: str,
    *,
    unread: Container[tuple[int, str]] = frozenset(),
    derived: Derived | None = None,
) -> None:
    """Store today's reading of a look beside the earlier one; the caller holds the transaction.

    Looks are put in from the oldest to the newest, so what differs from the look before is again
    the portal's own change and is classed anew. Only when that look could not be read anew, its
    file being gone or its record damaged (`unread`), nobody knows whose change it is.
    """
    keep_day(conn, ident, seen, article)
    here, before = version_at(conn, ident, seen), version_before(conn, ident, seen)
    now = fields_of(article)
    change = FIRST if before is None else compare(before.fields, now)
    if (
        before
        and change
        and not same_rules(before.extractor, extractor)
        and ((ident, before.seen_at) in unread or not is_kept(conn, ident, before.seen_at))
    ):
        change = Change(change.fields, "extractor")
    if here is not None or change is not None:
        # A look that no longer differs from the one before it stays, as noise.
        add_revision(conn, ident, now, seen, change or Change((), "noise"), extractor)
    captured_at, via, read_by, url = conn.execute(
        "select captured_at, via, extractor, url from articles where id = ?", (ident,)
    ).fetchone()
    article.url = url  # a look was made at an address, whatever rules think of it today
    is_version = here is not None or change is not None
    if seen >= captured_at and (is_version or read_by != extractor):
        moment = seen if is_version else captured_at
        update_article(conn, ident, article, moment, via, extractor, derived)
        put_parts(conn, ident, article, derived)
    refresh_status(conn, ident, seen=False)


def is_kept(conn: sqlite3.Connection, ident: int, seen: str) -> bool:
    """Whether the record of a look at an article is in a file that is known here."""
    return bool(
        conn.execute(
            "select 1 from captures join _warcs on _warcs.name = captures.warc "
            "where article = ? and fetched_at = ?",
            (ident, seen),
        ).fetchone()
    )


def save_reprieved(
    conn: sqlite3.Connection, portal: str, article: Article, capture: Capture, extractor: str
) -> bool:
    """Save a page that was refused before and is an article by today's rules; False when it is none."""
    row = conn.execute(
        "select via from captures where url = ? and fetched_at = ?",
        (capture.url, capture.fetched_at),
    ).fetchone()
    if row is None:  # an address of what was removed: it went with the look before it
        return False
    via = row[0]
    ident, _ = save_article(conn, portal, article, capture, via=via, extractor=extractor)
    if ident is None:  # an address of what was removed that nobody had read as one
        remember_removed(conn, portal, None, (article.url, capture.url))
        hide_removed(conn, portal)
        return False
    look = (capture.url, capture.fetched_at)
    conn.execute("update captures set article = ? where url = ? and fetched_at = ?", (ident, *look))
    conn.execute("delete from issues where url = ? and seen_at = ? and article is null", look)
    conn.execute(
        "update _frontier set due = ? where portal = ? and name = ? and due is null",
        (capture.fetched_at, portal, f"a:{article.key}"),
    )
    return True


def progress(conn: sqlite3.Connection, stamp: str) -> tuple[str, str]:
    """How far a reading with these rules that was cut short had come: date and address."""
    row = conn.execute("select fetched_at, url from _reread where stamp = ?", (stamp,)).fetchone()
    return row or ("", "")


def set_progress(conn: sqlite3.Connection, stamp: str, fetched_at: str, url: str) -> None:
    conn.execute("delete from _reread where stamp <> ?", (stamp,))
    conn.execute(
        "insert into _reread(stamp, fetched_at, url) values (?, ?, ?) on conflict(stamp) "
        "do update set fetched_at = excluded.fetched_at, url = excluded.url",
        (stamp, fetched_at, url),
    )


def end_progress(conn: sqlite3.Connection) -> None:
    """All is read; what no article names any more goes."""
    conn.execute("delete from _reread")
    conn.execute("delete from authors where id not in (select author from article_authors)")

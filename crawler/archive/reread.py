"""Putting a new reading of an old capture into the archive: our rules changed, not the portal."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from crawler.archive.articles import (
    READ_FIELDS,
    add_revision,
    fields_of,
    put_parts,
    refresh_status,
    update_article,
)
from crawler.archive.changes import FIRST, Change, compare
from crawler.items import Article


@dataclass(frozen=True, slots=True)
class Reread:
    """What a new reading differs in from the stored one of the same look."""

    fields: tuple[str, ...]
    before: dict[str, str | None]
    after: dict[str, str | None]


def difference(conn: sqlite3.Connection, ident: int, seen: str, article: Article) -> Reread | None:
    """How today's reading of a look differs from the stored one; None when it does not."""
    stored = _reading_at(conn, ident, seen) or _reading_before(conn, ident, seen)
    if stored is None:
        return None
    change = compare(stored, fields_of(article))
    if change is None:
        return None
    return Reread(change.fields, stored, fields_of(article))


def save_reread(
    conn: sqlite3.Connection, ident: int, seen: str, article: Article, extractor: str
) -> None:
    """Store today's reading of a look beside the earlier one; the caller holds the transaction.

    Looks are put in from the oldest to the newest, so what differs from the look before is again
    the portal's own change and is classed anew.
    """
    here, before = _reading_at(conn, ident, seen), _reading_before(conn, ident, seen)
    now = fields_of(article)
    portal_change = FIRST if before is None else compare(before, now)
    if here is not None and (here != now or _class_at(conn, ident, seen) != _class(portal_change)):
        # A look that no longer differs from the one before it stays, as noise.
        add_revision(conn, ident, article, seen, portal_change or Change((), "noise"), extractor)
    elif here is None and portal_change is not None:
        add_revision(conn, ident, article, seen, portal_change, extractor)
    captured_at, via = conn.execute(
        "select captured_at, via from articles where id = ?", (ident,)
    ).fetchone()
    if seen >= captured_at:
        update_article(conn, ident, article, seen, via, extractor)
        put_parts(conn, ident, article)
    refresh_status(conn, ident)


def _reading_at(conn: sqlite3.Connection, ident: int, seen: str) -> dict[str, str | None] | None:
    return _reading(conn, ident, "seen_at = ?", seen)


def _reading_before(
    conn: sqlite3.Connection, ident: int, seen: str
) -> dict[str, str | None] | None:
    return _reading(conn, ident, "seen_at < ?", seen)


def _reading(
    conn: sqlite3.Connection, ident: int, when: str, seen: str
) -> dict[str, str | None] | None:
    row = conn.execute(
        f"select {', '.join(READ_FIELDS)} from revisions where article = ? and {when} "
        "order by seen_at desc, rowid desc limit 1",
        (ident, seen),
    ).fetchone()
    return dict(zip(READ_FIELDS, row, strict=True)) if row else None


def _class_at(conn: sqlite3.Connection, ident: int, seen: str) -> str | None:
    row = conn.execute(
        "select json_extract(change, '$.class') from revisions where article = ? and seen_at = ? "
        "order by rowid desc limit 1",
        (ident, seen),
    ).fetchone()
    return row[0] if row else None


def _class(change: Change | None) -> str:
    return change.kind if change else "noise"

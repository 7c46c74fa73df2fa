"""The articles of a shard: new ones come whole, of two readings the one seen last stays."""

from __future__ import annotations

import sqlite3

from crawler.archive.articles.revisions import refresh_status
from crawler.archive.articles.revisits import DAYS_BEFORE_GONE, LOOKS_BEFORE_GONE
from crawler.archive.introspect import columns_of
from crawler.archive.merge.conflicts import Row, rank
from crawler.archive.merge.tables import NOT_REMOVED, put_row
from crawler.http.outcomes import GONE

# What an article is read to consist of: these follow the text that stays.
READ = ("article_authors", "images", "attachments", "removed_lines", "fingerprints")


def with_more_to_tell(conn: sqlite3.Connection) -> set[int]:
    """Articles known here of which the shard holds further versions or looks."""
    found = conn.execute(
        "select article from shard.revisions s where article in (select id from main.articles) "
        "and not exists (select 1 from main.revisions m where m.article = s.article "
        "and m.seen_at = s.seen_at and m.extractor = s.extractor) union "
        "select article from shard.captures s where article in (select id from main.articles) "
        "and not exists (select 1 from main.captures m where m.url = s.url "
        "and m.fetched_at = s.fetched_at)"
    )
    return {ident for (ident,) in found}


def disputed_moves(conn: sqlite3.Connection) -> set[tuple[str, str]]:
    """The articles that one of the two says have moved where the other says another has."""
    found = conn.execute(
        "select m.portal, m.first_key, s.first_key from main._moved m join shard._moved s "
        "using (portal, key) where m.first_key <> s.first_key"
    ).fetchall()
    added = conn.execute(
        "select portal, first_key from shard._moved except select portal, first_key from main._moved"
    ).fetchall()
    return {(portal, key) for portal, *keys in found for key in keys}.union(added)


def merge_articles(conn: sqlite3.Connection, *, newer: bool = False) -> list[int]:
    """New articles come whole; of two readings the one seen last stays, with `newer` the shard's.

    Returns those that differ.
    """
    names = list(columns_of(conn, "articles"))
    ours, theirs = (", ".join(f"{side}.[{name}]" for name in names) for side in "ms")
    differing = [
        ident
        for (ident,) in conn.execute(
            "select m.id from main.articles m join shard.articles s on s.id = m.id "
            f"where ({ours}) is not ({theirs})"
        )
    ]
    coming = [
        ident
        for (ident,) in conn.execute(
            "select id from shard.articles where id not in (select id from main.articles) and "
            + NOT_REMOVED.format("id")
        )
    ]
    listed = ", ".join(f"[{name}]" for name in names)
    for ident in coming:
        conn.execute(
            f"insert into main.articles({listed}) select {listed} from shard.articles where id = ?",
            (ident,),
        )
        _take_parts(conn, ident)
    for ident in differing:
        _join_article(conn, ident, names, listed, newer=newer)
    return differing


def _join_article(
    conn: sqlite3.Connection, ident: int, names: list[str], listed: str, *, newer: bool
) -> None:
    ours, theirs = (
        dict(
            zip(
                names,
                conn.execute(
                    f"select {listed} from {schema}.articles where id = ?", (ident,)
                ).fetchone(),
                strict=True,
            )
        )
        for schema in ("main", "shard")
    )
    stays = theirs if newer else max(ours, theirs, key=_seen_last)
    joined = {
        **stays,
        "first_seen": min(ours["first_seen"], theirs["first_seen"]),
        "status": ours["status"],  # both are told anew from what is known together
        "revisions": ours["revisions"],
    }
    if newer:
        joined = theirs
    put_row(conn, "articles", ["id"], joined, ours)
    if stays is theirs:
        _take_parts(conn, ident)


def _seen_last(row: Row) -> tuple[object, ...]:
    told = ("first_seen", "status", "revisions")
    content = [rank(row[name]) for name in sorted(row) if name not in told]
    return (row["last_seen"], row["captured_at"], content)


def _take_parts(conn: sqlite3.Connection, ident: int) -> None:
    for table in READ:
        listed = ", ".join(f"[{name}]" for name in columns_of(conn, table))
        conn.execute(f"delete from main.[{table}] where article = ?", (ident,))
        conn.execute(
            f"insert into main.[{table}]({listed}) select {listed} from shard.[{table}] "
            "where article = ?",
            (ident,),
        )


def set_status(conn: sqlite3.Connection, ident: int) -> None:
    """Live, edited or moved by its history; gone when it was missed since it was last seen."""
    refresh_status(conn, ident)
    missing = ", ".join(f"'{reason}'" for reason in sorted(GONE))
    conn.execute(
        "update articles set status = 'gone' where id = :id and (select count(*) >= :looks and "
        "julianday(max(fetched_at)) - julianday(min(fetched_at)) >= :days from captures as c "
        f"where c.article = :id and c.fetched_at > last_seen and (c.outcome in ({missing}) or "
        "exists (select 1 from issues as i where i.url = c.url and i.seen_at = c.fetched_at "
        f"and i.reason in ({missing}))))",
        {"id": ident, "looks": LOOKS_BEFORE_GONE, "days": DAYS_BEFORE_GONE},
    )

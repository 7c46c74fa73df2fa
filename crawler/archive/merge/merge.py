"""Shards become one archive: the union of what they saw, as if one machine had seen it all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from crawler.archive.introspect import columns_of, key_of
from crawler.archive.merge.articles import (
    READ,
    disputed_moves,
    merge_articles,
    set_status,
    with_more_to_tell,
)
from crawler.archive.merge.conflicts import RULES, greatest
from crawler.archive.merge.files import settle_files
from crawler.archive.merge.frontier import merge_frontier
from crawler.archive.merge.removals import (
    LeadsTo,
    hide_what_came,
    named_on_what_stays,
    obey_removals,
)
from crawler.archive.merge.revisions import merge_revisions
from crawler.archive.merge.tables import count_rows, join_table, put_row
from crawler.archive.redactions import begin_removal
from crawler.archive.runs import record_provinces

# Kept as they are by every archive, or by the merge in its own way.
REMOVED = ("removals", "_removed")
APART = ("provinces", "portals", "articles", "revisions", "_reread", "_confirmed", "_merged", *READ)
# Of a shard that began as this archive's own part: rows that it has no more are gone. What several
# portals may share is joined by its rule all the same.
SHARED = ("runs", "authors", "files", "article_files", "_warcs", "_robots", "_validators")
WENT = ("issues", "lost_articles", "_copies", "_wayback_queries")


@dataclass(slots=True)
class Merged:
    """What a shard brought."""

    articles: int = 0
    changed: int = 0
    revisions: int = 0
    captures: int = 0
    removed: int = 0


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to an archive that is open and locked; one that may attach files read-only."""
    conn = sqlite3.connect(path.absolute().as_uri(), uri=True, isolation_level=None)
    try:
        conn.execute("pragma synchronous = full")
        conn.execute("pragma foreign_keys = on")
        yield conn
    finally:
        conn.close()


@contextmanager
def attached(conn: sqlite3.Connection, shard: Path) -> Iterator[None]:
    conn.execute("attach ? as shard", (f"{shard.absolute().as_uri()}?mode=ro",))
    try:
        yield
    finally:
        conn.execute("detach shard")


def merge(
    conn: sqlite3.Connection,
    leads_to: LeadsTo | None = None,
    *,
    newer: Collection[str] = (),
    then: Callable[[], None] | None = None,
) -> Merged:
    """Take the attached `shard` into the archive, all or nothing.

    Nothing of an article that was removed on request, in either, stays. `leads_to` gives the key of
    the article that an address of a portal is of, '' when it is of none. `newer`: portals whose part
    of the shard began as this archive's own, untouched since: there it is the shard that is right.
    `then`: what is noted in the same transaction.
    """
    conn.execute("begin immediate")
    try:
        merged = _merge(conn, leads_to, newer)
        if then is not None:
            then()
    except BaseException:
        conn.execute("rollback")
        raise
    conn.execute("commit")
    return merged


def _merge(conn: sqlite3.Connection, leads_to: LeadsTo | None, newer: Collection[str]) -> Merged:
    conn.execute("pragma defer_foreign_keys = on")
    record_provinces(conn)
    merged = Merged()
    _merge_portals(conn, newer=bool(newer))
    for table in REMOVED:
        join_table(conn, table)
    merged.removed = obey_removals(conn, leads_to)
    told = with_more_to_tell(conn)
    disputed = disputed_moves(conn)
    before = count_rows(conn, "captures")
    for table in RULES:
        if table not in (*REMOVED, "_frontier", "authors"):
            join_table(conn, table, newer=bool(newer) and table not in SHARED)
    _drop_what_went(conn, newer)
    hide_what_came(conn)
    merged.captures = count_rows(conn, "captures") - before
    before = count_rows(conn, "articles")
    join_table(conn, "authors", where=named_on_what_stays(conn))
    differing = merge_articles(conn, newer=bool(newer))
    merged.articles = count_rows(conn, "articles") - before
    _find_lost(conn)
    merged.changed = len(differing)
    before = count_rows(conn, "revisions")
    merge_revisions(conn)
    merged.revisions = count_rows(conn, "revisions") - before
    for portal, key in disputed:
        told.update(
            ident
            for (ident,) in conn.execute(
                "select id from main.articles where portal = ? and key = ?", (portal, key)
            )
        )
    settle_files(conn)
    for ident in () if newer else told.union(differing):
        set_status(conn, ident)
    merge_frontier(conn, newer=bool(newer))
    hide_what_came(conn)
    if newer:
        _confirm_as_they_do(conn)
    else:
        # How far a rereading came is true of one archive only; whose newest version is another now
        # may be read anew.
        conn.execute("delete from main._reread")
        conn.execute("delete from main._confirmed")
        # Either's files of captures may hold what only the other one knows to be removed.
        for (portal,) in conn.execute("select distinct portal from main.removals").fetchall():
            begin_removal(conn, portal)
    if count_rows(conn, "removals"):
        conn.execute("delete from authors where id not in (select author from article_authors)")
    return merged


def _drop_what_went(conn: sqlite3.Connection, portals: Collection[str]) -> None:
    """Rows of these portals that the shard, which began with them, has no more."""
    for portal in portals:
        for table in WENT:
            matched = " and ".join(f"s.[{key}] = m.[{key}]" for key in key_of(conn, table))
            conn.execute(
                f"delete from main.[{table}] as m where portal = ? and not exists "
                f"(select 1 from shard.[{table}] as s where {matched})",
                (portal,),
            )
    if portals:
        conn.execute(
            "delete from main.documents where file in (select sha256 from shard.files "
            "where text_from is not null) and file not in (select file from shard.documents)"
        )


def _confirm_as_they_do(conn: sqlite3.Connection) -> None:
    conn.execute("delete from main._confirmed where article in (select id from shard.articles)")
    conn.execute(
        "insert into main._confirmed select * from shard._confirmed "
        "where article in (select id from main.articles)"
    )


def _find_lost(conn: sqlite3.Connection) -> None:
    """What one shard missed and another has is lost no more."""
    conn.execute(
        "delete from main.lost_articles where exists (select 1 from main.articles as a "
        "where a.portal = lost_articles.portal and a.key = lost_articles.key) "
        "or exists (select 1 from main.addresses as d where d.url = lost_articles.url)"
    )


def _merge_portals(conn: sqlite3.Connection, *, newer: bool) -> None:
    """A portal is described as by whoever visited it last."""
    visits = {
        schema: dict(
            conn.execute(f"select portal, max(fetched_at) from {schema}.captures group by 1")
        )
        for schema in ("main", "shard")
    }
    names = list(columns_of(conn, "portals"))
    listed = ", ".join(names)
    ours = {
        row[0]: dict(zip(names, row, strict=True))
        for row in conn.execute(f"select {listed} from main.portals")
    }
    for row in conn.execute(f"select {listed} from shard.portals").fetchall():
        theirs = dict(zip(names, row, strict=True))
        slug = theirs["slug"]
        if slug not in ours:
            marks = ", ".join("?" * len(names))
            conn.execute(f"insert into main.portals({listed}) values ({marks})", row)
            continue
        if newer:
            put_row(conn, "portals", ["slug"], theirs, ours[slug])
            continue
        joined = greatest("visit")(
            {**ours[slug], "visit": visits["main"].get(slug)},
            {**theirs, "visit": visits["shard"].get(slug)},
        )
        joined.pop("visit")
        put_row(conn, "portals", ["slug"], joined, ours[slug])

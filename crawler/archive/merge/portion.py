"""Some portals' part of an archive: what a shard of them begins with, and whether it is still so."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from pathlib import Path

from crawler.archive.database import Archive
from crawler.archive.introspect import columns_of, stored_tables
from crawler.archive.merge.merge import attached, writing

THEIRS = "(select value from temp.wanted)"
OF_ARTICLES = f"article in (select id from shard.articles where portal in {THEIRS})"
CARRIED = f"in (select file from shard.article_files where {OF_ARTICLES})"
# Which rows of a table belong to some portals; every other table has a column `portal`.
PARTS = {
    "provinces": "true",
    "portals": f"slug in {THEIRS}",
    **dict.fromkeys(
        (
            "addresses", "article_authors", "images", "attachments", "removed_lines",
            "fingerprints", "revisions", "article_files", "_confirmed",
        ),
        OF_ARTICLES,
    ),
    "authors": f"id in (select author from shard.article_authors where {OF_ARTICLES})",
    "runs": f"id in (select run from shard.run_portals where portal in {THEIRS} "
    f"union select run from shard.alarms where portal in {THEIRS})",
    "files": f"sha256 {CARRIED}",
    "documents": f"file {CARRIED}",
    "_robots": "true",
    "_validators": "true",
    "_warcs": f"name in (select warc from shard.captures where portal in {THEIRS} "
    f"union select warc from shard.files where sha256 {CARRIED})",
    # How far one archive's rereading or merging has come is true of that archive alone.
    "_reread": "false",
    "_merged": "false",
}  # fmt: skip


def carve(source: Path, target: Path, portals: Collection[str]) -> None:
    """Write a new archive that holds these portals' part of another, private tables included."""
    Archive.open(target).close()
    with writing(target) as conn, attached(conn, source):
        _want(conn, portals)
        conn.execute("begin")
        conn.execute("pragma defer_foreign_keys = on")
        for table in (*stored_tables(), *stored_tables(private=True)):
            names = ", ".join(f"[{name}]" for name in columns_of(conn, table))
            rows = PARTS.get(table, f"portal in {THEIRS}")
            conn.execute(
                f"insert into main.[{table}]({names}) select {names} from shard.[{table}] "
                f"where {rows} order by rowid"
                if _has_rowid(conn, table)
                else f"insert into main.[{table}]({names}) select {names} from shard.[{table}] "
                f"where {rows}"
            )
        # A page that another portal's page led to was found by nobody here.
        conn.execute(
            "update main._frontier set found_on = null where found_on is not null "
            "and found_on not in (select id from main._frontier)"
        )
        conn.execute("commit")


def mark_of(conn: sqlite3.Connection, portals: Collection[str]) -> str:
    """What changes when anybody works on these portals' part of an archive: equal marks, equal parts."""
    _want(conn, portals)
    theirs = f"where portal in {THEIRS}"
    told = [
        conn.execute(f"select {what} from {table} {where}").fetchone()
        for table, what, where in (
            ("run_portals", "count(*), max(started_at), max(finished_at)", theirs),
            ("captures", "count(*), max(fetched_at)", theirs),
            ("articles", "count(*), sum(revisions)", theirs),
            ("removals", "count(*), max(removed_at)", theirs),
            ("_removed", "count(*)", theirs),
            ("_accepted", "max(accepted_at)", theirs),
            ("_boilerplate", "count(*)", theirs),
            ("_rescue", "count(*), sum(attempts)", theirs),
            ("_wayback", "count(*)", theirs),
            ("files", "count(*), count(text_from), sum(located)", f"where sha256 {OF_OURS}"),
            ("runs", "max(id)", "where command in ('reextract')"),
        )
    ]
    return json.dumps(told)


OF_OURS = (
    "in (select file from article_files where article in "
    f"(select id from articles where portal in {THEIRS}))"
)


def _want(conn: sqlite3.Connection, portals: Collection[str]) -> None:
    conn.execute("create temp table if not exists wanted (value text primary key)")
    conn.execute("delete from temp.wanted")
    conn.executemany("insert into temp.wanted values (?)", [(name,) for name in portals])


def _has_rowid(conn: sqlite3.Connection, table: str) -> bool:
    row = conn.execute("select wr from pragma_table_list where name = ?", (table,)).fetchone()
    return not row[0]


def note_merged(conn: sqlite3.Connection, store: str, shard: str, token: int, mark: str) -> None:
    """Remember which state of a shard the archive has; the caller holds the transaction."""
    conn.execute(
        "insert or replace into _merged(store, shard, token, mark) values (?, ?, ?, ?)",
        (store, shard, token, mark),
    )


def merged_before(conn: sqlite3.Connection, store: str, shard: str) -> tuple[int, str]:
    """The state of a shard that the archive has, and its mark then; 0 when it has none."""
    row = conn.execute(
        "select token, mark from _merged where store = ? and shard = ?", (store, shard)
    ).fetchone()
    return row or (0, "")

"""Two archives' revisions as one history: every version once, the reading that counts last."""

from __future__ import annotations

import sqlite3

from crawler.archive.introspect import columns_of, expected
from crawler.archive.merge.conflicts import greatest
from crawler.archive.merge.tables import NOT_REMOVED

LOOK = ("article", "seen_at")
KEPT = NOT_REMOVED.format("article")


def merge_revisions(conn: sqlite3.Connection) -> None:
    """Add the attached shard's revisions; the caller holds the transaction.

    Of the readings of one look the last put down counts. Where two archives read a look with
    different rules, one name of the rules comes last, whoever was merged first.
    """
    shared = conn.execute(
        "select article, seen_at from shard.revisions where (article, seen_at) in "
        f"(select article, seen_at from main.revisions) and {KEPT} group by 1, 2"
    ).fetchall()
    names = ", ".join(columns_of(conn, "revisions"))
    conn.execute(
        f"insert into main.revisions({names}) select {names} from shard.revisions as s where "
        "not exists (select 1 from main.revisions as m where m.article = s.article "
        f"and m.seen_at = s.seen_at) and {KEPT} order by article, seen_at, rowid"
    )
    told = [(look, _told(conn, "main", look), _told(conn, "shard", look)) for look in shared]
    differing = [entry for entry in told if entry[1] != entry[2]]
    if differing:
        _rewrite(conn, differing)


Told = list[dict[str, object]]


def _told(conn: sqlite3.Connection, schema: str, look: tuple[int, str]) -> Told:
    names = list(columns_of(conn, "revisions"))
    rows = conn.execute(
        f"select {', '.join(names)} from {schema}.revisions where article = ? and seen_at = ? "
        "order by rowid",
        look,
    )
    return [dict(zip(names, row, strict=True)) for row in rows]


def _rewrite(conn: sqlite3.Connection, differing: list[tuple[tuple[int, str], Told, Told]]) -> None:
    guards = [p for p in expected() if p.kind == "trigger" and p.table == "revisions"]
    for part in guards:
        conn.execute(f"drop trigger main.{part.name}")
    for look, ours, theirs in differing:
        rows = joined(ours, theirs)
        if rows == ours:
            continue
        conn.execute("delete from main.revisions where article = ? and seen_at = ?", look)
        for row in rows:
            marks = ", ".join("?" * len(row))
            conn.execute(
                f"insert into main.revisions({', '.join(row)}) values ({marks})", list(row.values())
            )
    for part in guards:
        conn.execute(part.sql)


def joined(ours: Told, theirs: Told) -> Told:
    """All readings of one look, the one that counts last, the others by the name of their rules."""
    rows: dict[object, dict[str, object]] = {}
    for row in (*ours, *theirs):
        rules = row["extractor"]
        rows[rules] = greatest()(rows[rules], row) if rules in rows else row
    last = _last(*([str(row["extractor"]) for row in told] for told in (ours, theirs)))
    order = sorted(map(str, rows), key=lambda rules: (rules == last, rules))
    return [rows[rules] for rules in order]


def _last(ours: list[str], theirs: list[str]) -> str:
    """Whoever had the other's last reading and read again since is the later copy."""
    if theirs[-1] in ours and ours[-1] not in theirs:
        return ours[-1]
    if ours[-1] in theirs and theirs[-1] not in ours:
        return theirs[-1]
    return max(ours[-1], theirs[-1])

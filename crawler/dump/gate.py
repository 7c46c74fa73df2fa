"""Whether an archive may be published: each reason why not, as a sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from crawler.archive.ids import APPLICATION_ID, stable_id, text_sha256
from crawler.archive.introspect import (
    applied_migrations,
    columns_of,
    differences,
    expected_migrations,
    key_of,
    search_tables,
)
from crawler.dump.gate_values import value_problems
from crawler.messages import Message, say

SHOWN = 3  # examples of a kind: the rest is a number
CLOCKS_DIFFER = timedelta(days=1)
# A portal may announce what happens tomorrow; the reading of dates lets no more than that pass.
AHEAD_DAYS = 7
# Nothing ever leaves these but what was removed on request.
KEPT = (
    "provinces", "portals", "articles", "revisions", "addresses", "captures", "runs", "run_portals",
    "alarms", "removals",
)  # fmt: skip
# What belongs to an article goes only with another look at it, or another reading of it.
PARTS = ("article_authors", "images", "attachments", "removed_lines", "fingerprints", "issues")
_AS_IT_WAS = (
    "exists (select 1 from last.articles as old join main.articles as new using (id) "
    "where id = was.article and (old.captured_at, old.last_seen, old.extractor, old.text_sha256) "
    "is (new.captured_at, new.last_seen, new.extractor, new.text_sha256))"
)
MOMENTS = (
    ("articles", "captured_at"),
    ("articles", "first_seen"),
    ("articles", "last_seen"),
    ("revisions", "seen_at"),
    ("captures", "fetched_at"),
    ("runs", "started_at"),
)


@dataclass(frozen=True, slots=True)
class Minimum:
    """What the operator declares an archive must hold to be published."""

    articles: int = 1
    may_lose: int = 0  # rows of the last dump that may be missing without a removal


def shape_problems(conn: sqlite3.Connection) -> list[Message]:
    """Why a file is not an archive of this version."""
    if conn.execute("pragma application_id").fetchone()[0] != APPLICATION_ID:
        return [say("gate_foreign")]
    applied = applied_migrations(conn)
    if missing := sorted(expected_migrations() - applied):
        return [say("gate_older", detail=", ".join(missing))]
    if unknown := sorted(applied - expected_migrations()):
        return [say("gate_newer", detail=", ".join(unknown))]
    return [say("gate_shape", detail=detail) for detail in differences(conn)]


def problems_of(
    conn: sqlite3.Connection,
    *,
    now: str,
    least: Minimum,
    before: Path | None = None,
) -> list[Message]:
    """Why this archive must not be published; an empty list when it may.

    `before` is the last dump: what it held must be there still. Never raises sqlite3.Error: a file
    that cannot even be asked is a reason too.
    """
    try:
        # In the order in which one fault hides the next.
        for look in (shape_problems, integrity_problems, reference_problems):
            if found := look(conn):
                return found
        found = [
            *_hash_problems(conn),
            *_identity_problems(conn),
            *_search_problems(conn),
            *_time_problems(conn, now),
            *value_problems(conn),
            *_count_problems(conn, least),
        ]
        if before is not None:
            found += _lost(conn, before, least)
        return found
    except sqlite3.Error as error:
        return [say("gate_unreadable", detail=error)]


def integrity_problems(conn: sqlite3.Connection) -> list[Message]:
    return [
        say("gate_damaged", detail=text)
        for (text,) in conn.execute(f"pragma integrity_check({SHOWN})")
        if text != "ok"
    ]


def reference_problems(conn: sqlite3.Connection) -> list[Message]:
    found: dict[tuple[str, str], int] = {}
    for table, _, parent, _ in conn.execute("pragma foreign_key_check"):
        found[table, parent] = found.get((table, parent), 0) + 1
    return [
        say("gate_reference", count=count, table=table, parent=parent)
        for (table, parent), count in found.items()
    ]


def _hash_problems(conn: sqlite3.Connection) -> Iterator[Message]:
    for table, moment in (("articles", "captured_at"), ("revisions", "seen_at")):
        ident = "id" if table == "articles" else "article"
        wrong = [
            f"{article} {at}"
            for article, at, text, digest in conn.execute(
                f"select {ident}, {moment}, text, text_sha256 from {table}"
            )
            if text_sha256(text) != digest
        ]
        if wrong:
            yield say("gate_hash", table=table, count=len(wrong), example=", ".join(wrong[:SHOWN]))


def _identity_problems(conn: sqlite3.Connection) -> Iterator[Message]:
    wrong = [
        str(ident)
        for ident, portal, key in conn.execute("select id, portal, key from articles")
        if stable_id(portal, key) != ident
    ]
    if wrong:
        yield say("gate_identity", count=len(wrong), example=", ".join(wrong[:SHOWN]))
    without = conn.execute(
        "select id from articles where id not in (select article from revisions)"
    ).fetchall()
    if without:
        yield say("gate_no_revision", count=len(without), example=without[0][0])
    newer = conn.execute(
        "select id from articles join (select article, max(seen_at) as newest from revisions "
        "group by article) on article = id where newest < captured_at"
    ).fetchall()
    if newer:
        yield say("gate_ahead_of_history", count=len(newer), example=newer[0][0])
    back = conn.execute(
        "select id from articles where id in (select article from removals)"
    ).fetchall()
    if back:
        yield say("gate_removed_is_back", count=len(back), example=back[0][0])
    seen, example = conn.execute(
        "select count(*), max(portal) from _removed where exists (select 1 from captures "
        "where captures.url = name and +captures.portal = _removed.portal)"
    ).fetchone()
    if seen:
        yield say("gate_removed_is_back", count=seen, example=example)


def _search_problems(conn: sqlite3.Connection) -> Iterator[Message]:
    articles = conn.execute("select count(*) from articles").fetchone()[0]
    for table in search_tables():
        found = conn.execute(f"select count(*) from [{table}_docsize]").fetchone()[0]
        if found != articles:
            yield say("gate_search", found=found, articles=articles, table=table)


def index_sum(conn: sqlite3.Connection, table: str) -> tuple[int, ...]:
    """A full-text index summed up: its terms, the rows they stand in, and how often."""
    conn.execute(f"create virtual table temp.terms using fts5vocab('main', '{table}', 'row')")
    try:
        return conn.execute(
            "select count(*), coalesce(sum(doc), 0), coalesce(sum(cnt), 0) from temp.terms"
        ).fetchone()
    finally:
        conn.execute("drop table temp.terms")


def dump_problems(conn: sqlite3.Connection, dump: sqlite3.Connection) -> list[Message]:
    """What a dump that was just written differs in from the archive it was written from."""
    try:
        found = [*integrity_problems(dump), *reference_problems(dump)]
        for table in search_tables():
            if index_sum(conn, table) != index_sum(dump, table):
                found.append(say("gate_search_stale", table=table))
    except sqlite3.Error as error:
        return [say("gate_unreadable", detail=error)]
    return found


def _time_problems(conn: sqlite3.Connection, now: str) -> Iterator[Message]:
    latest = (datetime.fromisoformat(now) + CLOCKS_DIFFER).strftime("%Y-%m-%dT%H:%M:%SZ")
    for table, column in MOMENTS:
        count, example = conn.execute(
            f"select count(*), max({column}) from {table} where {column} > ? or {column} not glob "
            "'[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]*Z'",
            (latest,),
        ).fetchone()
        if count:
            yield say("gate_moment", table=table, column=column, count=count, example=example)
    count, example = conn.execute(
        "select count(*), max(published) from articles where "
        f"julianday(substr(published || '-01-01', 1, 10)) > julianday(captured_at) + {AHEAD_DAYS}"
    ).fetchone()
    if count:
        yield say("gate_moment", table="articles", column="published", count=count, example=example)


def _count_problems(conn: sqlite3.Connection, least: Minimum) -> Iterator[Message]:
    count = conn.execute("select count(*) from articles").fetchone()[0]
    if count < least.articles:
        yield say("gate_few", count=count, least=least.articles)


def _lost(conn: sqlite3.Connection, before: Path, least: Minimum) -> Iterator[Message]:
    """Rows of the last dump that are nowhere now."""
    conn.execute("attach ? as last", (f"{before.absolute().as_uri()}?mode=ro",))
    for table in (*KEPT, *PARTS):
        there = columns_of(conn, table, "last")
        if not there:
            continue  # a dump of an earlier version
        same = " and ".join(f"now.[{key}] = was.[{key}]" for key in key_of(conn, table))
        ident = "id" if table == "articles" else "article" if "article" in there else None
        asked = ""
        if table in PARTS:
            asked = f" and {_AS_IT_WAS}"
        elif table == "captures":
            asked = (
                " and not exists (select 1 from main._removed as r where r.portal = was.portal "
                "and r.name = was.url) "
                "and coalesce(was.article, 0) not in (select article from main.removals)"
            )
        elif ident:
            asked = f" and was.[{ident}] not in (select article from main.removals)"
        (count,) = conn.execute(
            f"select count(*) from last.[{table}] as was where not exists "
            f"(select 1 from main.[{table}] as now where {same}){asked}"
        ).fetchone()
        if count > least.may_lose:
            yield say("gate_lost", table=table, count=count, name=before.name)

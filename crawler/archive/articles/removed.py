"""The names that removed articles went by, so that nothing of them is kept again, or shown.

`removals` is public and says which articles, by number; `_removed` is private and has their names in the
queue (`a:KEY`) and every address that led to them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from crawler.archive.articles.keys import first_key
from crawler.archive.ids import stable_id
from crawler.archive.redactions import drop_looks
from crawler.parsing import join_url, split_url

HIDDEN = "[…]"  # what stands for the words of a removed article in other rows
SHORTEST = (
    9  # characters of a path or a title to be looked for in other words: `/` stands everywhere
)
# Where words about one address stand in rows about a portal or another page.
TOLD = (("alarms", "detail"), ("run_portals", "evidence"), ("issues", "detail"))


def is_removed(conn: sqlite3.Connection, article: int) -> bool:
    return bool(conn.execute("select 1 from removals where article = ?", (article,)).fetchone())


def was_removed(conn: sqlite3.Connection, portal: str, *, key: str, url: str) -> bool:
    """Whether what stands at an address, or bears a key, was removed; a key of '' is unknown."""
    known = conn.execute(
        "select 1 from _removed where portal = ? and name in (?, ?)",
        (portal, url, f"a:{key}" if key else url),
    ).fetchone()
    if known or not key:
        return bool(known)
    return is_removed(conn, stable_id(portal, first_key(conn, portal, key)))


def remember_removed(
    conn: sqlite3.Connection, portal: str, article: int | None, names: Iterable[str]
) -> None:
    conn.executemany(
        "insert or ignore into _removed(portal, name, article) values (?, ?, ?)",
        [(portal, name, article) for name in names if name],
    )


def hide_removed(conn: sqlite3.Connection, portal: str, words: Iterable[str] = ()) -> int:
    """Delete what any table still says of a portal's removed articles; returns the looks deleted.

    `words` are taken out of what is told of other pages, as the addresses are.
    """
    names = {
        name for (name,) in conn.execute("select name from _removed where portal = ?", (portal,))
    }
    # By address: there are few of them, and a portal's looks are many.
    of = "+portal = ? and url in (select name from _removed where _removed.portal = ?)"
    looks = drop_looks(conn, f"{of} and +article is null", (portal, portal))
    conn.execute(f"delete from issues where {of}", (portal, portal))
    _hide_targets(conn, portal, names)
    _hide_words(conn, portal, {*words, *_written(names)})
    conn.execute(
        "update _frontier set state = 'removed', kind = 'article', url = '', text = '', form = '', "
        "rank = 0, page = 1, depth = 0, barren = 0, attempts = 0, hops = 0, sweep = 0, misses = 0, "
        "faults = 0, found_on = null, article_links = null, declared = null, digest = null, "
        "etag = null, modified = null, due = null, fruit = null, mark = null, amiss = null "
        "where portal = ? and name in (select name from _removed where _removed.portal = ?)",
        (portal, portal),
    )
    _hide_rescued(conn, portal)
    conn.execute(
        "delete from _copies where portal = ? and (name in (select name from _removed "
        "where _removed.portal = ?) or url in (select name from _removed where _removed.portal = ?))",
        (portal, portal, portal),
    )
    return looks


def leads_to_removed(conn: sqlite3.Connection, portal: str, url: str, location: str | None) -> bool:
    """Whether an answer points at the address of a removed article."""
    return bool(location) and was_removed(conn, portal, key="", url=join_url(url, location or ""))


def _hide_rescued(conn: sqlite3.Connection, portal: str) -> None:
    """What lists said of removed articles, and where copies out of web archives hold them."""
    for table in ("lost_articles", "_rescue_entries"):
        conn.execute(
            f"delete from {table} where portal = ? and exists (select 1 from _removed as r "
            f"where r.portal = {table}.portal and r.name in ({table}.url, 'a:' || {table}.key))",
            (portal,),
        )
    conn.execute(
        "delete from _rescue where portal = ? and exists (select 1 from _removed as r "
        "where r.portal = _rescue.portal and r.name in (url, address, 'a:' || page))",
        (portal,),
    )


def _hide_targets(conn: sqlite3.Connection, portal: str, names: set[str]) -> None:
    pointing = conn.execute(
        "select url, fetched_at, location from captures where portal = ? and location is not null",
        (portal,),
    ).fetchall()
    conn.executemany(
        "update captures set location = null where url = ? and fetched_at = ?",
        [(url, at) for url, at, location in pointing if join_url(url, location) in names],
    )


def _hide_words(conn: sqlite3.Connection, portal: str, words: set[str]) -> None:
    # The longest first: a path is part of its address.
    for word in sorted(words, key=lambda word: (-len(word), word)):
        for table, column in TOLD if len(word) >= SHORTEST else ():
            conn.execute(
                f"update {table} set {column} = replace({column}, ?, ?) "
                f"where portal = ? and instr({column}, ?)",
                (word, HIDDEN, portal, word),
            )


def _written(names: set[str]) -> Iterable[str]:
    """Addresses as they may stand in a sentence: whole, without scheme, and from their path on."""
    for name in names:
        if name.startswith("http"):
            parts = split_url(name)
            tail = parts.path + (f"?{parts.query}" if parts.query else "")
            yield from (name, parts.netloc + tail, tail)

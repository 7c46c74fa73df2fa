"""Shards become one archive: the union of what they saw, as if one machine had seen it all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from crawler.archive.history import refresh_status
from crawler.archive.joining import RULES, Row, greatest, rank
from crawler.archive.merged_history import merge_revisions
from crawler.archive.presence import DAYS_BEFORE_GONE, LOOKS_BEFORE_GONE, MISSING
from crawler.archive.removal import PARTS, forget
from crawler.archive.runs import record_provinces
from crawler.archive.shape import columns_of, key_of

# What an article is read to consist of: these follow the text that stays.
READ = ("article_authors", "images", "attachments", "removed_lines", "fingerprints")
# Kept as they are by every archive, or by the merge in its own way.
APART = ("provinces", "portals", "articles", "revisions", "_reread", *READ)
NOT_REMOVED = "{} not in (select article from main.removals)"


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


def merge(conn: sqlite3.Connection) -> Merged:
    """Take the attached `shard` into the archive, all or nothing.

    Nothing of an article that was removed on request, in either, stays.
    """
    conn.execute("begin immediate")
    try:
        merged = _merge(conn)
    except BaseException:
        conn.execute("rollback")
        raise
    conn.execute("commit")
    return merged


def _merge(conn: sqlite3.Connection) -> Merged:
    conn.execute("pragma defer_foreign_keys = on")
    record_provinces(conn)
    merged = Merged()
    _merge_portals(conn)
    _join_table(conn, "removals")
    merged.removed = _obey_removals(conn)
    told = _with_more_to_tell(conn)
    disputed = _disputed_moves(conn)
    before = _count(conn, "captures")
    for table in RULES:
        if table not in ("removals", "_frontier", "authors"):
            _join_table(conn, table)
    _hide_removed_looks(conn)
    merged.captures = _count(conn, "captures") - before
    before = _count(conn, "articles")
    _join_table(conn, "authors", where=_named_on_what_stays(conn))
    differing = _merge_articles(conn)
    merged.articles = _count(conn, "articles") - before
    merged.changed = len(differing)
    before = _count(conn, "revisions")
    merge_revisions(conn)
    merged.revisions = _count(conn, "revisions") - before
    for portal, key in disputed:
        told.update(
            ident
            for (ident,) in conn.execute(
                "select id from main.articles where portal = ? and key = ?", (portal, key)
            )
        )
    for ident in told.union(differing):
        _set_status(conn, ident)
    _merge_frontier(conn)
    conn.execute("delete from main._reread")  # how far a rereading came is true of one archive only
    if _count(conn, "removals"):
        conn.execute("delete from authors where id not in (select author from article_authors)")
    return merged


def _count(conn: sqlite3.Connection, table: str) -> int:
    return conn.execute(f"select count(*) from main.[{table}]").fetchone()[0]


def _join_table(conn: sqlite3.Connection, table: str, *, where: str = "") -> None:
    """Add the rows that are absent; of those that differ, keep what the table's rule says."""
    keys, names = key_of(conn, table), list(columns_of(conn, table))
    listed = ", ".join(f"[{name}]" for name in names)
    source = f"select {', '.join(_read(table, name) for name in names)} from shard.[{table}] as s"
    conditions = [where] if where else []
    if table in PARTS:
        conditions.append(NOT_REMOVED.format("coalesce(s.article, -1)"))
    narrowed = f"{source} where {' and '.join(conditions)}" if conditions else source
    conn.execute(f"create temp table coming as {narrowed}")
    matched = " and ".join(f"m.[{key}] = c.[{key}]" for key in keys)
    try:
        for ours, theirs in _differing(conn, table, keys, names, matched):
            _put(conn, table, keys, RULES[table](ours, theirs), ours)
        conn.execute(
            f"insert into main.[{table}]({listed}) select {listed} from temp.coming as c "
            f"where not exists (select 1 from main.[{table}] as m where {matched})"
        )
    finally:
        conn.execute("drop table temp.coming")


def _read(table: str, name: str) -> str:
    """A shard's column as it is taken over: without what no longer points anywhere."""
    removed = "s.article in (select article from main.removals)"
    if table == "captures" and name in ("article", "warc", "offset"):
        return f"iif({removed}, null, s.[{name}]) as [{name}]"
    return f"s.[{name}]"


def _differing(
    conn: sqlite3.Connection, table: str, keys: list[str], names: list[str], matched: str
) -> list[tuple[Row, Row]]:
    ours, theirs = (", ".join(f"{side}.[{name}]" for name in names) for side in "mc")
    found = conn.execute(
        f"select {ours}, {theirs} from temp.coming as c join main.[{table}] as m on {matched} "
        f"where ({ours}) is not ({theirs})"
    ).fetchall()
    size = len(names)
    return [
        (
            dict(zip(names, row[:size], strict=True)),
            dict(zip(names, row[size:], strict=True)),
        )
        for row in found
    ]


def _put(conn: sqlite3.Connection, table: str, keys: list[str], row: Row, ours: Row) -> None:
    if row == ours:
        return
    others = [name for name in row if name not in keys and row[name] != ours[name]]
    conn.execute(
        f"update main.[{table}] set {', '.join(f'[{name}] = ?' for name in others)} "
        f"where {' and '.join(f'[{key}] = ?' for key in keys)}",
        [row[name] for name in others] + [row[key] for key in keys],
    )


def _merge_portals(conn: sqlite3.Connection) -> None:
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
        joined = greatest("visit")(
            {**ours[slug], "visit": visits["main"].get(slug)},
            {**theirs, "visit": visits["shard"].get(slug)},
        )
        joined.pop("visit")
        _put(conn, "portals", ["slug"], joined, ours[slug])


def _obey_removals(conn: sqlite3.Connection) -> int:
    """What was removed anywhere is removed here."""
    asked = conn.execute(
        "select article, removals.portal, removals.key from removals join articles on id = article"
    ).fetchall()
    for article, portal, key in asked:
        forget(conn, article, portal, key)
    return len(asked)


def _hide_removed_looks(conn: sqlite3.Connection) -> None:
    """Looks at an address of a removed article point at no record, also those that read nothing."""
    addresses = (
        "(portal, url) in (select portal, url from main.removals union select r.portal, s.url "
        "from shard.addresses s join main.removals r on r.article = s.article)"
    )
    conn.execute(f"update main.captures set warc = null, offset = null where {addresses}")
    conn.execute(f"delete from main.issues where {addresses}")


def _named_on_what_stays(conn: sqlite3.Connection) -> str:
    """All but those who are named only on articles that were removed."""
    if not _count(conn, "removals"):
        return ""
    return (
        "s.id in (select author from shard.article_authors where "
        + NOT_REMOVED.format("article")
        + ")"
    )


def _with_more_to_tell(conn: sqlite3.Connection) -> set[int]:
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


def _disputed_moves(conn: sqlite3.Connection) -> set[tuple[str, str]]:
    """The articles that one of the two says have moved where the other says another has."""
    found = conn.execute(
        "select m.portal, m.first_key, s.first_key from main._moved m join shard._moved s "
        "using (portal, key) where m.first_key <> s.first_key"
    ).fetchall()
    added = conn.execute(
        "select portal, first_key from shard._moved except select portal, first_key from main._moved"
    ).fetchall()
    return {(portal, key) for portal, *keys in found for key in keys}.union(added)


def _merge_articles(conn: sqlite3.Connection) -> list[int]:
    """New articles come whole; of two readings the one seen last stays. Returns those that differ."""
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
        _join_article(conn, ident, names, listed)
    return differing


def _join_article(conn: sqlite3.Connection, ident: int, names: list[str], listed: str) -> None:
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
    stays = max(ours, theirs, key=_seen_last)
    joined = {
        **stays,
        "first_seen": min(ours["first_seen"], theirs["first_seen"]),
        "status": ours["status"],  # both are told anew from what is known together
        "revisions": ours["revisions"],
    }
    _put(conn, "articles", ["id"], joined, ours)
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


def _set_status(conn: sqlite3.Connection, ident: int) -> None:
    """Live, edited or moved by its history; gone when it was missed since it was last seen."""
    refresh_status(conn, ident)
    missing = ", ".join(f"'{reason}'" for reason in sorted(MISSING))
    conn.execute(
        "update articles set status = 'gone' where id = :id and (select count(*) >= :looks and "
        "julianday(max(fetched_at)) - julianday(min(fetched_at)) >= :days from captures as c "
        f"where c.article = :id and c.fetched_at > last_seen and (c.outcome in ({missing}) or "
        "exists (select 1 from issues as i where i.url = c.url and i.seen_at = c.fetched_at "
        f"and i.reason in ({missing}))))",
        {"id": ident, "looks": LOOKS_BEFORE_GONE, "days": DAYS_BEFORE_GONE},
    )


def _merge_frontier(conn: sqlite3.Connection) -> None:
    """Pages by their names: numbers are each archive's own."""
    names = [name for name in columns_of(conn, "_frontier") if name not in ("id", "found_on")]
    listed = ", ".join(names)

    def named(schema: str, condition: str = "true") -> str:
        return (
            f"select {', '.join(f'f.[{name}]' for name in names)}, (select l.name from "
            f"{schema}._frontier l where l.id = f.found_on) as found_name "
            f"from {schema}._frontier f where {condition} order by f.id"
        )

    conn.execute(f"create temp table theirs as {named('shard')}")
    conn.execute(f"create temp table ours as {named('main')}")
    for side in ("ours", "theirs"):
        conn.execute(f"create unique index temp.{side}_name on {side}(portal, name)")
    every = [*names, "found_name"]
    a, b = (", ".join(f"{side}.[{name}]" for name in every) for side in ("o", "t"))
    found = conn.execute(
        f"select {a}, {b} from temp.theirs t join temp.ours o using (portal, name) "
        f"where ({a}) is not ({b})"
    ).fetchall()
    conn.execute(
        f"insert into main._frontier({listed}) select {listed} from temp.theirs t where not exists "
        "(select 1 from temp.ours o where o.portal = t.portal and o.name = t.name) order by rowid"
    )
    # Links between pages once all pages are there.
    conn.execute(
        "update main._frontier set found_on = (select l.id from temp.theirs t join "
        "main._frontier l on l.portal = t.portal and l.name = t.found_name "
        "where t.portal = _frontier.portal and t.name = _frontier.name) "
        "where not exists (select 1 from temp.ours o where o.portal = _frontier.portal "
        "and o.name = _frontier.name)"
    )
    for row in found:
        ours = dict(zip(every, row[: len(every)], strict=True))
        theirs = dict(zip(every, row[len(every) :], strict=True))
        _settle(conn, RULES["_frontier"](ours, theirs), names)
    conn.execute("drop table temp.theirs")
    conn.execute("drop table temp.ours")
    # Of a page that was removed nothing is known but its address.
    conn.execute(
        "update main._frontier as f set state = 'removed', kind = 'article', url = r.url, "
        "text = '', form = '', rank = 0, page = 1, depth = 0, barren = 0, attempts = 0, hops = 0, "
        "sweep = 0, misses = 0, found_on = null, article_links = null, declared = null, "
        "digest = null, etag = null, due = null, fruit = null "
        "from main.removals as r where f.portal = r.portal and f.name = 'a:' || r.key"
    )


def _settle(conn: sqlite3.Connection, row: Row, names: Iterable[str]) -> None:
    values = [row[name] for name in names]
    conn.execute(
        f"update main._frontier set {', '.join(f'[{name}] = ?' for name in names)}, found_on = "
        "(select id from main._frontier l where l.portal = ? and l.name = ?) "
        "where portal = ? and name = ?",
        (*values, row["portal"], row["found_name"], row["portal"], row["name"]),
    )

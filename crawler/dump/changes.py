"""What a reader would note between one dump and the next: articles, rows, the tables themselves."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

from crawler.archive.history import changed, public_shape
from crawler.archive.introspect import columns_of, key_of, stored_tables
from crawler.dump.snapshot import reading

MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+!|~&])")
LISTED = 1000  # articles of a kind that are named; beyond them only their number is given
NOTED = {
    "new": "Bài mới (new)",
    "edited": "Bài được cổng sửa (edited by the portal)",
    "gone": "Bài cổng đã gỡ (taken down by the portal)",
    "back": "Bài có lại (back again)",
    "reread": "Bài được đọc lại theo quy tắc mới, cổng không sửa (read anew by newer rules, no edit)",
}


@dataclass(frozen=True, slots=True)
class Noted:
    """Articles of one kind of change: how many, and the first of them by title and address."""

    count: int
    shown: list[tuple[str | None, str]]


ARTICLES = "select title, url from main.articles where id in ({}) order by published desc, id"
KINDS = {
    "new": "select id from main.articles where id not in (select id from old.articles)",
    # A new reading by our rules is no edit; the portal's own are.
    "edited": (
        "select n.article from main.revisions n where json_extract(n.change, '$.class') = 'edit' "
        "and n.article in (select id from old.articles) and not exists (select 1 from "
        "old.revisions o where o.article = n.article and o.seen_at = n.seen_at)"
    ),
    "gone": (
        "select n.id from main.articles n join old.articles o using (id) "
        "where n.status = 'gone' and o.status <> 'gone'"
    ),
    "back": (
        "select n.id from main.articles n join old.articles o using (id) "
        "where n.status <> 'gone' and o.status = 'gone'"
    ),
    "reread": (
        "select n.article from main.revisions n where json_extract(n.change, '$.class') = "
        "'extractor' and n.article in (select id from old.articles) and not exists (select 1 from "
        "old.revisions o where (o.article, o.seen_at, o.extractor) = "
        "(n.article, n.seen_at, n.extractor))"
    ),
}


@dataclass(frozen=True, slots=True)
class Changes:
    """All that is different; nothing but new articles where there was no dump before."""

    articles: dict[str, Noted]
    removed: int = 0
    since: str = ""  # the last dump's file
    rows: dict[str, tuple[int, int, int]] = field(default_factory=dict)  # new, gone, changed
    shape: list[str] = field(default_factory=list)  # of the tables


def changes_between(old: Path | None, new: Path) -> Changes:
    """What is different since the last dump, of which only what both have can be compared."""
    with reading(new) as conn:
        if old is None:
            return Changes({"new": _noted(conn, "select id from main.articles")})
        conn.execute("attach ? as old", (f"{old.absolute().as_uri()}?mode=ro",))
        removed = conn.execute(
            # An article that had several numbers was removed once.
            "select count(distinct portal || removed_at) from main.removals where article not in "
            "(select article from old.removals)"
        ).fetchone()[0]
        noted = {kind: _noted(conn, which) for kind, which in KINDS.items()}
        tables = [table for table in stored_tables() if columns_of(conn, table, "old")]
        rows = {table: _compared(conn, table) for table in tables}
        with reading(old) as was:
            shape = changed(public_shape(was), public_shape(conn))
        return Changes(noted, removed, old.name, rows, shape)


def _noted(conn: sqlite3.Connection, which: str) -> Noted:
    count = conn.execute(f"select count(*) from main.articles where id in ({which})").fetchone()[0]
    shown = conn.execute(f"{ARTICLES.format(which)} limit {LISTED}").fetchall()
    return Noted(count, shown)


def _compared(conn: sqlite3.Connection, table: str) -> tuple[int, int, int]:
    """How many rows are new, gone, and other in a column that both dumps have."""
    there = columns_of(conn, table, "old")
    keys = key_of(conn, table)
    others = [name for name in columns_of(conn, table) if name in there and name not in keys]
    same = " and ".join(f"m.[{key}] = o.[{key}]" for key in keys)
    alone = "select count(*) from {0}.[{2}] as {3} where not exists (select 1 from {1}.[{2}] as {4} where {5})"  # fmt: skip
    new, gone = (
        conn.execute(alone.format(*sides, same)).fetchone()[0]
        for sides in (("main", "old", table, "m", "o"), ("old", "main", table, "o", "m"))
    )
    if not others:
        return new, gone, 0
    was, now = (", ".join(f"{side}.[{name}]" for name in others) for side in "om")
    (other,) = conn.execute(
        f"select count(*) from main.[{table}] m join old.[{table}] o on {same} "
        f"where ({was}) is not ({now})"
    ).fetchone()
    return new, gone, other


def changes_text(version: str, found: Changes, *, before: str | None, has_delta: bool) -> str:
    """CHANGES, as Markdown; what comes from the web is text in it. `before`: the last dump's file."""
    lines = [f"# {version}"]
    if found.since and not any(map(any, found.rows.values())):
        lines += ["", "Chỉ chương trình đổi: mọi dòng của mọi bảng vẫn như cũ (only the program "
                  "changed: every row of every table is as it was)."]  # fmt: skip
    if before and not has_delta:
        lines += ["", f"Không có tệp delta từ `{before}`: hãy tải cả bản (no delta from it: take "
                  "the whole dump)."]  # fmt: skip
    if found.shape:
        lines += ["", "## Cấu trúc bảng đổi (the structure of the tables changed)", ""]
        lines += [f"- `{line}`" for line in found.shape]
    for kind, articles in found.articles.items():
        lines += ["", f"## {NOTED[kind]}: {articles.count}", ""]
        lines += [f"- {_plain(title or '–')} <{_address(url)}>" for title, url in articles.shown]
        if (more := articles.count - len(articles.shown)) > 0:
            lines.append(f"- … và {more} bài nữa (and {more} more)")
    lines += ["", f"## Gỡ theo yêu cầu (removed on request): {found.removed}"]
    if found.rows:
        lines += ["", "## Dòng của các bảng (rows of the tables)", "",
                  "| bảng (table) | mới (new) | mất (gone) | khác (changed) |", "|---|---|---|---|"]  # fmt: skip
        lines += [f"| `{table}` | {' | '.join(map(str, row))} |" for table, row in found.rows.items()]  # fmt: skip
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    return MARKUP.sub(r"\\\1", " ".join(text.split()))


def _address(url: str) -> str:
    return re.sub(r"[\s<>]", "", url)

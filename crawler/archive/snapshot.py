"""A snapshot fit to be published: checked, without private tables, the same bytes every time."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from crawler.archive.by_date import FORGET, build_by_date
from crawler.archive.health import damage
from crawler.archive.schema import APPLICATION_ID

KEPT_SHARE = 0.9  # of the last dump's articles; fewer means that something went wrong
PAGE_SIZE = 4096


def gate(conn: sqlite3.Connection, *, least: int, before: int | None) -> list[str]:
    """Why this archive must not be published; an empty list when it may."""
    problems = damage(conn)
    count = conn.execute("select count(*) from articles").fetchone()[0]
    if count < least:
        problems.append(f"{count} articles; at least {least} are expected")
    removed = conn.execute("select count(*) from removals").fetchone()[0]
    if before is not None and count + removed < KEPT_SHARE * before:
        problems.append(f"{count} articles; the last dump had {before}")
    searchable = conn.execute("select count(*) from articles_fts_docsize").fetchone()[0]
    if searchable != count:
        problems.append(f"the search index holds {searchable} of {count} articles")
    odd = conn.execute(
        "select count(*) from articles join revisions on article = id "
        "group by id having max(seen_at) < captured_at limit 1"
    ).fetchone()
    if odd:
        problems.append("an article is newer than its newest revision")
    return problems


def day_of(conn: sqlite3.Connection) -> str:
    """The day the archive was last added to, `20250620`: a dump's date is its content's."""
    newest = conn.execute("select max(started_at) from runs").fetchone()[0] or "1970-01-01"
    return newest[:10].replace("-", "")


def write_snapshot(archive: Path, target: Path) -> None:
    """Copy the archive without its private tables."""
    target.unlink(missing_ok=True)
    conn = sqlite3.connect(f"{archive.absolute().as_uri()}?mode=ro", uri=True)
    try:
        conn.execute("vacuum into ?", (str(target),))
    finally:
        conn.close()
    conn = sqlite3.connect(target, isolation_level=None)
    try:
        conn.execute("pragma journal_mode = delete")
        private = conn.execute(
            "select name from sqlite_master where type = 'table' and name like '\\_%' escape '\\'"
        ).fetchall()
        for (name,) in private:
            conn.execute(f"drop table [{name}]")
        conn.execute("insert into articles_fts(articles_fts) values ('optimize')")
        build_by_date(conn)
        conn.execute(f"pragma application_id = {APPLICATION_ID}")
        conn.execute(f"pragma page_size = {PAGE_SIZE}")
        conn.execute("vacuum")
    finally:
        conn.close()


def public_tables(conn: sqlite3.Connection) -> list[str]:
    """The tables of a dump, those that others refer to first."""
    found = [
        name
        for (name,) in conn.execute(
            "select name from sqlite_master where type = 'table' and name not like '\\_%' escape '\\' "
            "and name not like 'articles_fts%' and name not like 'sqlite%' order by rowid"
        )
    ]
    return sorted(found, key=lambda name: name != "removals")


def columns_of(conn: sqlite3.Connection, table: str) -> dict[str, str]:
    """Stored columns and their types; generated ones are left out."""
    return {
        row[1]: row[2].lower() or "text"
        for row in conn.execute(f"pragma table_xinfo([{table}])")
        if row[6] == 0
    }


def delta(old: Path, new: Path) -> Iterator[str]:
    """SQL that turns the old dump into the new one, all public tables."""
    conn = sqlite3.connect(f"{new.absolute().as_uri()}?mode=ro", uri=True)
    try:
        conn.execute("attach ? as old", (f"{old.absolute().as_uri()}?mode=ro",))
        # The index by date is of the old dump's articles; without it the desk searches as well.
        yield f"pragma foreign_keys = off;\nbegin;\n{FORGET}"
        for table in public_tables(conn):
            names = list(columns_of(conn, table))
            listed = ", ".join(f"[{name}]" for name in names)
            values = " || ', ' || ".join(f"quote([{name}])" for name in names)
            keys = [
                row[1] for row in conn.execute(f"pragma table_info([{table}])") if row[5]
            ] or names
            where = " || ' and ' || ".join(f"'[{key}] is ' || quote([{key}])" for key in keys)
            gone = f"select {listed} from old.[{table}] except select {listed} from main.[{table}]"
            come = f"select {listed} from main.[{table}] except select {listed} from old.[{table}]"
            for (condition,) in conn.execute(f"select {where} from ({gone}) order by 1"):
                if table != "revisions" or _is_removed(conn, condition):
                    yield f"delete from [{table}] where {condition};\n"
            for (row,) in conn.execute(f"select {values} from ({come}) order by 1"):
                yield f"insert into [{table}]({listed}) values ({row});\n"
        yield "commit;\n"
    finally:
        conn.close()


def _is_removed(conn: sqlite3.Connection, condition: str) -> bool:
    """Only what was removed on request leaves the history."""
    return bool(
        conn.execute(
            f"select 1 from old.revisions where {condition} "
            "and article in (select article from main.removals)"
        ).fetchone()
    )


def changes_between(old: Path | None, new: Path) -> dict[str, list[tuple[str, str]]]:
    """New, edited and gone articles, (title, address) each, since the last dump."""
    conn = sqlite3.connect(f"{new.absolute().as_uri()}?mode=ro", uri=True)
    try:
        if old is None:
            return {"new": conn.execute("select title, url from articles order by id").fetchall()}
        conn.execute("attach ? as old", (f"{old.absolute().as_uri()}?mode=ro",))
        both = "select a.title, a.url from articles a join old.articles b using (id) where "
        return {
            "new": conn.execute(
                "select title, url from articles where id not in (select id from old.articles) order by id"
            ).fetchall(),
            "edited": conn.execute(f"{both} a.text_sha256 <> b.text_sha256 order by id").fetchall(),
            "gone": conn.execute(
                f"{both} a.status = 'gone' and b.status <> 'gone' order by id"
            ).fetchall(),
        }
    finally:
        conn.close()


def write_csv(snapshot: Path, target: Path) -> None:
    """The articles as one CSV file, without the columns that serve the search only."""
    conn = sqlite3.connect(f"{snapshot.absolute().as_uri()}?mode=ro", uri=True)
    try:
        names = [name for name in columns_of(conn, "articles") if name != "search_text"]
        with target.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(names)
            listed = ", ".join(names)
            writer.writerows(conn.execute(f"select {listed} from articles order by id"))
    finally:
        conn.close()


def count_articles(snapshot: Path) -> int:
    conn = sqlite3.connect(f"{snapshot.absolute().as_uri()}?mode=ro", uri=True)
    try:
        return conn.execute("select count(*) from articles").fetchone()[0]
    finally:
        conn.close()

"""What was captured: which looks are known, and which can be read again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crawler.parsing import split_url

PAGE = 1_000  # looks taken from the table at once


@dataclass(frozen=True, slots=True)
class Captured:
    """A kept look at an article's page, or at one that was refused."""

    portal: str
    url: str
    fetched_at: str
    path: Path
    offset: int
    digest: str | None
    article: int | None
    key: str | None
    rescued: bool = False  # out of a web archive: read by the facts of its day


def is_known(conn: sqlite3.Connection, url: str, fetched_at: str) -> bool:
    return bool(
        conn.execute(
            "select 1 from captures where url = ? and fetched_at = ?", (url, fetched_at)
        ).fetchone()
    )


def address_looked_at(conn: sqlite3.Connection, portal: str, key: str, day: str) -> str | None:
    """The address under which an article was already seen on a day."""
    row = conn.execute(
        "select captures.url from articles join captures on captures.article = articles.id "
        "where articles.portal = ? and key = ? and outcome = 'ok' "
        "and fetched_at >= ? and fetched_at < ? order by fetched_at limit 1",
        (portal, key, day, f"{day}~"),
    ).fetchone()
    return row[0] if row else None


def located(path: str, folder: Path) -> Path:
    """Where a file of captures lies: what is below the folder of captures moves along with it."""
    file = folder / path  # an absolute path stays what it is
    if Path(path).is_absolute() and not file.exists() and (folder / file.name).exists():
        return folder / file.name
    return file


def place_of(
    conn: sqlite3.Connection, folder: Path, url: str, fetched_at: str
) -> tuple[Path, int] | None:
    """Where the answer of a look is kept, if its file is known here."""
    row = conn.execute(
        "select path, offset from captures join _warcs on _warcs.name = captures.warc "
        "where url = ? and fetched_at = ?",
        (url, fetched_at),
    ).fetchone()
    return (located(row[0], folder), row[1]) if row else None


def captured_at(
    conn: sqlite3.Connection, folder: Path, article: int, fetched_at: str
) -> Captured | None:
    """The kept look at an article of a moment, if its file is known here."""
    row = conn.execute(
        "select captures.portal, captures.url, fetched_at, path, offset, digest, articles.id, key, "
        "source is not null from captures join _warcs on _warcs.name = captures.warc "
        "join articles on articles.id = captures.article "
        "where captures.article = ? and fetched_at = ? and outcome = 'ok'",
        (article, fetched_at),
    ).fetchone()
    if row is None:
        return None
    portal, url, seen, path, *rest = row
    return Captured(portal, url, seen, located(path, folder), *rest)


def readable(
    conn: sqlite3.Connection,
    folder: Path,
    after: tuple[str, str] = ("", ""),
    *,
    refused: bool = False,
) -> Iterator[Captured]:
    """Every kept look at an article, oldest first, after a date and address; refused pages too
    when they are wanted. A removed article's looks lead nowhere.
    """
    wanted = "captures.article is not null"
    if refused:
        wanted += (
            " or exists (select 1 from issues where issues.url = captures.url "
            "and seen_at = fetched_at and issues.article is null)"
        )
    files: dict[str, Path] = {}
    while True:
        rows = conn.execute(
            "select captures.portal, captures.url, fetched_at, path, offset, digest, articles.id, "
            "key, source is not null from captures join _warcs on _warcs.name = captures.warc "
            "left join articles on articles.id = captures.article "
            f"where outcome = 'ok' and (fetched_at, captures.url) > (?, ?) and ({wanted}) "
            "order by fetched_at, captures.url limit ?",
            (*after, PAGE),
        ).fetchall()
        for portal, url, fetched_at, path, *rest in rows:
            if path not in files:
                files[path] = located(path, folder)
            yield Captured(portal, url, fetched_at, files[path], *rest)
        if len(rows) < PAGE:
            return
        after = rows[-1][2], rows[-1][1]


def host_of(url: str) -> str:
    """The machine of an address; with and without `www.` are one."""
    return (split_url(url).hostname or "").removeprefix("www.")


def sold_domains(conn: sqlite3.Connection, portal: str) -> dict[str, str]:
    """Host → from when its domain had another owner, as far as a rescue has seen."""
    return dict(
        conn.execute("select host, since from _rescue_sold where portal = ?", (portal,)).fetchall()
    )


def count_unreadable(conn: sqlite3.Connection) -> int:
    """Looks at articles whose WARC file is not known here, as in a downloaded dump."""
    return conn.execute(
        "select count(*) from captures where outcome = 'ok' and article is not null "
        "and (warc is null or warc not in (select name from _warcs))"
    ).fetchone()[0]


def remember_warc(conn: sqlite3.Connection, path: Path, folder: Path) -> str:
    """Note where a file of captures lies; returns the name under which looks refer to it.

    That is the file's own, or with its folder's before it when another file has that already.
    """
    path = path.absolute()
    for parts in range(1, len(path.parts)):
        name = "/".join(path.parts[-parts:])
        row = conn.execute("select path from _warcs where name = ?", (name,)).fetchone()
        known = located(row[0], folder).absolute() if row else None
        if known is None or known == path or not _are_two(known, path):
            break
    conn.execute(
        "insert or replace into _warcs(name, path) values (?, ?)", (name, relative(path, folder))
    )
    return name


def relative(path: Path, folder: Path) -> str:
    """A file's path from the folder of captures; the whole path of one that lies elsewhere."""
    path, folder = path.absolute(), folder.absolute()
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path)


def settle_paths(conn: sqlite3.Connection, folder: Path) -> None:
    """Make paths that earlier releases wrote out in full follow the folder of captures.

    A file that is not where it was, and lies in the folder under its name, has moved there.
    """
    moved = []
    for name, path in conn.execute("select name, path from _warcs where path like '/%'"):
        if (here := relative(located(path, folder), folder)) != path:
            moved.append((here, name))
    conn.executemany("update _warcs set path = ? where name = ?", moved)


def _are_two(known: Path, given: Path) -> bool:
    """Whether both are there and are not one file: a file that has moved is still the same."""
    return known.exists() and not known.samefile(given)

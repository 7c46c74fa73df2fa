"""Kept files: what a document's page shows, and where the bytes lie."""

from __future__ import annotations

import os
import sqlite3
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.archive.captures import located
from crawler.archive.files.carried import DEAD
from crawler.captures.content import kept_content
from crawler.parsing import read_json
from publish.desk.queries.columns import has_files
from publish.desk.query_parser import Marks
from publish.desk.render.highlight import Piece, marked, passage, together

SEARCHED = 400_000  # characters of a document in which a passage is looked for
PAGES_SHOWN = 20
MOST_CARRIERS = 50
LETTERHEAD = 1_500  # characters in which it ends
_OF_THE_HEAD = ("number", "symbol", "kind", "body", "issued")
_FACTS = ("number", "symbol", "kind", "body", "issued", "signer", "subject")


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A document as it stands in a list of hits."""

    sha256: str
    name: list[Piece]
    type: str
    page: int | None
    passage: list[Piece]
    text_from: str
    article: int
    article_title: str
    published: str | None
    others: int  # further articles that carry it

    @property
    def paged_by(self) -> str:
        return paged_by(self.type)


def paged_by(kind: str) -> str:
    """What the pages of a document of that type are called."""
    return "slide_of" if "presentation" in kind or "powerpoint" in kind else "page_of"


def found_files(
    conn: sqlite3.Connection, numbers: list[int], pattern: Marks | None
) -> list[FoundFile]:
    """These documents in this order, with the passage that answers, and the page it stands on."""
    found = [_found(conn, number, pattern) for number in numbers]
    return [one for one in found if one is not None]


def _found(conn: sqlite3.Connection, number: int, pattern: Marks | None) -> FoundFile | None:
    row = conn.execute(
        "select sha256, coalesce(title, ''), name, type, text_from, page_starts, "
        f"substr(text, 1, {SEARCHED}) from files where number = ?",
        (number,),
    ).fetchone()
    if row is None:
        return None
    sha256, title, name, kind, text_from, starts, text = row
    carriers = conn.execute(
        "select distinct a.id, coalesce(a.title, ''), a.published from article_files "
        "join articles as a on a.id = article where file = ? order by a.published desc, a.id",
        (sha256,),
    ).fetchall()
    if not carriers:
        return None
    text = text or ""
    count, at = together(text, pattern)
    if count:
        pieces = passage(text, pattern, at, " ")
    else:  # only what it is called answers
        pieces = _about(conn, sha256, title if title != name else "", text, pattern)
    pages = page_starts(starts)
    article, article_title, published = carriers[0]
    return FoundFile(
        sha256, marked(name or title, pattern), kind,
        bisect_right(pages, at) if len(pages) > 1 and count else None,
        pieces, text_from or "none", article, article_title, published, len(carriers) - 1,
    )  # fmt: skip


def _about(
    conn: sqlite3.Connection, sha256: str, title: str, text: str, pattern: Marks | None
) -> list[Piece]:
    """Of a document whose text has none of the words: its title that has, else its subject.

    Where it tells none, what stands behind its letterhead, which is the same on all of them.
    """
    if title and pattern and pattern.spans(title, 1):
        return marked(title, pattern)
    row = conn.execute("select subject, raws from documents where file = ?", (sha256,)).fetchone()
    if row is None:
        return passage(text, pattern, 0, " ")
    if row[0]:
        return passage(row[0], pattern, 0, " ")
    told = read_json(row[1])
    begin = 0
    for name, raw in told.items() if isinstance(told, dict) else ():
        printed = _printed(raw)["raw"]
        last = printed.split("\n")[-1] if printed and name in _OF_THE_HEAD else ""
        place = text.find(last, 0, LETTERHEAD) if last else -1
        begin = max(begin, place + len(last)) if place >= 0 else begin
    return passage(text[begin:].lstrip(), pattern, 0, " ")


def page_starts(stored: str | None) -> list[int]:
    """Where each page begins in the text; one page when nothing is known."""
    told = read_json(stored) if stored else None
    return [int(at) for at in told] if isinstance(told, list) and told else [0]


def page_numbers(stored: str | None) -> set[int]:
    """Pages whose words were recognised, not printed."""
    told = read_json(stored) if stored else None
    return {int(number) for number in told} if isinstance(told, list) else set()


def file_row(conn: sqlite3.Connection, sha256: str) -> dict[str, Any] | None:
    if not has_files(conn):
        return None
    cursor = conn.execute("select * from files where sha256 = ?", (sha256,))
    row = cursor.fetchone()
    return dict(zip((c[0] for c in cursor.description), row, strict=True)) if row else None


def pages(file: dict[str, Any], first: int) -> list[tuple[int, str]]:
    """So many pages of the text from one on, each with its number."""
    text, starts = file["text"] or "", page_starts(file["page_starts"])
    ends = [*starts[1:], len(text)]
    return [
        (number, text[starts[number - 1] : ends[number - 1]].strip())
        for number in range(first, min(first + PAGES_SHOWN, len(starts) + 1))
    ]


def facts(conn: sqlite3.Connection, sha256: str) -> list[dict[str, Any]]:
    """What the document says of itself: each value with what is printed, and on which page."""
    row = conn.execute(
        f"select {', '.join(_FACTS)}, raws from documents where file = ?", (sha256,)
    ).fetchone()
    if row is None:
        return []
    told = read_json(row[-1])
    raws = told if isinstance(told, dict) else {}
    return [
        {"name": name, "value": value, **_printed(raws.get(name))}
        for name, value in zip(_FACTS, row, strict=False)
        if value is not None
    ]


def _printed(raw: Any) -> dict[str, Any]:
    known = raw if isinstance(raw, dict) else {}
    return {"raw": known.get("raw"), "page": known.get("page")}


def carriers(conn: sqlite3.Connection, sha256: str) -> list[dict[str, Any]]:
    """The articles that show it, or once did, and under which address."""
    cursor = conn.execute(
        "select a.id, a.title, a.published, p.department, c.url, c.first_seen, c.last_seen, "
        "coalesce(t.label, i.caption) as label, "
        "coalesce(t.file, i.file) is c.file as shown from article_files as c "
        "join articles as a on a.id = c.article join portals as p on p.slug = a.portal "
        "left join attachments as t on t.article = c.article and t.url = c.url "
        "left join images as i on i.article = c.article and i.url = c.url "
        "where c.file = ? group by a.id, c.url order by a.published desc, a.id limit ?",
        (sha256, MOST_CARRIERS),
    )
    keys = [column[0] for column in cursor.description]
    return [dict(zip(keys, row, strict=True)) | {"dead": is_dead(conn, row[4])} for row in cursor]


def versions(conn: sqlite3.Connection, sha256: str) -> list[dict[str, Any]]:
    """What else stood, before it or after it, at an address where this stood; oldest first."""
    cursor = conn.execute(
        "select distinct other.file, other.url, min(other.first_seen) as first_seen, "
        "max(other.last_seen) as last_seen, files.bytes, files.name from article_files as own "
        "join article_files as other on other.article = own.article and other.url = own.url "
        "join files on files.sha256 = other.file where own.file = ? "
        "group by other.file, other.url order by other.url, 3",
        (sha256,),
    )
    keys = [column[0] for column in cursor.description]
    found = [dict(zip(keys, row, strict=True)) for row in cursor]
    return found if len({row["file"] for row in found}) > 1 else []


def is_dead(conn: sqlite3.Connection, url: str) -> bool:
    """Whether the last look at an address found nothing there any more."""
    row = conn.execute(
        "select outcome from captures where url = ? order by fetched_at desc limit 1", (url,)
    ).fetchone()
    return bool(row and row[0] in DEAD)


def captures_folder() -> Path:
    """Where WARC files lie: KHCN_CAPTURES, or `captures` where the site was started."""
    return Path(os.environ.get("KHCN_CAPTURES") or "captures")


def content_of(conn: sqlite3.Connection, file: dict[str, Any]) -> bytes | None:
    """The kept bytes, proved by their hash; None when the file of captures is not here."""
    name, folder = file["warc"], captures_folder()
    if not name or file["offset"] is None:
        return None
    path = folder / Path(name).name
    if conn.execute("select 1 from sqlite_master where name = '_warcs'").fetchone():
        row = conn.execute("select path from _warcs where name = ?", (name,)).fetchone()
        if row:
            path = located(row[0], folder)
    return kept_content(path, file["offset"], file["sha256"])

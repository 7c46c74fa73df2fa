"""Articles as they stand in a list: no whole bodies, only the passage that is shown."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from publish.desk.queries.portals import Place
from publish.desk.query_parser import Marks
from publish.desk.render.highlight import Piece, marked, passage, together

SEARCHED = 60_000  # characters of a text in which a passage is looked for


@dataclass(frozen=True, slots=True)
class Listed:
    id: int
    title: list[Piece]
    published: str | None
    section: str | None
    status: str
    place: Place | None
    passage: list[Piece]


def listed(
    conn: sqlite3.Connection,
    articles: list[int],
    known: dict[str, Place],
    pattern: Marks | None = None,
) -> list[Listed]:
    """These articles in this order, with the passage that answers the question."""
    if not articles:
        return []
    length = SEARCHED if pattern else 400
    rows = conn.execute(
        "select id, title, published, section, status, portal, summary, "
        f"substr(text, 1, {length}) from articles "
        f"where id in ({', '.join(str(ident) for ident in articles)})"
    )
    found = {row[0]: _listed(row, known, pattern) for row in rows}
    return [found[ident] for ident in articles if ident in found]


def _listed(row: Any, known: dict[str, Place], pattern: Any) -> Listed:
    ident, title, published, section, status, portal, summary, text = row
    source = summary or text or ""
    words, start = together(source, pattern)
    if summary and text and pattern and words < len(pattern.ways):
        # The summary, unless more of the words stand together in the text.
        more, there = together(text, pattern)
        source, start = (text, there) if more > words else (summary, start)
    return Listed(
        id=ident,
        title=marked(" ".join((title or "").split()), pattern),
        published=published,
        section=(section or "").rpartition(" > ")[2] or None,
        status=status,
        place=known.get(portal),
        passage=passage(source, pattern, start),
    )

"""A page that answers for a known article with next to nothing of it is no new version of it."""

from __future__ import annotations

import re
import sqlite3
from itertools import pairwise

from crawler.items import Article

KNOWN = 200  # characters of a text that can shrink
SHARE = 0.2  # of it: what is left by an empty frame, an error's words, a box with the weather
OWN = 0.5  # of the words left that the article had: it was cut short by its editors


def shrunk(conn: sqlite3.Connection, ident: int, article: Article, seen: str) -> str | None:
    """`1234 → 38 characters` when a reading is a frame without the article; None otherwise."""
    row = conn.execute(
        "select text, coalesce(summary, '') from articles where id = ? and last_seen < ?",
        (ident, seen),
    ).fetchone()
    if row is None:
        return None
    known, said = "\n".join(row), f"{article.text}\n{article.summary or ''}"
    if len(row[0]) < KNOWN or len(said) >= SHARE * len(known):
        return None
    words, had = _words(said), set(_words(known))
    if words and sum(word in had for word in words) > OWN * len(words):
        return None
    return f"{len(known)} → {len(said.strip())} characters"


def _words(text: str) -> list[tuple[str, ...]]:
    """Pairs of neighbouring words: single ones stand in any text."""
    words = re.findall(r"\w+", text.casefold())
    return list(pairwise(words))

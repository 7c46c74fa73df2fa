"""`3 giờ trước` is told from the moment of each look: the first look's day is the article's."""

from __future__ import annotations

import sqlite3

from crawler.archive.articles.revisions import version_after, version_before
from crawler.items import Article, Precision

RELATIVE = "date_relative"
PRECISIONS: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}


def keep_day(conn: sqlite3.Connection, ident: int, seen: str, article: Article) -> None:
    """Give a look whose date is relative the day that is known from another."""
    if not any(note.startswith(RELATIVE) for note in article.notes):
        return
    # A look that comes in late, from an older capture, takes the day of the next one.
    beside = version_before(conn, ident, seen) or version_after(conn, ident, seen)
    known = beside.fields["published"] if beside else None
    if known and known != article.published:
        article.published = known
        article.published_precision = PRECISIONS.get(len(known), "minute")

"""What an article lost between two looks: a sign that its page has another form."""

from __future__ import annotations

import sqlite3

SHORT = 0.4  # of the length a text had, or usually has: shorter is a loss


def note_losses(conn: sqlite3.Connection, article: int, seen_at: str) -> None:
    """An issue for each value that the version before this look had and this one has not."""
    rows = conn.execute(
        "select published, byline, text from revisions where article = ? and seen_at <= ? "
        "order by seen_at desc, rowid desc limit 2",
        (article, seen_at),
    ).fetchall()
    if len(rows) < 2:
        return
    now, before = rows
    lost = [name for at, name in enumerate(("published", "byline")) if before[at] and not now[at]]
    if len(now[2]) < SHORT * len(before[2]):
        lost.append("text")
    conn.executemany(
        "insert into issues(url, seen_at, reason, portal, detail, article) "
        "select url, :seen, 'lost_' || :name, portal, '', id from articles where id = :id "
        "on conflict do nothing",
        [{"seen": seen_at, "name": name, "id": article} for name in lost],
    )

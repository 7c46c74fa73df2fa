"""What two archives keep of files, after their rows were joined."""

from __future__ import annotations

import sqlite3

from crawler.archive.files.keep import TABLES, latest_file


def settle_files(conn: sqlite3.Connection) -> None:
    """Let articles point to what was seen last, and keep nothing of articles that were removed."""
    for table in TABLES:
        newest = latest_file(table)
        conn.execute(f"update {table} set file = {newest} where file is not {newest}")
    conn.execute(
        "insert or ignore into main._removed(portal, name, article) select r.portal, s.url, r.article "
        "from shard.article_files as s join main.removals as r on r.article = s.article "
        "where s.url not in (select url from main.article_files)"
    )
    # A file belongs to articles; those of this one may all have been removed.
    orphaned = "not in (select file from main.article_files)"
    conn.execute(f"delete from main.documents where file {orphaned}")
    conn.execute(f"delete from main.files where sha256 {orphaned}")

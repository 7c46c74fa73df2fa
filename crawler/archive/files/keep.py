"""A look at a file, put down: its capture, its content once, and who carries it since when."""

from __future__ import annotations

import sqlite3
from typing import Literal, NamedTuple

from crawler.archive.articles.changes import Change
from crawler.archive.articles.revisions import note_exchange
from crawler.archive.files.names import file_name
from crawler.archive.files.queue import FileVisit, carrier_of, settle_file
from crawler.archive.ids import stable_id
from crawler.items import Capture, FileLook

Kept = Literal["new", "known", "exchanged", "absent", "refused", "redirect"]

TABLES = ("attachments", "images")


class Original(NamedTuple):
    """The look that a content was first kept of."""

    sha256: str
    url: str
    seen_at: str


def original_of(conn: sqlite3.Connection, digest: str) -> Original | None:
    """Where the very bytes are kept, as far as any captures hold them."""
    row = conn.execute(
        "select sha256, url, first_seen from files where sha256 = ? and warc is not null", (digest,)
    ).fetchone()
    return Original(*row) if row else None


def save_file(conn: sqlite3.Connection, visit: FileVisit, look: FileLook, now: str) -> Kept:
    """Write everything that a look at a file yielded; the caller holds the transaction."""
    capture = look.capture
    _put_capture(conn, look)
    settle_file(conn, visit, look, now)
    if capture.outcome == "redirect":
        return "redirect"
    if capture.outcome == "not_modified":
        _still_there(conn, visit.address, capture.fetched_at)
        return "known"
    if look.type is None or capture.digest is None:
        _put_issue(conn, visit, look)
        return "absent" if capture.outcome != "ok" else "refused"
    name = file_name(visit.address, visit.text, look.disposition)
    is_new = put_file(conn, capture, name=name, kind=look.type, size=len(look.content))
    exchanged = carry(conn, visit.address, capture.digest, capture.fetched_at)
    return "exchanged" if exchanged else "new" if is_new else "known"


def put_file(
    conn: sqlite3.Connection, capture: Capture, *, name: str, kind: str, size: int
) -> bool:
    """One row a content; its place is that of the earliest look. Whether it is new."""
    stored = conn.execute(
        "select first_seen from files where sha256 = ?", (capture.digest,)
    ).fetchone()
    if stored is None:
        conn.execute(
            "insert into files(sha256, number, name, url, type, bytes, warc, offset, first_seen, "
            "last_seen) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                capture.digest, stable_id(capture.digest or ""), name, capture.url, kind, size, capture.warc, capture.offset,
                capture.fetched_at, capture.fetched_at,
            ),
        )  # fmt: skip
        return True
    conn.execute(
        "update files set last_seen = max(last_seen, ?) where sha256 = ?",
        (capture.fetched_at, capture.digest),
    )
    if capture.fetched_at < stored[0] and capture.warc:
        conn.execute(
            "update files set first_seen = ?, url = ?, warc = ?, offset = ? where sha256 = ?",
            (capture.fetched_at, capture.url, capture.warc, capture.offset, capture.digest),
        )
    return False


def carry(conn: sqlite3.Connection, address: str, sha256: str, seen: str) -> bool:
    """Note which articles show this content under that address; whether one had another before.

    That is a version of the article: "the attached decision was exchanged", both kept.
    """
    exchanged = False
    for table in TABLES:
        rows = conn.execute(
            f"select distinct article from {table} where url = ? order by article", (address,)
        ).fetchall()
        for (article,) in rows:
            known = conn.execute(
                "select 1 from article_files where (article, url, file) = (?, ?, ?) "
                "and ? between first_seen and last_seen",
                (article, address, sha256, seen),
            ).fetchone()
            if known:
                continue
            before = conn.execute(
                "select file from article_files where article = ? and url = ? and last_seen < ? "
                "order by last_seen desc limit 1",
                (article, address, seen),
            ).fetchone()
            conn.execute(
                "insert into article_files(article, url, file, first_seen, last_seen) "
                "values (:article, :url, :file, :seen, :seen) on conflict do update set "
                "first_seen = min(first_seen, :seen), last_seen = max(last_seen, :seen)",
                {"article": article, "url": address, "file": sha256, "seen": seen},
            )
            if before and before[0] != sha256:
                change = Change((table,), "edit", files=((address, before[0], sha256),))
                note_exchange(conn, article, seen, change)
                exchanged = True
        conn.execute(f"update {table} set file = {latest_file(table)} where url = ?", (address,))
    return exchanged


def latest_file(table: str) -> str:
    """SQL for what stands at the address of a table's row, as last seen."""
    return (
        f"(select newest.file from article_files as newest where newest.article = {table}.article "
        f"and newest.url = {table}.url order by newest.last_seen desc, newest.file limit 1)"
    )


def point_to_files(conn: sqlite3.Connection, article: int) -> None:
    """Let an article's documents and pictures point to what is kept of their addresses."""
    for table in TABLES:
        conn.execute(
            "insert into article_files(article, url, file, first_seen, last_seen) "
            f"select {table}.article, {table}.url, known.file, known.first_seen, known.last_seen "
            f"from {table} join article_files as known on known.rowid = (select rowid from "
            f"article_files as other where other.url = {table}.url order by last_seen desc limit 1) "
            f"where {table}.article = ? on conflict do nothing",
            (article,),
        )
        conn.execute(
            f"update {table} set file = {latest_file(table)} where article = ?", (article,)
        )


def points_rightly(conn: sqlite3.Connection, article: int) -> bool:
    """Whether an article's documents and pictures point to what is kept: nothing would change."""
    return not any(
        conn.execute(
            f"select 1 from {table} join article_files as known on known.rowid = (select rowid from "
            f"article_files as other where other.url = {table}.url order by last_seen desc limit 1) "
            f"where {table}.article = :article and not exists (select 1 from article_files as own "
            f"where own.article = {table}.article and own.url = known.url and own.file = known.file) "
            f"union all select 1 from {table} where article = :article "
            f"and file is not {latest_file(table)} limit 1",
            {"article": article},
        ).fetchone()
        for table in TABLES
    )


def _put_capture(conn: sqlite3.Connection, look: FileLook) -> None:
    capture = look.capture
    conn.execute(
        "insert into captures(url, fetched_at, portal, status, outcome, location, warc, offset, "
        "digest, etag, last_modified) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "on conflict(url, fetched_at) do nothing",
        (
            capture.url, capture.fetched_at, look.portal, capture.status, capture.outcome,
            capture.location, capture.warc, capture.offset, capture.digest, capture.etag,
            capture.last_modified,
        ),
    )  # fmt: skip


def _still_there(conn: sqlite3.Connection, address: str, seen: str) -> None:
    """The server says that the file is the one it was."""
    rows = conn.execute(
        "update article_files set last_seen = max(last_seen, :seen) where url = :url and last_seen = "
        "(select max(last_seen) from article_files where url = :url) returning file",
        {"url": address, "seen": seen},
    ).fetchall()
    conn.executemany(
        "update files set last_seen = max(last_seen, ?) where sha256 = ?",
        [(seen, file) for (file,) in rows],
    )


def _put_issue(conn: sqlite3.Connection, visit: FileVisit, look: FileLook) -> None:
    """Why there is no file, with the article that says there is one."""
    capture = look.capture
    reason, detail = capture.outcome, capture.detail or str(capture.status or "")
    if look.refusal:
        reason, detail = look.refusal.reason, look.refusal.detail
    conn.execute(
        "insert into issues(url, seen_at, reason, portal, detail, article) "
        "values (?, ?, ?, ?, ?, ?) on conflict do nothing",
        (
            capture.url, capture.fetched_at, reason, look.portal, detail,
            carrier_of(conn, visit.address),
        ),
    )  # fmt: skip

"""What is put down of a look whatever it came to: the capture, and what was wrong with it."""

from __future__ import annotations

import sqlite3

from crawler.items import Page


def save_capture(conn: sqlite3.Connection, page: Page, article: int | None) -> None:
    """What was asked for, when, and what came; a replayed look is the row that it was."""
    capture = page.capture
    conn.execute(
        "insert into captures(url, fetched_at, portal, status, outcome, article, location, "
        "warc, offset, digest, etag, last_modified, via, source, source_url, source_digest) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict(url, fetched_at) do nothing",
        (
            capture.url,
            capture.fetched_at,
            page.portal,
            capture.status,
            capture.outcome,
            article,
            capture.location,
            capture.warc,
            capture.offset,
            capture.digest,
            capture.etag,
            capture.last_modified,
            page.via,
            capture.source,
            capture.source_url,
            capture.source_digest,
        ),
    )


def save_issues(conn: sqlite3.Connection, page: Page, article: int | None) -> None:
    """Each refusal, each failed look and each thing worth knowing about a value is a row."""
    found = [
        note.partition(": ")[::2]
        for note in (
            *page.capture.notes,
            *(page.reading.article.notes if page.reading.article else ()),
        )
    ]
    if page.reading.unmatched:
        found.append(("pattern_unmatched", page.reading.unmatched))
    if page.reading.refusal:
        found.append((page.reading.refusal.reason, page.reading.refusal.detail))
    elif page.capture.outcome not in ("ok", "redirect", "not_modified"):
        found.append((page.capture.outcome, page.capture.detail or str(page.capture.status or "")))
    for reason, detail in found:
        conn.execute(
            "insert into issues(url, seen_at, reason, portal, detail, article) "
            "values (?, ?, ?, ?, ?, ?) on conflict do nothing",
            (page.capture.url, page.capture.fetched_at, reason, page.portal, detail, article),
        )

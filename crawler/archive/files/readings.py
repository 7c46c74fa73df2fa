"""What was read in the files: which wait for it, and what came of it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from crawler.archive.captures import located
from crawler.document_pool import FileJob
from crawler.documents.model import DocumentReading
from crawler.text.search_text import search_text

SCANNED = "no_text_layer"  # a scan whose words only recognition finds


def waiting(
    conn: sqlite3.Connection,
    folder: Path,
    portals: Sequence[str],
    *,
    ocr: bool = False,
    again: bool = False,
    after: int = 0,
    most: int = 100,
) -> list[tuple[int, FileJob]]:
    """Files to be read, in the order of their numbers; those of some portals, or of all.

    `ocr`: also scans that were read without recognition; `again`: all of them once more.
    """
    wanted = "text_from is null"
    if ocr:
        wanted += f" or (problem = '{SCANNED}' and text_from = 'none')"
    if again:
        wanted = "true"
    marks = ", ".join("?" * len(portals))
    carried = (
        "and exists (select 1 from article_files join articles on articles.id = article "
        f"where file = sha256 and portal in ({marks})) "
        if portals
        else ""
    )
    rows = conn.execute(
        "select number, sha256, files.name, type, url, path, offset, "
        "exists (select 1 from attachments where file = sha256) from files "
        "left join _warcs on _warcs.name = files.warc "
        f"where ({wanted}) {carried}and number > ? order by number limit ?",
        (*portals, after, most),
    )
    return [
        (
            number,
            FileJob(
                sha256,
                located(path, folder) if path else None,
                offset or 0,
                name or "",
                kind,
                url,
                ocr,
            ),
        )
        for number, sha256, name, kind, url, path, offset, attached in rows
    ]


def count_waiting(conn: sqlite3.Connection) -> tuple[int, int]:
    """How many files nobody has read, and how many scans wait for recognition."""
    return conn.execute(
        "select count(*) filter (where text_from is null), "
        f"count(*) filter (where problem = '{SCANNED}' and text_from = 'none') from files"
    ).fetchone()


def save_reading(
    conn: sqlite3.Connection, sha256: str, reading: DocumentReading, *, located: bool
) -> None:
    """Put down what was read in a file; the caller holds the transaction."""
    name = conn.execute("select name from files where sha256 = ?", (sha256,)).fetchone()
    if name is None:
        return  # removed meanwhile
    conn.execute(
        "update files set type = ?, pages = ?, language = ?, title = ?, author = ?, created = ?, "
        "text = ?, text_from = ?, page_starts = ?, ocr_pages = ?, confidence = ?, problem = ?, "
        "located = ?, search_text = ? where sha256 = ?",
        (
            reading.media_type, reading.pages, reading.language, reading.title, reading.author,
            reading.created, reading.text, reading.text_from, _list(reading.page_starts),
            _list(reading.ocr_pages), reading.confidence, reading.problem, located,
            search_text(reading.title, name[0], reading.text, None), sha256,
        ),
    )  # fmt: skip
    conn.execute("delete from documents where file = ?", (sha256,))
    facts = reading.facts
    if facts is None or not facts.raws:
        return
    printed = {
        name: {"raw": raw, "page": facts.places.get(name)} for name, raw in facts.raws.items()
    }
    conn.execute(
        "insert into documents(file, number, symbol, kind, body, issued, signer, subject, raws) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            sha256, facts.number, facts.symbol, facts.kind, facts.body, facts.issued, facts.signer,
            facts.subject, json.dumps(printed, ensure_ascii=False),
        ),
    )  # fmt: skip


def _list(numbers: tuple[int, ...]) -> str | None:
    return json.dumps(numbers) if numbers else None

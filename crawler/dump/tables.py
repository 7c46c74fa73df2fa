"""Tables as CSV and Parquet, and files compressed. The only user of pyarrow."""

from __future__ import annotations

import csv
import importlib.util
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import zstandard

from crawler.archive.introspect import columns_of, key_of
from crawler.dump.date_index import NEWEST_FIRST
from crawler.dump.snapshot import reading

LEVEL = 9  # of zstandard; 12 takes 2.5 times as long for 7 per cent; fixed, so that the same bytes come out
# Of a Parquet row group: what is held in memory at once, and what is read for the sake of one row.
ROWS, LONG_ROWS = 20_000, 1000
# What places a row in time, the first that a table has.
MOMENTS = ("seen_at", "fetched_at", "started_at", "removed_at", "first_seen", "captured_at")
# A cell that begins so is a formula to a spreadsheet; an apostrophe before it makes it text.
# Excel takes the wide forms for the narrow ones.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
FOR_SEARCH = "search_text"  # the text once more, without accents: of use to the index only


def file_columns(conn: sqlite3.Connection, table: str) -> dict[str, str]:
    """The columns of a table's own files, and their types."""
    types = columns_of(conn, table)
    return {name: kind for name, kind in types.items() if name != FOR_SEARCH}


def write_csv(snapshot: Path, table: str, target: Path) -> None:
    """A table by RFC 4180, UTF-8, with formulas made harmless."""
    with reading(snapshot) as conn, target.open("w", encoding="utf-8", newline="") as file:
        names = list(file_columns(conn, table))
        writer = csv.writer(file)
        writer.writerow(names)
        for rows in _rows(conn, table, names):
            writer.writerows([harmless(cell) for cell in row] for row in rows)


def harmless(cell: Any) -> Any:
    """The cell, as text where a spreadsheet would run it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def can_write_parquet() -> bool:
    return importlib.util.find_spec("pyarrow") is not None


def write_parquet(snapshot: Path, table: str, target: Path) -> None:
    """A table as one Parquet file, values as they are, in groups of rows that lie close in time.

    Who asks over HTTP for a year or a portal reads the end of the file and the groups that matter.
    """
    import pyarrow
    from pyarrow import parquet

    kinds = {"integer": pyarrow.int64(), "real": pyarrow.float64()}
    with reading(snapshot) as conn:
        columns = file_columns(conn, table)
        schema = pyarrow.schema(
            [(name, kinds.get(kind, pyarrow.string())) for name, kind in columns.items()]
        )
        with parquet.ParquetWriter(target, schema, compression="zstd") as writer:
            for rows in _rows(conn, table, list(columns)):
                values = zip(*rows, strict=True)
                arrays = [
                    pyarrow.array(column, type=field.type)
                    for column, field in zip(values, schema, strict=True)
                ]
                writer.write_batch(pyarrow.record_batch(arrays, schema=schema))


def _rows(
    conn: sqlite3.Connection, table: str, names: list[str]
) -> Iterator[list[tuple[Any, ...]]]:
    """A table's rows in the order of time, some at a time."""
    listed = ", ".join(f"[{name}]" for name in names)
    cursor = conn.execute(f"select {listed} from [{table}] order by {in_time(conn, table)}")
    while rows := cursor.fetchmany(LONG_ROWS if "text" in names else ROWS):
        yield rows


def in_time(conn: sqlite3.Connection, table: str) -> str:
    """The newest first, by a table's own moment or by its article; else by its key."""
    columns, keys = columns_of(conn, table), key_of(conn, table)
    last = ", ".join(f"[{key}]" for key in keys)
    if table == "articles":
        return NEWEST_FIRST
    if moment := next((name for name in MOMENTS if name in columns), None):
        return f"[{moment}] desc, {last}"
    if "article" in columns:  # the rows of a dump's articles follow each other in time
        return f"(select rowid from articles where id = [{table}].article), {last}"
    return last


def compress(path: Path, target: Path) -> None:
    with path.open("rb") as source, target.open("wb") as file:
        zstandard.ZstdCompressor(
            level=LEVEL, write_content_size=True, write_checksum=True
        ).copy_stream(source, file, size=path.stat().st_size)

"""The articles and the documents as CSV and Parquet, and files compressed. The only user of pyarrow."""

from __future__ import annotations

import csv
import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import zstandard

from crawler.archive.introspect import columns_of
from crawler.dump.snapshot import reading

LEVEL = 12  # of zstandard; fixed, so that the same bytes come out
ROWS = 1000  # of a Parquet row group: what is held in memory at once
# A cell that begins so is a formula to a spreadsheet; an apostrophe before it makes it text.
# Excel takes the wide forms for the narrow ones.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
FOR_SEARCH = "search_text"  # the text once more, without accents: of use to the index only


# Of a file and of what it says of itself, in one row.
OF_FILES = (
    "sha256", "name", "url", "type", "bytes", "pages", "language", "title", "author", "created",
    "text_from", "confidence", "problem", "first_seen", "last_seen", "text",
)  # fmt: skip
OF_DOCUMENTS = ("number", "symbol", "kind", "body", "issued", "signer", "subject")


@dataclass(frozen=True, slots=True)
class Export:
    """What one file holds: its columns with their types, and the question that gives its rows."""

    table: str
    columns: dict[str, str]
    sql: str


def exports(snapshot: Path) -> list[Export]:
    """The articles, and the documents that are no pictures, each in the order of its key."""
    with reading(snapshot) as conn:
        articles = columns_of(conn, "articles")
        files, said = columns_of(conn, "files"), columns_of(conn, "documents")
    articles.pop(FOR_SEARCH)
    documents = {name: files[name] for name in OF_FILES}
    documents |= {name: said[name] for name in OF_DOCUMENTS}
    listed = ", ".join(f"[{name}]" for name in articles)
    both = [*(f"files.[{name}]" for name in OF_FILES), *(f"d.[{name}]" for name in OF_DOCUMENTS)]
    return [
        Export("articles", articles, f"select {listed} from articles order by id"),
        Export(
            "documents",
            documents,
            f"select {', '.join(both)} from files left join documents as d on d.file = sha256 "
            "where type not like 'image/%' order by sha256",
        ),
    ]


def write_csv(snapshot: Path, export: Export, target: Path) -> None:
    """Rows by RFC 4180, UTF-8, with formulas made harmless."""
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(list(export.columns))
        for rows in _rows(snapshot, export):
            writer.writerows([harmless(cell) for cell in row] for row in rows)


def harmless(cell: Any) -> Any:
    """The cell, as text where a spreadsheet would run it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def can_write_parquet() -> bool:
    return importlib.util.find_spec("pyarrow") is not None


def write_parquet(snapshot: Path, export: Export, target: Path) -> None:
    """Rows as one Parquet file, values as they are."""
    import pyarrow
    from pyarrow import parquet

    kinds = {"integer": pyarrow.int64(), "real": pyarrow.float64()}
    schema = pyarrow.schema(
        [(name, kinds.get(kind, pyarrow.string())) for name, kind in export.columns.items()]
    )
    with parquet.ParquetWriter(target, schema, compression="zstd") as writer:
        for rows in _rows(snapshot, export):
            values = zip(*rows, strict=True)
            arrays = [
                pyarrow.array(column, type=field.type)
                for column, field in zip(values, schema, strict=True)
            ]
            writer.write_batch(pyarrow.record_batch(arrays, schema=schema))


def _rows(snapshot: Path, export: Export) -> Iterator[list[tuple[Any, ...]]]:
    """Some at a time."""
    with reading(snapshot) as conn:
        cursor = conn.execute(export.sql)
        while rows := cursor.fetchmany(ROWS):
            yield rows


def compress(path: Path, target: Path) -> None:
    with path.open("rb") as source, target.open("wb") as file:
        zstandard.ZstdCompressor(
            level=LEVEL, write_content_size=True, write_checksum=True
        ).copy_stream(source, file, size=path.stat().st_size)

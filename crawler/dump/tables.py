"""The articles as CSV and Parquet, and files compressed. The only user of pyarrow."""

from __future__ import annotations

import csv
import importlib.util
from collections.abc import Iterator
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


def article_columns(snapshot: Path) -> dict[str, str]:
    with reading(snapshot) as conn:
        types = columns_of(conn, "articles")
    return {name: kind for name, kind in types.items() if name != FOR_SEARCH}


def write_csv(snapshot: Path, target: Path) -> None:
    """The articles by RFC 4180, UTF-8, with formulas made harmless."""
    names = list(article_columns(snapshot))
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        for rows in _articles(snapshot, names):
            writer.writerows([harmless(cell) for cell in row] for row in rows)


def harmless(cell: Any) -> Any:
    """The cell, as text where a spreadsheet would run it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def can_write_parquet() -> bool:
    return importlib.util.find_spec("pyarrow") is not None


def write_parquet(snapshot: Path, target: Path) -> None:
    """The articles as one Parquet file, values as they are."""
    import pyarrow
    from pyarrow import parquet

    kinds = {"integer": pyarrow.int64(), "real": pyarrow.float64()}
    columns = article_columns(snapshot)
    schema = pyarrow.schema(
        [(name, kinds.get(kind, pyarrow.string())) for name, kind in columns.items()]
    )
    with parquet.ParquetWriter(target, schema, compression="zstd") as writer:
        for rows in _articles(snapshot, list(columns)):
            values = zip(*rows, strict=True)
            arrays = [
                pyarrow.array(column, type=field.type)
                for column, field in zip(values, schema, strict=True)
            ]
            writer.write_batch(pyarrow.record_batch(arrays, schema=schema))


def _articles(snapshot: Path, names: list[str]) -> Iterator[list[tuple[Any, ...]]]:
    """The articles in the order of their ids, some at a time."""
    with reading(snapshot) as conn:
        listed = ", ".join(f"[{name}]" for name in names)
        cursor = conn.execute(f"select {listed} from articles order by id")
        while rows := cursor.fetchmany(ROWS):
            yield rows


def compress(path: Path, target: Path) -> None:
    with path.open("rb") as source, target.open("wb") as file:
        zstandard.ZstdCompressor(
            level=LEVEL, write_content_size=True, write_checksum=True
        ).copy_stream(source, file, size=path.stat().st_size)

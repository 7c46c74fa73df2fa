"""What a dump says of itself: its data package, and who may do what with it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from crawler.archive.history import shapes
from crawler.archive.introspect import columns_of, expected, key_of, stored_tables
from crawler.dump.gate_values import CHOICES, DAYS, MOMENTS
from crawler.dump.snapshot import reading
from crawler.dump.tables import file_columns

# An expression of a view has no type of its own.
TYPES = {"integer": "integer", "text": "string", "real": "number", "": "any", "num": "any",
         "int": "integer", "blob": "any"}  # fmt: skip
SHA256 = "^[0-9a-f]{64}$"
MINUTE = r"\d{4}-\d\d-\d\dT\d\d:\d\d"
PATTERNS = {
    **dict.fromkeys(
        [("articles", "text_sha256"), ("revisions", "text_sha256"), ("files", "sha256")], SHA256
    ),
    **dict.fromkeys(DAYS, rf"^(\d{{4}}(-\d\d(-\d\d)?)?|{MINUTE}.*)$"),
    **dict.fromkeys(MOMENTS, rf"^{MINUTE}:\d\d.*$"),
}
LICENCE = (
    "Văn bản thuộc về các cổng thông tin đã đăng; mã nguồn: Apache-2.0 - the texts belong to the "
    "portals that published them, the code is under Apache-2.0"
)
Stated = dict[str, Any]


@dataclass(frozen=True, slots=True)
class File:
    """A file of a dump that its data package describes; of a table, when it holds only one."""

    path: Path
    sha256: str
    table: str = ""

    @property
    def stated(self) -> Stated:
        return {
            "path": self.path.name,
            "bytes": self.path.stat().st_size,
            "hash": f"sha256:{self.sha256}",
        }


def dictionary(metadata: Path) -> Stated:
    """The data dictionary, and what it says of the whole."""
    return yaml.safe_load(metadata.read_text(encoding="utf-8"))


def data_package(said: Stated, version: str, database: File, files: list[File]) -> Stated:
    """A Data Package (version 1): every table and view of the database, then the tables' own files.

    The files' rules are the tables': what must be there, which words a column has, what is unique,
    what refers to what.
    """
    with reading(database.path) as conn:
        inside = [
            {
                "name": table,
                **database.stated,
                "format": "sqlite",
                "mediatype": "application/vnd.sqlite3",
                "dialect": {"table": table},
                **_titles(said, table),
                "schema": _schema(conn, said, table, columns_of(conn, table), ""),
            }
            for table in stored_tables()
        ]
        views = [
            {
                "name": part.name,
                **database.stated,
                "format": "sqlite",
                "mediatype": "application/vnd.sqlite3",
                "dialect": {"table": part.name, "view": True},
                **_titles(said, part.name),
                "schema": {"fields": _view_fields(conn, said, part.name)},
            }
            for part in expected()
            if part.kind == "view" and not part.is_private
        ]
        apart = [_file_resource(conn, said, file) for file in files]
    return {
        "profile": "data-package",
        "name": "khcn-archive",
        "title": said["title"],
        "description": said["description"],
        "version": version,
        "licenses": [{"name": "other-closed", "title": LICENCE}],
        "sources": [{"title": said["source"]}],
        "schemaVersion": shapes()[-1].version,
        "schemaChanges": [
            {"version": one.version, "name": one.name, "description": one.says,
             "changes": one.changes}
            for one in shapes()
        ],
        "resources": [*inside, *views, *apart],
    }  # fmt: skip


def _file_resource(conn: sqlite3.Connection, said: Stated, file: File) -> Stated:
    kind = file.path.suffix[1:]
    ways: dict[str, Stated] = {
        "csv": {
            "profile": "tabular-data-resource",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True,
                        "lineTerminator": "\r\n", "header": True},
        },
        # Its columns bring their types along; as a file it is checked to the byte.
        "parquet": {"type": "file", "mediatype": "application/vnd.apache.parquet"},
    }  # fmt: skip
    fields = file_columns(conn, file.table)
    return {
        "name": f"{file.table}-{kind}",
        **file.stated,
        "format": kind,
        **ways[kind],
        **_titles(said, file.table),
        "schema": _schema(conn, said, file.table, fields, f"-{kind}"),
    }


def _schema(
    conn: sqlite3.Connection, said: Stated, table: str, columns: dict[str, str], suffix: str
) -> Stated:
    """A table's schema, `suffix` being what its resource bears after the table's name."""
    references = [
        {"fields": [row[3]], "reference": {"resource": f"{row[2]}{suffix}", "fields": [row[4]]}}
        for row in conn.execute(f"pragma foreign_key_list([{table}])")
    ]
    several = [names for names in _unique(conn, table) if len(names) > 1]
    # In a CSV an empty text and none at all are the same.
    empty = _with_empty_texts(conn, table) if suffix == "-csv" else set()
    return {
        "fields": [
            {**field, "constraints": _constraints(conn, table, field["name"], empty)}
            for field in _fields(said, table, columns)
        ],
        "primaryKey": key_of(conn, table),
        **({"uniqueKeys": several} if several else {}),
        "foreignKeys": sorted(references, key=lambda one: one["fields"]),
        # NULL is an empty cell of a CSV.
        "missingValues": [""],
    }


def _constraints(conn: sqlite3.Connection, table: str, column: str, empty: set[str]) -> Stated:
    """What every value of a column is."""
    keys = key_of(conn, table)
    filled = column not in empty and (column in keys or column in _not_null(conn, table))
    return {
        **({"required": True} if filled else {}),
        **({"unique": True} if keys == [column] or [column] in _unique(conn, table) else {}),
        **({"enum": list(words)} if (words := CHOICES.get((table, column))) else {}),
        **({"pattern": form} if (form := PATTERNS.get((table, column))) else {}),
    }


def _not_null(conn: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in conn.execute(f"pragma table_info([{table}])") if row[3]]


def _with_empty_texts(conn: sqlite3.Connection, table: str) -> set[str]:
    """Of the columns that must not be NULL, those of which some rows hold an empty text."""
    names = [*_not_null(conn, table), *key_of(conn, table)]
    asked = ", ".join(f"max([{name}] = '')" for name in names)
    found = conn.execute(f"select {asked} from [{table}]").fetchone() if names else ()
    return {name for name, some in zip(names, found, strict=True) if some}


def _unique(conn: sqlite3.Connection, table: str) -> list[list[str]]:
    """The columns that together are never twice, besides the key."""
    return [
        [row[2] for row in conn.execute(f"pragma index_info([{index[1]}])")]
        for index in conn.execute(f"pragma index_list([{table}])")
        if index[2] and index[3] == "u"
    ]


def _titles(said: Stated, table: str) -> dict[str, str]:
    about = said["databases"]["archive"]["tables"].get(table, {})
    return {"title": about.get("title", table), "description": about.get("description", "")}


def _view_fields(conn: sqlite3.Connection, said: Stated, view: str) -> list[dict[str, str]]:
    rows = conn.execute(f"pragma table_xinfo([{view}])")
    return _fields(said, view, {row[1]: row[2].lower() for row in rows})


def _fields(said: Stated, table: str, columns: dict[str, str]) -> list[dict[str, str]]:
    about = said["databases"]["archive"]["tables"].get(table, {}).get("columns", {})
    return [
        {"name": name, "type": TYPES.get(kind, "string"), "description": about.get(name, "")}
        for name, kind in columns.items()
    ]


NOBODY = "người đã đưa bạn tệp này (whoever gave you this file)"


def read_me(said: dict[str, Any], database: str, contact: str) -> str:
    """What somebody who finds these files should know before using them."""
    return f"""# {said["title"]}

{said["description"]}

- **Giấy phép (licence)**: {LICENCE}.
- **Nguồn (source)**: {said["source"]}.
- **Trích dẫn (citing)**: cổng, tiêu đề, ngày đăng, địa chỉ gốc, `captured_at`, `text_sha256`, và tên
  tệp này (portal, title, date, original address, `captured_at`, `text_sha256`, and this file's name):
  `{database}`.
- **Xin gỡ bài (asking for removal)**: {contact or NOBODY}. Cho biết địa chỉ bài; bài sẽ không còn trong các bản
  sau. Ai giữ bản cũ xin xóa theo bảng `removals` (give the article's address; later dumps no longer
  hold it; whoever keeps an older dump is asked to delete what `removals` lists).
- **Ô bảng tính (spreadsheets)**: trong CSV, ô bắt đầu bằng `=`, `+`, `-`, `@` được thêm dấu `'` ở đầu;
  SQLite và Parquet giữ nguyên (in the CSV a cell that begins so has an apostrophe before it; SQLite
  and Parquet hold the values as they are).

    sha256sum -c SHA256SUMS
    datasette archive.db -m metadata.yml
"""

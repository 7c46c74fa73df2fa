"""What a dump says of itself: its data package, its changes, and who may do what with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from crawler.archive.introspect import columns_of, key_of, stored_tables
from crawler.dump.delta import Noted
from crawler.dump.snapshot import reading
from crawler.dump.tables import exports

TYPES = {"integer": "integer", "text": "string", "real": "number"}
MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+!|~&])")
NOTED = {
    "new": "Bài mới (new)",
    "edited": "Bài được cổng sửa (edited by the portal)",
    "gone": "Bài cổng đã gỡ (taken down by the portal)",
    "back": "Bài có lại (back again)",
}
LICENCE = (
    "Văn bản thuộc về các cổng thông tin đã đăng; mã nguồn: Apache-2.0 - the texts belong to the "
    "portals that published them, the code is under Apache-2.0"
)


@dataclass(frozen=True, slots=True)
class File:
    """A file of a dump that its data package describes."""

    path: Path
    sha256: str

    @property
    def stated(self) -> dict[str, Any]:
        return {
            "path": self.path.name,
            "bytes": self.path.stat().st_size,
            "hash": f"sha256:{self.sha256}",
        }


def dictionary(metadata: Path) -> dict[str, Any]:
    """The data dictionary, and what it says of the whole."""
    return yaml.safe_load(metadata.read_text(encoding="utf-8"))


def data_package(said: dict[str, Any], version: str, database: File, tables: list[File]) -> Any:
    """A Data Package (version 1): every table of the database, then the files that hold one."""
    with reading(database.path) as conn:
        resources = [
            {
                "name": table,
                **database.stated,
                "format": "sqlite",
                "mediatype": "application/vnd.sqlite3",
                "dialect": {"table": table},
                **_titles(said, table),
                "schema": {
                    "fields": _fields(said, table, columns_of(conn, table)),
                    "primaryKey": key_of(conn, table),
                    "foreignKeys": [
                        {"fields": [row[3]], "reference": {"resource": row[2], "fields": [row[4]]}}
                        for row in conn.execute(f"pragma foreign_key_list([{table}])")
                    ],
                },
            }
            for table in stored_tables()
        ]
    known = {export.table: export.columns for export in exports(database.path)}
    for file in tables:
        table = file.path.name.partition("-")[0]
        fields = _fields(said, table, known[table])
        if table == "documents":  # what of a document is its file's
            texts = {field["name"]: field for field in _fields(said, "files", known[table])}
            fields = [field if field["description"] else texts[field["name"]] for field in fields]
        resources.append(
            {
                "name": f"{table}-{file.path.suffix[1:]}",
                **file.stated,
                "format": file.path.suffix[1:],
                **({"profile": "tabular-data-resource"} if file.path.suffix == ".csv" else {}),
                "encoding": "utf-8",
                **_titles(said, table),
                "schema": {
                    "fields": fields,
                    "primaryKey": ["id" if table == "articles" else "sha256"],
                },
            }
        )
    return {
        "profile": "data-package",
        "name": "khcn-archive",
        "title": said["title"],
        "description": said["description"],
        "version": version,
        "licenses": [{"name": "other-closed", "title": LICENCE}],
        "sources": [{"title": said["source"]}],
        "resources": resources,
    }


def _titles(said: dict[str, Any], table: str) -> dict[str, str]:
    about = said["databases"]["archive"]["tables"].get(table, {})
    return {"title": about.get("title", table), "description": about.get("description", "")}


def _fields(said: dict[str, Any], table: str, columns: dict[str, str]) -> list[dict[str, str]]:
    about = said["databases"]["archive"]["tables"].get(table, {}).get("columns", {})
    return [
        {
            "name": name,
            "type": TYPES.get(kind, "string"),
            "description": about.get(name, ""),
        }
        for name, kind in columns.items()
    ]


def changes_text(version: str, noted: dict[str, Noted], removed: int) -> str:
    """CHANGES, as Markdown; what comes from the web is text in it."""
    lines = [f"# {version}"]
    for kind, articles in noted.items():
        lines += ["", f"## {NOTED[kind]}: {articles.count}", ""]
        lines += [f"- {_plain(title or '–')} <{_address(url)}>" for title, url in articles.shown]
        if (more := articles.count - len(articles.shown)) > 0:
            lines.append(f"- … và {more} bài nữa (and {more} more)")
    lines += ["", f"## Gỡ theo yêu cầu (removed on request): {removed}"]
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    return MARKUP.sub(r"\\\1", " ".join(text.split()))


def _address(url: str) -> str:
    return re.sub(r"[\s<>]", "", url)


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

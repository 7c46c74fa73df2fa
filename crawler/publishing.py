"""What is published of an archive: files beside each other, the last of them naming the others."""

from __future__ import annotations

import json
import os
import sqlite3
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml
import zstandard

from crawler.archive.snapshot import (
    changes_between,
    columns_of,
    count_articles,
    delta,
    public_tables,
    write_csv,
    write_snapshot,
)

LEVEL = 12  # of zstandard; fixed, so that the same bytes come out
TYPES = {"integer": "integer", "text": "string", "real": "number"}
LATEST = "latest.json"


@dataclass(frozen=True, slots=True)
class Published:
    """A dump that lies in the folder already."""

    name: str
    sha256: str
    articles: int


def last_published(out: Path) -> Published | None:
    """What `latest.json` names; None when nothing was published yet."""
    latest = out / LATEST
    if not latest.is_file():
        return None
    said = json.loads(latest.read_text(encoding="utf-8"))
    return Published(said["database"], said["sha256"][said["database"]], said["articles"])


def publish(archive: Path, out: Path, day: str, metadata: Path) -> list[str]:
    """Write all files of a dump and move `latest.json` last. Returns the files' names.

    The same archive published again changes nothing.
    """
    out.mkdir(parents=True, exist_ok=True)
    work = out / ".work"
    work.mkdir(exist_ok=True)
    for rest in work.iterdir():
        rest.unlink()
    name = f"archive-{day}.db"
    write_snapshot(archive, work / name)
    before = last_published(out)
    digest = _digest(work / name)
    if before and before.sha256 == digest and (out / before.name).is_file():
        (work / name).unlink()
        work.rmdir()
        return []
    old = out / before.name if before and (out / before.name).is_file() else None
    if old is not None and old.name == name:
        # Twice on one day: the delta leads from the morning's dump to the evening's.
        kept = work / "before.db"
        kept.write_bytes(old.read_bytes())
        old = kept
    _compress(work / name, work / f"{name}.zst")
    write_csv(work / name, work / f"articles-{day}.csv")
    described = _datapackage(work / name, day, metadata)
    _write_json(work / "datapackage.json", described)
    (work / f"CHANGES-{day}.md").write_text(_changes(old, work / name, day), encoding="utf-8")
    if old is not None and before is not None:
        since = before.name.removeprefix("archive-").removesuffix(".db")
        plain = work / f"delta-{since}-{day}.sql"
        plain.write_text("".join(delta(old, work / name)), encoding="utf-8")
        _compress(plain, plain.with_suffix(".sql.zst"))
        plain.unlink()
        (work / "before.db").unlink(missing_ok=True)
    files = sorted(path.name for path in work.iterdir())
    sums = {file: _digest(work / file) for file in files}
    (work / "SHA256SUMS").write_text(
        "".join(f"{sums[file]}  {file}\n" for file in files), encoding="utf-8"
    )
    latest = {
        "database": name,
        "day": day,
        "articles": count_articles(work / name),
        "files": files,
        "sha256": sums,
        "predecessor": before and {"database": before.name, "sha256": before.sha256},
    }
    _write_json(work / LATEST, latest)
    for file in [*files, "SHA256SUMS", LATEST]:  # latest.json last: it is what others follow
        os.replace(work / file, out / file)  # noqa: PTH105
    work.rmdir()
    return [*files, "SHA256SUMS", LATEST]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        digest = sha256()
        while block := file.read(2**20):
            digest.update(block)
    return digest.hexdigest()


def _compress(path: Path, target: Path) -> None:
    with path.open("rb") as source, target.open("wb") as file:
        zstandard.ZstdCompressor(level=LEVEL, write_content_size=True).copy_stream(
            source, file, size=path.stat().st_size
        )


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _changes(old: Path | None, new: Path, day: str) -> str:
    words = {"new": "Bài mới (new)", "edited": "Bài sửa (edited)", "gone": "Bài đã gỡ (gone)"}
    lines = [f"# {day}"]
    for kind, articles in changes_between(old, new).items():
        lines += ["", f"## {words[kind]}: {len(articles)}", ""]
        lines += [f"- [{title}]({url})" for title, url in articles]
    return "\n".join(lines) + "\n"


def _datapackage(snapshot: Path, day: str, metadata: Path) -> dict[str, Any]:
    """A Tabular Data Package (Frictionless v1) out of the data dictionary."""
    said = yaml.safe_load(metadata.read_text(encoding="utf-8"))
    tables = said["databases"]["archive"]["tables"]
    conn = sqlite3.connect(f"{snapshot.absolute().as_uri()}?mode=ro", uri=True)
    try:
        resources = [
            {
                "name": table,
                "path": f"archive-{day}.db",
                "format": "sqlite",
                "title": tables[table].get("title", table),
                "description": tables[table].get("description", ""),
                "schema": {
                    "fields": [
                        {
                            "name": column,
                            "type": TYPES.get(kind, "string"),
                            "description": tables[table]["columns"].get(column, ""),
                        }
                        for column, kind in columns_of(conn, table).items()
                    ]
                },
            }
            for table in public_tables(conn)
        ]
    finally:
        conn.close()
    return {
        "profile": "data-package",
        "name": "khcn-archive",
        "title": said["title"],
        "description": said["description"],
        "version": day,
        "licenses": [{"name": "other", "title": said["license"]}],
        "sources": [{"title": said["source"]}],
        "resources": resources,
    }

"""Imports point one way, and each outside library has one door."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT

SOURCES = sorted(
    path for room in ("crawler", "pipelines", "spiders") for path in (ROOT / room).rglob("*.py")
)
DOORS = {
    "warcio": ("crawler/captures/",),
    "isal": ("crawler/captures/",),
    "sqlite_utils": ("crawler/archive/",),
    "trafilatura": ("crawler/extract/", "crawler/extractor_version.py"),
    "dateparser": ("crawler/extract/dateparser_fallback.py",),
    "pebble": ("crawler/worker_pool.py", "crawler/extraction_pool.py"),
    "OpenSSL": ("crawler/downloader/tls.py",),
    "service_identity": ("crawler/downloader/tls.py",),
    "brotli": ("crawler/http/content_coding.py",),
    "ftfy": ("crawler/extract/mojibake.py",),
    "feedparser": ("crawler/extract/feeds.py",),
    "pyarrow": ("crawler/dump/tables.py",),
    "zstandard": ("crawler/dump/tables.py", "crawler/http/content_coding.py"),
    "kreuzberg": ("crawler/documents/ole.py",),
    "olefile": ("crawler/documents/doc.py", "crawler/documents/powerpoint.py"),
    "libarchive": ("crawler/documents/archives.py",),
    "PIL": ("crawler/documents/",),
    "pypdfium2": ("crawler/documents/pdf.py", "crawler/documents/recognition.py"),
    "cryptography": ("crawler/dump/signing.py",),
    "distributed": ("crawler/cluster/dask.py",),
    "dask": ("crawler/cluster/dask.py",),
    "obstore": ("crawler/cluster/store.py",),
    "fsspec": (),
    "yaml": ("crawler/dump/datapackage.py",),
}


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


@pytest.mark.parametrize("path", SOURCES, ids=[str(path.relative_to(ROOT)) for path in SOURCES])
def test_imports_point_one_way(path):
    room = str(path.relative_to(ROOT))
    names = imports_of(path)
    top = room.partition("/")[0]
    others = {
        "spiders": ("pipelines",),
        "pipelines": ("spiders",),
        "crawler": ("spiders", "pipelines"),
    }
    for name in names:
        assert name.partition(".")[0] not in others[top], f"{room} imports {name}"
        package = name.partition(".")[0]
        doors = DOORS.get(package)
        assert doors is None or room.startswith(doors), f"{room} imports {name}"


def test_no_room_is_a_junk_room():
    assert not [
        path
        for path in SOURCES
        if {"utils", "helpers", "common", "base", "manager", "data"} & {path.stem, path.parent.name}
    ]

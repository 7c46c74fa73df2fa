"""The dumps that the home page offers: their files, sizes, checksums, deltas."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.dump.releases import INDEX
from crawler.parsing import read_json

SHOWN = 3
MB = 10**6


@dataclass(frozen=True, slots=True)
class Offered:
    """A dump, its files by their names."""

    version: str
    day: str  # ISO
    articles: int
    new: int
    database: str
    sha256: str
    packed: str
    megabytes: int  # of what is downloaded
    delta: str | None
    changes: str
    tables: dict[str, str]  # the articles alone, by kind of file


def offered(folder: Path) -> list[Offered]:
    """The newest dumps of a folder; none when its index is not there or says nothing."""
    try:
        said = read_json((folder / INDEX).read_bytes())
        return [_offered(dump) for dump in said["dumps"][:SHOWN]]
    except (OSError, KeyError, TypeError, AttributeError, ValueError):
        return []


def _offered(dump: dict[str, Any]) -> Offered:
    database, version = dump["database"], dump["version"]
    packed = f"{database}.zst"
    return Offered(
        version=version,
        day=f"{version[:4]}-{version[4:6]}-{version[6:8]}",
        articles=dump["articles"],
        new=dump["changes"]["new"],
        database=database,
        sha256=dump["sha256"][database],
        packed=packed,
        megabytes=max(1, round(dump["bytes"][packed] / MB)),
        delta=dump["delta"],
        changes=f"CHANGES-{version}.md",
        tables=dump["tables"]["articles"],
    )

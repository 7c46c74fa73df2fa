"""The looks at one portal that files of captures hold, in the order in which they were made."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from crawler.captures import Record, RecordPlace, Scan
from crawler.parsing import split_url
from crawler.portals.model import Portal
from crawler.portals.urls import classify_url

COLUMNS = """
create table looks (
  file integer not null, offset integer not null, url text not null, fetched_at text not null,
  day text not null, page text not null, digest text, revisit integer not null,
  original text, original_at text, body_file integer, body_offset integer
)
"""
# What a revisit repeats: the answer it names; else one of the same bytes; else, when it names
# neither, the page's last answer before it.
ORIGINALS = (
    "body.url = looks.original and body.fetched_at = looks.original_at",
    "body.digest = looks.digest",
    "looks.digest is null and body.url = looks.url and body.fetched_at <= looks.fetched_at",
)


@dataclass
class Counts:
    """What the files held beside the portal's own pages."""

    answers: int = 0
    own: int = 0
    unresolved: int = 0  # revisits of answers that are in none of the files
    foreign: Counter[str] = field(default_factory=Counter)  # host → answers
    damage: list[tuple[Path, int, str]] = field(default_factory=list)


class CaptureIndex:
    """Collects looks in a temporary database, so that a million of them need no memory."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self.counts = Counts()
        self._files: list[Path] = []
        self._conn = sqlite3.connect("", isolation_level=None)  # a file that goes with us
        self._conn.execute(COLUMNS)

    def add(self, path: Path) -> None:
        """Read a file's records. Raises CaptureError when it holds none or is not there."""
        scan = Scan(path)
        self._files.append(path)
        self._conn.execute("begin")
        self._conn.executemany(
            "insert into looks(file, offset, url, fetched_at, day, page, digest, revisit, "
            "original, original_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            self._rows(scan),
        )
        self._conn.execute("commit")
        self.counts.damage += [(path, *damage) for damage in scan.damage]

    def _rows(self, scan: Scan) -> Iterator[tuple[str | int | None, ...]]:
        file = len(self._files) - 1
        for record in scan:
            self.counts.answers += 1
            place = record.place
            address = classify_url(place.url, self.portal)
            if address.kind == "outside":
                self._count_foreign(place.url)
            elif address.kind in ("article", "unknown"):
                self.counts.own += 1
                page = address.key if address.kind == "article" else address.url
                yield self._row(file, record, page)

    @staticmethod
    def _row(file: int, record: Record, page: str) -> tuple[str | int | None, ...]:
        place = record.place
        original, at = record.refers_to or (None, None)
        day = place.fetched_at[:10]
        return (
            file, place.offset, place.url, place.fetched_at, day, page,
            record.digest, record.revisit, original, at,
        )  # fmt: skip

    def _count_foreign(self, url: str) -> None:
        host = split_url(url).hostname or ""
        if host in self.counts.foreign or len(self.counts.foreign) < 10_000:
            self.counts.foreign[host] += 1

    def looks(self, kept: Callable[[str, str], tuple[Path, int] | None]) -> Iterator[RecordPlace]:
        """Every look, day by day, so that versions follow each other as they were published.

        Within a day the looks at one article stand together: its English or second-section copy
        is no new version of it. `kept` says where an earlier answer lies that is in none of the
        files: its address and date → file and offset.
        """
        self._resolve(kept)
        rows = self._conn.execute(
            "select coalesce(body_file, file), coalesce(body_offset, offset), url, fetched_at "
            "from looks where not revisit or body_file is not null "
            "group by url, fetched_at having revisit = min(revisit) "
            "order by day, page, fetched_at, url"
        )
        for file, offset, url, fetched_at in rows:
            yield RecordPlace(self._files[file], offset, url, fetched_at)

    def _resolve(self, kept: Callable[[str, str], tuple[Path, int] | None]) -> None:
        self._conn.execute("create index by_url on looks(url, fetched_at)")
        self._conn.execute("create index by_digest on looks(digest) where not revisit")
        for match in ORIGINALS:
            self._conn.execute(
                "update looks set (body_file, body_offset) = (select file, offset from looks as "
                f"body where not body.revisit and {match} order by body.fetched_at desc limit 1) "
                "where revisit and body_file is null"
            )
        for row, *original in self._conn.execute(
            "select rowid, original, original_at from looks "
            "where revisit and body_file is null and original is not null"
        ).fetchall():
            place = kept(*original)
            if place:
                self._files.append(place[0])
                self._conn.execute(
                    "update looks set body_file = ?, body_offset = ? where rowid = ?",
                    (len(self._files) - 1, place[1], row),
                )
        self.counts.unresolved = self._conn.execute(
            "select count(*) from looks where revisit and body_file is null"
        ).fetchone()[0]

    def close(self) -> None:
        self._conn.close()

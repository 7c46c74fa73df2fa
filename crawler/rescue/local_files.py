"""Files of captures on this machine: WARC, ARC and WACZ, one by one or a folder of them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from crawler.captures import (
    CaptureError,
    Record,
    RecordPlace,
    Scan,
    read_capture,
    readable_files,
    same_digest,
)
from crawler.items import Via
from crawler.messages import say
from crawler.parsing import join_url, split_url
from crawler.rescue.sources import Answer, Elsewhere, Kept, Moved, Query, RefusedError, start_of
from crawler.wayback.cdx import CdxRow, Period
from crawler.wayback.client import ArchiveClient

FILES = (".warc", ".warc.gz", ".arc", ".arc.gz", ".wacz")


class LocalSource:
    """A folder of files of captures, or one file. What it holds is listed once a file."""

    via: Via = "warc"

    def __init__(self, given: Path, folder: Path, client: ArchiveClient) -> None:
        self.name = given.name or str(given)  # where it lies is nobody's business
        self.asked = client  # which is never asked
        self.damage: list[tuple[Path, int, str]] = []
        self._given, self._folder = given, folder
        self._hosts: set[str] = set()

    def may_ask(self, url: str) -> bool:
        return False

    def seconds_a_request(self) -> float:
        return 0.0

    async def queries(self, prefixes: Sequence[str], period: Period) -> AsyncIterator[Query]:
        self._hosts = {split_url(prefix).hostname or "" for prefix in prefixes}
        for path in self._files():
            # A file that has grown or was replaced is read again.
            state = path.stat()
            version = f"{state.st_size}/{state.st_mtime_ns}"
            yield Query(f"{path} {version} {period.first}-{period.last}", grows=False)

    def _files(self) -> list[Path]:
        if not self._given.is_dir():
            return [self._given.absolute()]
        return sorted(
            path.absolute()
            for path in self._given.rglob("*")
            if path.is_file() and path.name.lower().endswith(FILES)
        )

    async def answer(self, query: Query, resume: str | None, period: Period) -> Answer:
        """Everything a file holds of the hosts; damage is noted, what is whole is there."""
        given = Path(query.name.rsplit(" ", 2)[0])
        rows: list[CdxRow] = []
        for path in readable_files(given, self._folder):
            scan = Scan(path)
            found = [record for record in scan if self._is_own(record.place.url)]
            originals = {
                (record.place.url, _timestamp(record.place.fetched_at)): record.place
                for record in found
                if not record.revisit
            }
            rows += [_row(record, originals) for record in found]
            self.damage += [(path, *damage) for damage in scan.damage]
        since, until = period.bounds
        return Answer([row for row in rows if since <= row.timestamp <= until])

    def _is_own(self, url: str) -> bool:
        return (split_url(url).hostname or "").removeprefix("www.") in self._hosts

    async def fetch(self, row: CdxRow) -> Kept | Elsewhere | Moved:
        place = start_of(row)
        if place is None:
            raise RefusedError("revisit_unresolved", row.url)
        try:
            found = read_capture(RecordPlace(Path(place[0]), place[1], row.url, row.fetched_at))
        except CaptureError as error:
            raise RefusedError("no_record", str(error)) from error
        location = found.header("location")
        if 300 <= found.status < 400 and location:
            return Moved(join_url(row.url, location))
        return Kept(
            row.timestamp, found.status, found.headers, found.body, place[0], place=place
        )  # fmt: skip

    def label(self, row: CdxRow) -> str:
        place = start_of(row)
        return Path(place[0] if place else self.name).name

    def link(self, row: CdxRow) -> str | None:
        return None


def _timestamp(moment: str) -> str:
    return re.sub(r"\D", "", moment)[:14]


def _row(record: Record, originals: dict[tuple[str, str], RecordPlace]) -> CdxRow:
    """A record as an index would list it; a revisit of an answer in the file lies where that does."""
    place, timestamp = record.place, _timestamp(record.place.fetched_at)
    mime, status = ("warc/revisit", "-") if record.revisit else ("-", "-")
    at: RecordPlace | None = place
    if record.revisit:
        target = record.refers_to
        at = originals.get((target[0], _timestamp(target[1]))) if target else None
    where = f"{at.path} {at.offset}" if at else ""
    return CdxRow(place.url, timestamp, mime, status, same_digest(record.digest) or "-", 0, where)


def local_source(given: str, folder: Path, client: ArchiveClient) -> LocalSource:
    """Raises CaptureError when nothing is there."""
    path = Path(given)
    if not path.exists():
        raise CaptureError(say("warc_missing", path=path, detail="no such file or folder"))
    return LocalSource(path, folder, client)

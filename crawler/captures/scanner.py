"""Every answer in a file of captures, whoever wrote it, and where the file is damaged.

WARC 0.17 to 1.1 and ARC, uncompressed or with one gzip member a record, and WACZ (a zip that stores
such files). What is whole is found on both sides of a damaged place; nothing half is ever given out.
"""

from __future__ import annotations

import mmap
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

from crawler.captures.containers import (
    ARC_LINE,
    BROKEN,
    GZIP,
    HEAD,
    LENGTH,
    LITTLE,
    Window,
    read_member,
    windows,
)
from crawler.captures.reader import LONGEST_UNDECLARED, UNDECLARED, RecordPlace
from crawler.captures.writer import CaptureError
from crawler.messages import say

BEHIND = 16 * 2**20  # a multiple of the system's pages
ANSWERS = frozenset({"response", "resource", "revisit"})
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")
PADDING = re.compile(rb"[\x00\r\n\t ]*")  # between records and behind the last: no damage


@dataclass(frozen=True, slots=True)
class Record:
    """An answer that somebody kept. A revisit says that it was the same as an earlier one."""

    place: RecordPlace
    digest: str | None  # of the payload, as the file has it
    revisit: bool = False
    refers_to: tuple[str, str] | None = None  # address and date of the answer a revisit repeats


@dataclass(frozen=True, slots=True)
class _Span:
    """A record's bytes: where it begins, how it begins, where the next one is to be looked for."""

    offset: int
    head: bytes
    end: int
    alone: bool = True  # of a gzip member: whether it holds one record, and all of it


class Scan:
    """One pass over a file. Iterate it; then `damage` names each place that could not be read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.damage: list[tuple[int, str]] = []

    def __iter__(self) -> Iterator[Record]:
        try:
            for window in windows(self.path):
                with self.path.open("rb") as file:
                    yield from self._window(file.fileno(), window)
        except OSError as error:
            detail = error.strerror or error
            raise CaptureError(say("warc_missing", path=self.path, detail=detail)) from error

    def _window(self, file: int, window: Window) -> Iterator[Record]:
        if window.end == window.start:
            self.damage.append((window.start, "empty file"))
            return
        with mmap.mmap(file, 0, access=mmap.ACCESS_READ) as data:
            for span in self.spans(data, window):
                record = self._record(span)
                if record:
                    yield record

    def spans(self, data: mmap.mmap, window: Window) -> Iterator[_Span]:
        """The whole records from the first to the last, passing over what is damaged."""
        at = window.start
        passed = at - at % BEHIND
        is_gzip = data[at : at + 3] == GZIP
        find = _member if is_gzip else _plain
        if not is_gzip and not _begins(data[at : at + HEAD]):
            raise CaptureError(
                say("warc_truncated", path=self.path, offset=at, detail="no WARC, ARC or WACZ file")
            )
        while (at := _after_padding(data, at, window.end)) < window.end:
            try:
                span = find(data, at, window.end)
                if not span.alone:
                    raise CaptureError(say("warc_one_stream", path=self.path))
            except (*BROKEN, EOFError, ValueError) as error:
                self.damage.append((at, str(error)))
                again = _next_begin(data, at + 1, window.end, is_gzip=is_gzip)
                if again is None:
                    return
                at = again
                continue
            yield span
            at = span.end
            if at - passed > BEHIND:
                # What has been passed is given back: a file of any size needs the same memory.
                data.madvise(mmap.MADV_DONTNEED, passed, BEHIND)
                passed += BEHIND

    def _record(self, span: _Span) -> Record | None:
        try:
            start = BytesIO(span.head)
            record = next(ArchiveIterator(start, no_record_parse=True, arc2warc=True))
            return _answer(record, self.path, span.offset)
        except Exception as error:  # noqa: BLE001
            # A malformed header may raise anything in warcio; the record is as good as damaged.
            self.damage.append((span.offset, str(error)))
            return None


def responses(path: Path) -> Iterator[RecordPlace]:
    """The places of all answers in a file, in its order."""
    for record in Scan(path):
        if not record.revisit:
            yield record.place


def check_warc(path: Path) -> None:
    """Raise CaptureError unless the file is there, whole, and one of captures."""
    scan = Scan(path)
    for _ in scan:
        pass
    for offset, detail in scan.damage:
        raise CaptureError(say("warc_truncated", path=path, offset=offset, detail=detail))


def _answer(record: ArcWarcRecord, path: Path, offset: int) -> Record | None:
    """The record as an answer; None when it is none, or of no web page."""
    kind = record.rec_type
    if kind not in ANSWERS or (kind == "response" and not record.length):
        return None
    named = record.rec_headers.get_header
    url = (named("WARC-Target-URI") or "").strip("<>")
    if not url.lower().startswith(("http://", "https://")):
        return None
    place = RecordPlace(path, offset, url, moment_of(named("WARC-Date")))
    digest = named("WARC-Payload-Digest")
    if kind != "revisit":
        return Record(place, digest)
    original, at = named("WARC-Refers-To-Target-URI"), named("WARC-Refers-To-Date")
    refers_to = (original.strip("<>"), moment_of(at)) if original and at else None
    return Record(place, digest, revisit=True, refers_to=refers_to)


def moment_of(text: str | None) -> str:
    """A record's date as all looks are dated. Raises ValueError when there is none."""
    if text and DATE.fullmatch(text):
        return text
    moment = datetime.fromisoformat(text or "")
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _member(data: mmap.mmap, at: int, end: int) -> _Span:
    """The gzip member at an offset. Raises zlib.error or EOFError when it is not whole."""
    member = read_member(data, at, end)
    return _Span(at, member.head, member.end, member.is_record())


def _plain(data: mmap.mmap, at: int, end: int) -> _Span:
    """The uncompressed record at an offset."""
    head = data[at : min(at + HEAD, end)]
    line = ARC_LINE.match(head)
    if line:
        begin, length = at + line.end(), int(line[1])
    else:
        if not head.startswith(b"WARC/"):
            raise ValueError("no record begins here")
        stop = re.search(rb"\r?\n\r?\n", head)
        declared = LENGTH.search(head, 0, stop.start() if stop else 0)
        if stop is None or declared is None:
            raise ValueError("a record without a length")
        begin, length = at + stop.end(), int(declared[1])
    if begin + length > end:
        raise EOFError(f"{length} bytes declared, {end - begin} present")
    longer = UNDECLARED.match(data[begin + length : begin + length + LONGEST_UNDECLARED])
    if longer and not line:
        length += len(longer[1])
    return _Span(at, head[: begin + length - at], begin + length)


def _begins(head: bytes) -> bool:
    return head.lstrip(b"\r\n").startswith(b"WARC/") or bool(ARC_LINE.match(head))


def _after_padding(data: mmap.mmap, at: int, end: int) -> int:
    padding = PADDING.match(data, at, end)
    return padding.end() if padding else at


def _next_begin(data: mmap.mmap, at: int, end: int, *, is_gzip: bool) -> int | None:
    """Where the next record begins after a damaged place."""
    mark = GZIP if is_gzip else b"\nWARC/1."
    while (at := data.find(mark, at, end)) >= 0:
        if not is_gzip:
            return at + 1
        try:
            if _begins(zlib.decompressobj(31).decompress(data[at : at + LITTLE], LITTLE)):
                return at
        except zlib.error:
            pass
        at += 1
    return None

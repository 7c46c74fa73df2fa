"""Records taken out of a file of captures: each becomes one as long that says nothing.

Every other record stays where it was, byte for byte, so that no place that is known leads wrong. The file
is written anew beside the old one and takes its name in one step: killed at any moment, it is the old or
the new one.
"""

from __future__ import annotations

import mmap
import os
import re
import shutil
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from crawler.captures.containers import GZIP, windows
from crawler.captures.scanner import Scan
from crawler.captures.writer import CaptureError
from crawler.durable import sync
from crawler.messages import say

TOMBSTONE = (
    "WARC/1.1\r\nWARC-Type: metadata\r\nWARC-Record-ID: <urn:uuid:{ident}>\r\nWARC-Date: {now}\r\n"
    "Content-Type: text/plain\r\nContent-Length: {length:010}\r\n\r\n"
)
SAYS = b"removed on request"
END = b"\r\n\r\n"
GZIP_HEAD = bytes.fromhex("1f8b08 00 00000000 00 ff")
GZIP_HEAD_NAMED = bytes.fromhex("1f8b08 10 00000000 00 ff")  # a comment follows, up to a zero
TRAILER = 8  # bytes: checksum and length
STORED = 65_535  # bytes that one block of a deflate stream holds as they are
FIELD = re.compile(rb"(?im)^(warc-type|warc-record-id|warc-concurrent-to|warc-target-uri):[ \t]*<?([^\r\n>]*)")  # fmt: skip


@dataclass(slots=True)
class Redacted:
    """What was done to a file: the records that say nothing now."""

    records: int = 0
    bytes: int = 0


@dataclass(slots=True)
class _Record:
    start: int
    end: int
    said: dict[str, str] = field(default_factory=dict)


def redact(
    path: Path, *, offsets: frozenset[int], urls: frozenset[str], spared: frozenset[int], now: str
) -> Redacted:
    """Take out the records at `offsets`, those of `urls`, and the requests that they answer.

    `spared`: places that somebody still needs. Raises CaptureError for a file that is none of records
    one after the other (ARC, WACZ), and OSError.
    """
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size == 0:
            return Redacted()
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            packed = data[:3] == GZIP
            if not packed and data[:5] != b"WARC/":
                raise CaptureError(say("redaction_kind", path=path))
            chosen = list(_chosen(list(_records(path, data)), offsets, urls, spared))
    if not chosen:
        return Redacted()
    part = path.with_name(f".{path.name}.part")
    shutil.copyfile(path, part)
    shutil.copystat(path, part)
    with part.open("r+b") as file:
        for record in chosen:
            length = record.end - record.start
            file.seek(record.start)
            file.write(packed_tombstone(length, now) if packed else tombstone(length, now))
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync(path.parent)
    return Redacted(len(chosen), sum(record.end - record.start for record in chosen))


def _records(path: Path, data: mmap.mmap) -> Iterator[_Record]:
    scan = Scan(path)
    for span in scan.spans(data, windows(path)[0]):
        head = span.head.partition(b"\r\n\r\n")[0]
        said = {
            name.decode().lower(): value.strip().decode("utf-8", "replace")
            for name, value in FIELD.findall(head)
        }
        # An unpacked record ends where its block does; the two line ends behind it are its own.
        end = span.end if data[:1] != b"W" or data[span.end : span.end + 4] != END else span.end + 4
        yield _Record(span.offset, end, said)


def _chosen(
    records: list[_Record], offsets: frozenset[int], urls: frozenset[str], spared: frozenset[int]
) -> Iterator[_Record]:
    """The answers that go, and what was asked for them."""
    answers: set[str] = set()
    kept: set[str] = set()
    for record in records:
        kind, ident = record.said.get("warc-type"), record.said.get("warc-record-id", "")
        if kind in ("request", "metadata", "warcinfo"):
            continue
        goes = record.start in offsets or record.said.get("warc-target-uri") in urls
        (answers if goes and record.start not in spared else kept).add(ident)
        if goes and record.start not in spared:
            yield record
    for record in records:
        if record.said.get("warc-type") not in ("request", "metadata"):
            continue
        answer = record.said.get("warc-concurrent-to")
        if answer in answers or (answer not in kept and record.said.get("warc-target-uri") in urls):
            yield record


def tombstone(length: int, now: str) -> bytes:
    """A record of so many bytes that names nothing; ValueError below 200."""
    head = TOMBSTONE.format(ident=uuid4(), now=now, length=0)
    body = length - len(head) - len(END)
    if body < 0:
        raise ValueError(f"{length} bytes are too few for a record")
    head = TOMBSTONE.format(ident=uuid4(), now=now, length=body)
    return head.encode() + SAYS[:body].ljust(body) + END


def packed_tombstone(length: int, now: str) -> bytes:
    """The same as a gzip member: a small one is filled up by a comment, a large one is not packed."""
    if length < 1_000:
        plain = tombstone(240, now)
        packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        stream = packer.compress(plain) + packer.flush()
        filling = length - len(GZIP_HEAD) - len(stream) - TRAILER
        if filling < 0:
            raise ValueError(f"{length} bytes are too few for a record")
        head = GZIP_HEAD_NAMED + b" " * (filling - 1) + b"\0" if filling else GZIP_HEAD
        return head + stream + _trailer(plain)
    room = length - len(GZIP_HEAD) - TRAILER
    blocks = -(-room // (STORED + 5))
    plain = tombstone(room - 5 * blocks, now)
    stream = b""
    for number in range(blocks):
        piece = plain[number * STORED : (number + 1) * STORED]
        stream += struct.pack("<BHH", number == blocks - 1, len(piece), len(piece) ^ 0xFFFF) + piece
    return GZIP_HEAD + stream + _trailer(plain)


def _trailer(plain: bytes) -> bytes:
    return struct.pack("<II", zlib.crc32(plain), len(plain) & 0xFFFFFFFF)

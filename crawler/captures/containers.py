"""Files that hold others: which stretches of a file are captures, and what must be unpacked first."""

from __future__ import annotations

import gzip
import mmap
import os
import re
import struct
import zipfile
import zlib
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, BinaryIO

from isal import isal_zlib

from crawler.captures.writer import CaptureError
from crawler.messages import say

ZIP = b"PK\x03\x04"
GZIP = b"\x1f\x8b\x08"
HEAD = 64 * 1024  # bytes of a record that hold its headers
LITTLE, CHUNK = 4 * 1024, 256 * 1024  # bytes of a member taken at a time: at first, and at most
CLOSING = 16  # bytes that may stand behind a record: line ends, and what it forgot to count
LENGTH = re.compile(rb"(?im)^content-length:\s*(\d{1,15})")
ARC_LINE = re.compile(rb"(?:filedesc|https?|dns):[^\n]* \d{8,14} \S+ (\d{1,15})\n")
# What is raised of a gzip member that is none.
BROKEN: Any = (zlib.error, isal_zlib.error)
LOCAL_HEADER = 30  # bytes before the name in a zip's local file header
BLOCK = 2**20
# What `zipfile` raises of a bundle that is damaged, encrypted or of a kind to come.
NO_ZIP = (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, struct.error)


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a file that is a file of captures by itself."""

    start: int
    end: int


def windows(path: Path) -> list[Window]:
    """The whole file, or each file of captures inside a WACZ."""
    with path.open("rb") as file:
        if file.read(4) != ZIP:
            return [Window(0, path.stat().st_size)]
        try:
            return [_window(file, member) for member in _members(path)]
        except (*NO_ZIP, OSError) as error:
            raise CaptureError(say("warc_truncated", path=path, offset=0, detail=error)) from error


def _members(path: Path) -> list[zipfile.ZipInfo]:
    with zipfile.ZipFile(path) as bundle:
        return [
            member
            for member in bundle.infolist()
            if member.filename.endswith((".warc", ".warc.gz", ".arc", ".arc.gz"))
        ]


def _window(file: BinaryIO, member: zipfile.ZipInfo) -> Window:
    """Where a stored member's bytes lie; its own header may differ from the directory's."""
    file.seek(member.header_offset + 26)
    name, extra = struct.unpack("<HH", file.read(4))
    start = member.header_offset + LOCAL_HEADER + name + extra
    return Window(start, start + member.file_size)


def readable_files(path: Path, folder: Path) -> list[Path]:
    """The file itself, or what had to be written to `folder` so that each record can be sought.

    That is a WARC compressed as one stream, and one that a zip compressed once more.
    """
    try:
        with path.open("rb") as file:
            start = file.read(4)
        if start == ZIP:
            packed = [m for m in _members(path) if m.compress_type != zipfile.ZIP_STORED]
            return [_unpacked(path, member, folder) for member in packed] or [path]
        if is_one_stream(path):
            with gzip.open(path) as stream:
                return [_written_out(stream, path.name, path, folder)]
    except NO_ZIP as error:
        raise CaptureError(say("warc_truncated", path=path, offset=0, detail=error)) from error
    except OSError as error:
        detail = error.strerror or error
        raise CaptureError(say("warc_missing", path=path, detail=detail)) from error
    return [path]


@dataclass(frozen=True, slots=True)
class Member:
    """A gzip member: how its content begins, how long it is, and where the next one is."""

    head: bytes
    size: int
    end: int

    def declared(self) -> int | None:
        """How long the first record in it says it is, headers included; None without any."""
        line = ARC_LINE.match(self.head)
        if line:
            return line.end() + int(line[1])
        stop = re.search(rb"\r?\n\r?\n", self.head)
        length = LENGTH.search(self.head, 0, stop.start() if stop else 0)
        if stop is None or length is None or not self.head.startswith(b"WARC/"):
            return None
        return stop.end() + int(length[1])

    def is_record(self) -> bool:
        """Whether it holds one record and all of it, as it must for records to be sought."""
        declared = self.declared()
        return declared is None or declared <= self.size <= declared + CLOSING


class CutError(EOFError):
    """A gzip member that breaks off; `member` is as much of it as there is."""

    def __init__(self, member: Member) -> None:
        super().__init__(f"{member.size} bytes of a record that goes on")
        self.member = member


def read_member(data: mmap.mmap, at: int, end: int) -> Member:
    """The gzip member at an offset. Raises one of BROKEN, or CutError."""
    inflate = isal_zlib.decompressobj(31)
    head, size, position, much = bytearray(), 0, at, LITTLE
    while not inflate.eof:
        # What is not of this member is copied back: little at first, for those that are small.
        chunk = data[position : min(position + much, end)]
        much = min(2 * much, CHUNK)
        if not chunk:
            raise CutError(Member(bytes(head), size, position))
        plain = inflate.decompress(chunk)
        if len(head) < HEAD:
            head += plain[: HEAD - len(head)]
        size += len(plain)
        position += len(chunk)
    return Member(bytes(head), size, position - len(inflate.unused_data))


def is_one_stream(path: Path) -> bool:
    """Whether a gzip member of the file holds several records, or less than one."""
    with path.open("rb") as file:
        if file.read(len(GZIP)) != GZIP:
            return False
        end = path.stat().st_size
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            at = 0
            while data[at : at + len(GZIP)] == GZIP:
                try:
                    member = read_member(data, at, end)
                except CutError as error:
                    declared = error.member.declared()
                    return declared is not None and error.member.size > declared + CLOSING
                except BROKEN:
                    return False
                if not member.is_record():
                    return True
                at = member.end
    return False


def _unpacked(path: Path, member: zipfile.ZipInfo, folder: Path) -> Path:
    with zipfile.ZipFile(path) as bundle, bundle.open(member) as packed:
        if not member.filename.endswith(".gz"):
            return _written_out(packed, Path(member.filename).name, path, folder)
        with gzip.open(packed) as stream:
            return _written_out(stream, Path(member.filename).name, path, folder)


def _written_out(stream: IO[bytes] | gzip.GzipFile, name: str, source: Path, folder: Path) -> Path:
    """The stream's bytes as a file, as far as they go. Named after its source: never done twice."""
    digest = sha256()
    with source.open("rb") as file:
        for block in iter(lambda: file.read(BLOCK), b""):
            digest.update(block)
    plain = Path(name.removesuffix(".gz"))
    target = folder / f"{plain.stem}-{digest.hexdigest()[:12]}{plain.suffix}"
    if target.exists():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".part")
    with draft.open("wb") as file:
        # A torn stream ends in the middle of a record, and the scan of the file will say so.
        with suppress(EOFError, zlib.error, gzip.BadGzipFile):
            for block in iter(lambda: stream.read(BLOCK), b""):
                file.write(block)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)
    return target

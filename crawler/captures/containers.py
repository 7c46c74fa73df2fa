"""Files that hold others: which stretches of a file are captures, and what must be unpacked first."""

from __future__ import annotations

import gzip
import os
import struct
import zipfile
import zlib
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, BinaryIO

from crawler.captures.writer import CaptureError
from crawler.messages import say

ZIP = b"PK\x03\x04"
LOCAL_HEADER = 30  # bytes before the name in a zip's local file header
BLOCK = 2**20


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
        except (zipfile.BadZipFile, struct.error) as error:
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
    except zipfile.BadZipFile as error:
        raise CaptureError(say("warc_truncated", path=path, offset=0, detail=error)) from error
    except OSError as error:
        detail = error.strerror or error
        raise CaptureError(say("warc_missing", path=path, detail=detail)) from error
    return [path]


def is_one_stream(path: Path) -> bool:
    """Whether the first gzip member goes on after its first record."""
    with path.open("rb") as file:
        start = file.read(BLOCK)
    try:
        head = zlib.decompressobj(31).decompress(start, BLOCK)
    except zlib.error:
        return False
    if not head.startswith(b"WARC/"):
        return False
    headers, _, rest = head.partition(b"\r\n\r\n")
    for line in headers.lower().splitlines():
        if line.startswith(b"content-length:") and line[15:].strip().isdigit():
            return bool(rest[int(line[15:]) :].strip(b"\r\n"))
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

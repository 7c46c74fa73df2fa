"""Single records out of files of captures, as they are, into a new one."""

from __future__ import annotations

import mmap
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from uuid import NAMESPACE_URL, uuid5

from isal import isal_zlib
from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord
from warcio.warcwriter import WARCWriter

from crawler.captures.containers import BROKEN, GZIP, read_member
from crawler.captures.reader import is_answer
from crawler.captures.scanner import moment_of
from crawler.captures.writer import GZIP as GZIP_BITS
from crawler.captures.writer import LEVEL
from crawler.http.head import LARGEST_HEAD, header_text, read_head, split_head

WARC = b"WARC/"


@dataclass(frozen=True, slots=True)
class Copied:
    """A record in its new file, with what an index says of it."""

    offset: int
    length: int
    kind: str  # response, revisit, resource
    url: str
    date: str  # as the record has it
    status: int | None
    mime: str
    digest: str | None  # of the payload, as the record has it


def begin_file(target: BinaryIO, name: str, *, date: str, says: dict[str, str]) -> None:
    """The record that tells what the others are of; the same for the same name and date."""
    writer = WARCWriter(plain := BytesIO(), gzip=False, warc_version="1.1")
    record = writer.create_warcinfo_record(name, says)
    record.rec_headers.replace_header("WARC-Date", date)
    record.rec_headers.replace_header("WARC-Record-ID", _name(f"{name} {date}"))
    writer.write_record(record)
    target.write(_packed(plain.getvalue()))


def copy_record(source: Path, offset: int, target: BinaryIO, *, fetched_at: str) -> Copied | None:
    """Append the record of a look at a place, and the request it answers where that follows it.

    A gzip member is copied byte for byte; what stands in an uncompressed file, or in an ARC, becomes
    one. None when there is no whole record, or one of another moment: the file is another one.
    """
    try:
        with source.open("rb") as file, _mapped(file) as data:
            end, head = 0, bytes(data[offset : offset + len(WARC)])
            if head.startswith(GZIP):
                member = read_member(data, offset, len(data))
                end, head = member.end, member.head
            if end and head.startswith(WARC):
                raw = bytes(data[offset:end])
            else:
                file.seek(offset)
                raw, end = _rewritten(file, is_arc=not head.startswith(WARC)), 0
            found = _described(raw, target.tell())
            if found is None or moment_of(found[0].date) != fetched_at:
                return None
            answer, ident = found
            target.write(raw)
            if end and data[end : end + len(GZIP)] == GZIP:
                last = read_member(data, end, len(data)).end
                request = bytes(data[end:last])
                if _asks(request, ident):
                    target.write(request)
            return answer
    except (*BROKEN, EOFError, OSError, ValueError):
        return None
    except Exception as error:
        if type(error).__module__.startswith("warcio"):
            return None  # a malformed record
        raise


def _mapped(file: BinaryIO) -> mmap.mmap:
    return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _record(raw: bytes) -> ArcWarcRecord:
    return next(ArchiveIterator(BytesIO(raw), no_record_parse=True, arc2warc=True))


def _rewritten(file: BinaryIO, *, is_arc: bool) -> bytes:
    record = next(ArchiveIterator(file, no_record_parse=True, arc2warc=True))
    if is_arc:  # it has no name; it gets the same one whenever it is copied
        url, date = (record.rec_headers.get_header(n) for n in ("WARC-Target-URI", "WARC-Date"))
        record.rec_headers.replace_header("WARC-Record-ID", _name(f"{url} {date}"))
    WARCWriter(plain := BytesIO(), gzip=False, warc_version="1.1").write_record(record)
    return _packed(plain.getvalue())


def _described(raw: bytes, at: int) -> tuple[Copied, str] | None:
    """What an index says of a record, and its name; None when it is no look at a web page."""
    record = _record(raw)
    named = record.rec_headers.get_header
    url, date = (named("WARC-Target-URI") or "").strip("<>"), named("WARC-Date")
    if record.rec_type not in ("response", "revisit", "resource") or not url or not date:
        return None
    status, mime = None, named("Content-Type") or ""
    if is_answer(record):
        head, _ = split_head(record.raw_stream.read(LARGEST_HEAD))
        status, pairs = read_head(head)
        kinds = [header_text(value) for name, value in pairs if name.lower() == b"content-type"]
        mime = kinds[0] if kinds else ""
    mime = "warc/revisit" if record.rec_type == "revisit" else mime.partition(";")[0].strip()
    digest = named("WARC-Payload-Digest")
    described = Copied(at, len(raw), record.rec_type, url, date, status, mime, digest)
    return described, named("WARC-Record-ID") or ""


def _asks(raw: bytes, answer: str) -> bool:
    """Whether a record is the request that was answered so."""
    record = _record(raw)
    concurrent = record.rec_headers.get_header("WARC-Concurrent-To")
    return record.rec_type == "request" and bool(answer) and concurrent == answer


def _name(text: str) -> str:
    return f"<{uuid5(NAMESPACE_URL, f'khcn-archive/{text}').urn}>"


def _packed(plain: bytes) -> bytes:
    packer = isal_zlib.compressobj(LEVEL, isal_zlib.DEFLATED, GZIP_BITS)
    return packer.compress(plain) + packer.flush()

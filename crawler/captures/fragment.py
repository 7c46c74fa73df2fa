"""One record out of a part of somebody else's file: its answer, its digest, and whether it fits."""

from __future__ import annotations

import re
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha1, sha256
from io import BytesIO

from isal import isal_zlib
from warcio.archiveiterator import ArchiveIterator

from crawler.captures.containers import GZIP, HEAD, Member
from crawler.captures.reader import is_answer
from crawler.captures.writer import CaptureError
from crawler.http.content_coding import UnpackingError, decode_body, unchunked
from crawler.http.head import header_text, read_head, split_head
from crawler.http.limits import MAX_BODY
from crawler.messages import say

SHA1 = re.compile(r"(?:sha-?1:)?([a-z2-7]{32})", re.IGNORECASE)
SHA1_HEX = re.compile(r"(?:sha-?1:)?([0-9a-f]{40})", re.IGNORECASE)
SHA256_HEX = re.compile(r"(?:sha-?256:)?([0-9a-f]{64})", re.IGNORECASE)
LARGEST = 4 * MAX_BODY  # bytes of a record that is unpacked


@dataclass(frozen=True, slots=True)
class Fragment:
    """A record as it stood in another archive's file."""

    kind: str  # response, revisit, resource
    url: str
    date: str  # as the record has it
    digest: str | None
    status: int
    head: bytes  # status line and headers, byte for byte
    headers: tuple[tuple[str, str], ...]
    body: bytes  # as it came over the wire
    truncated: str | None  # WARC-Truncated: length, time, disconnect
    ip: str | None
    refers_to: tuple[str, str] | None  # address and date of the answer that a revisit repeats


def read_fragment(data: bytes, *, source: str) -> Fragment:
    """The one record that a stretch of a WARC or ARC file is, packed or not.

    Raises CaptureError when the stretch begins or ends somewhere else, or holds no answer.
    """
    try:
        plain = _whole(data)
        record = next(ArchiveIterator(BytesIO(plain), no_record_parse=True, arc2warc=True))
        block = record.raw_stream.read()
        named = record.rec_headers.get_header
        url = (named("WARC-Target-URI") or "").strip("<>")
        original, at = named("WARC-Refers-To-Target-URI"), named("WARC-Refers-To-Date")
        head, body = split_head(block) if is_answer(record) else (b"", block)
        status, pairs = read_head(head) if head else (200, [])
        kind = named("Content-Type")
        if not head and kind:
            pairs = [(b"Content-Type", kind.encode())]
        found = Fragment(
            record.rec_type, url, named("WARC-Date") or "", named("WARC-Payload-Digest"), status,
            head, tuple((header_text(name), header_text(value)) for name, value in pairs), body,
            named("WARC-Truncated"), named("WARC-IP-Address"),
            (original.strip("<>"), at) if original and at else None,
        )  # fmt: skip
    except Exception as error:
        # Half a record may raise anything in warcio; it is no record.
        raise CaptureError(
            say("warc_truncated", path=source, offset=0, detail=error or type(error).__name__)
        ) from error
    if found.kind not in ("response", "revisit", "resource") or not url:
        raise CaptureError(say("warc_truncated", path=source, offset=0, detail=found.kind))
    return found


def _whole(data: bytes) -> bytes:
    """The record unpacked. Raises ValueError or one of BROKEN unless it is all there."""
    if data.startswith(GZIP):
        inflate = isal_zlib.decompressobj(31)
        data = inflate.decompress(data, LARGEST)
        if not inflate.eof:
            raise ValueError("a packed record that goes on")
    declared = Member(data[:HEAD], len(data), 0).declared()
    if declared is None or declared > len(data):
        raise ValueError(f"{len(data)} bytes of a record of {declared}")
    return data


def same_digest(digest: str | None) -> str:
    """One way of writing a digest, whoever wrote it; empty when there is none.

    SHA-1 is in base 32, as indexes have it: `sha1:` before it and hexadecimal digits are the same.
    """
    text = (digest or "").strip()
    if found := SHA1.fullmatch(text):
        return found[1].upper()
    if found := SHA1_HEX.fullmatch(text):
        return b32encode(bytes.fromhex(found[1])).decode()
    if found := SHA256_HEX.fullmatch(text):
        return f"sha256:{found[1].lower()}"
    return "" if text == "-" else text


def digest_of(body: bytes) -> str:
    """The digest that indexes give the bytes of an answer."""
    return b32encode(sha1(body, usedforsecurity=False).digest()).decode()


def fits(digest: str, body: bytes, headers: Iterable[tuple[str, str]] = ()) -> bool:
    """Whether bytes are those of a digest, as they are or with what the transfer did undone.

    True, too, where nobody can tell: a digest of another kind, or none.
    """
    wanted = same_digest(digest)
    if SHA1.fullmatch(wanted):
        return any(digest_of(one) == wanted for one in _undone(body, headers))
    if wanted.startswith("sha256:"):
        return any(f"sha256:{sha256(one).hexdigest()}" == wanted for one in _undone(body, headers))
    return True


def _undone(body: bytes, headers: Iterable[tuple[str, str]]) -> Iterable[bytes]:
    yield body
    plain = unchunked(body) if _named(headers, "transfer-encoding") else None
    if plain is not None:
        yield plain
    if coding := _named(headers, "content-encoding"):
        try:
            yield decode_body(body if plain is None else plain, coding, LARGEST)
        except UnpackingError:
            return


def _named(headers: Iterable[tuple[str, str]], wanted: str) -> str:
    return ",".join(value for name, value in headers if name.lower() == wanted)

"""Heads that only browsers understand, and bodies in more pieces than anybody can take apart."""

from __future__ import annotations

import gzip
import zlib
from functools import lru_cache

import zstandard

from tests.hostile.pages import article
from tests.hostile.server import in_chunks, reply
from tests.hostile.transport_cases import OK, WHOLE, packed
from tests.hostile.world import Case

BODY = article().encode()
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


def _head(name: str, does: str, *lines: bytes, first: bytes = b"HTTP/1.1 200 OK\r\n") -> Case:
    """An article behind a head that no standard knows."""
    said = first + b"".join(line + b"\r\n" for line in lines)
    said += b"Content-Type: text/html; charset=utf-8\r\nConnection: close\r\n\r\n" + BODY
    return Case(name, "head", does, lambda world: said, stored=WHOLE, requests=1)


def _pieces(name: str, does: str, piece: bytes, count: int, coding: str) -> Case:
    """One small piece, again and again: little to send, much to take apart."""
    return Case(
        name, "frame", does, lambda world: reply(_times(piece, count), Content_Encoding=coding),
        "too_large", requests=1, seconds=5.0,
    )  # fmt: skip


@lru_cache(maxsize=1)
def _times(piece: bytes, count: int) -> bytes:
    return piece * count


def _article(name: str, does: str, body: bytes, coding: str) -> Case:
    said = reply(body, Content_Encoding=coding)
    return Case(name, "frame", does, lambda world: said, stored=WHOLE, requests=1)


def _chunked(name: str, does: str, body: bytes) -> Case:
    return Case(name, "frame", does, lambda world: CHUNKED + body, stored=WHOLE, requests=1)


HALF = len(BODY) // 2
ZSTD = zstandard.ZstdCompressor()
SKIPPABLE = b"\x50\x2a\x4d\x18\x00\x00\x00\x00"
STORED = b"\x00\x00\x00\xff\xff"  # a deflate block that holds nothing

HEADS = [
    _head("dau-chinh-sach", "a policy line of 17 kB", b"Content-Security-Policy: " + b"https://a.example " * 950),
    _head("dau-co-dau-cach", "a space in a header's name", b"X Powered By: PHP"),
    _head("dau-cach-cuoi", "a space behind a header's name", b"Server : IIS"),
    _head("dau-ten-tieng-viet", "a header's name in Vietnamese", "Máy-chủ: Sở".encode()),
    _head("dau-khong-ten", "a header without a name", b": x"),
    _head("dau-nul", "NUL in a header's name and value", b"X\x00A: b", b"X-B: c\x00d"),
    _head("dau-noi-truoc", "a continued line before any header", b" and so on"),
    _head("dau-latin1", "a header in latin-1", "X-Tên: Sở".encode("latin-1", "replace"), b"X-A: \xf4\xe9"),
    _head("dau-dong-trong", "blank lines before the answer", first=b"\r\n\r\nHTTP/1.1 200 OK\r\n"),
    _head("dau-khong-ly-do", "a status without a reason", first=b"HTTP/1.1 200\r\n"),
    _head("dau-hai-cach", "a status behind two spaces", first=b"HTTP/1.1  200  OK\r\n"),
    _head("dau-ban-hai", "`HTTP/2 200` over HTTP/1.1", first=b"HTTP/2 200 OK\r\n"),
    _head("dau-ma-identity", "a transfer coding that is none", b"Transfer-Encoding: identity"),
    _head("dau-hai-do-dai-bang", "one length said twice", b"Content-Length: %d" % len(BODY), b"Content-Length: %d" % len(BODY)),
    Case("dau-khuc-hoa", "head", "`Chunked` with a space before its colon", lambda w: OK + b"Transfer-Encoding : Chunked\r\n\r\n" + in_chunks(BODY) + b"0\r\n\r\n", stored=WHOLE, requests=1),
    _head("dau-chu-thuong", "a status line in small letters", first=b"http/1.1 200 ok\r\n"),
    _head("dau-bom", "a BOM in front of the status line", first=b"\xef\xbb\xbfHTTP/1.1 200 OK\r\n"),
    _head("dau-do-dai-rong", "a length that is empty", b"Content-Length:"),
    _head("dau-do-dai-cong", "a length with a plus", b"Content-Length: +%d" % len(BODY)),
    _head("dau-do-dai-ke", "one length as a list", b"Content-Length: %d, %d" % (len(BODY), len(BODY))),
    Case("dau-hai-khuc", "head", "`chunked` said twice", lambda w: OK + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n" + in_chunks(BODY) + b"0\r\n\r\n", stored=WHOLE, requests=1),
    Case("dau-khuc-va-do-dai", "head", "chunks, and a length that is wrong", lambda w: OK + b"Content-Length: 10\r\nTransfer-Encoding: chunked\r\n\r\n" + in_chunks(BODY) + b"0\r\n\r\n", stored=WHOLE, requests=1),
    Case("dau-qua-dai", "head", "one header of 300 kB", lambda w: OK + b"X-A: " + b"a" * 300_000 + b"\r\n\r\n" + BODY, "headers_too_large", requests=1),
]  # fmt: skip
FRAMES = [
    _pieces("gzip-rong", "400,000 empty gzip members", gzip.compress(b""), 400_000, "gzip"),
    _pieces("gzip-mot-byte", "200,000 gzip members of a byte each", gzip.compress(b"<"), 200_000, "gzip"),
    _pieces("zstd-rong", "900,000 empty zstd frames", ZSTD.compress(b""), 900_000, "zstd"),
    _pieces("zstd-bo-qua", "a million zstd frames to be skipped", SKIPPABLE, 1_000_000, "zstd"),
    Case("deflate-rong", "frame", "1,600,000 deflate blocks that hold nothing", lambda w: reply(zlib.compress(b"")[:2] + _times(STORED, 1_600_000), Content_Encoding="deflate"), "truncated", seconds=5.0),
    Case("khuc-mot-byte", "frame", "300,000 chunks of a byte each", lambda w: CHUNKED + _times(b"1\r\n<\r\n", 300_000) + b"0\r\n\r\n", "too_large", requests=1, seconds=5.0),
    Case("khuc-mo-rong", "frame", "chunks that are all extension", lambda w: CHUNKED + _times(b"1;a=" + b"b" * 900 + b"\r\n<\r\n", 30_000) + b"0\r\n\r\n", "too_large", requests=1, seconds=5.0),
    Case("gzip-ty-le", "frame", "2 MiB of one letter in 2 kB", lambda w: reply(gzip.compress(b" " * 2**21), Content_Encoding="gzip"), "too_large", requests=1),
    _chunked("khuc-lf", "chunks whose lines end in a line feed alone", b"%x\n%s\n0\n\n" % (len(BODY), BODY)),
    _chunked("khuc-dem", "sizes of chunks padded with spaces", b"%-8x\r\n%s\r\n0       \r\n\r\n" % (len(BODY), BODY)),
    _chunked("khuc-so-khong", "sizes of chunks with zeros in front", b"0000%X ;x\r\n%s\r\n0000\r\n\r\n" % (len(BODY), BODY)),
    _chunked("khuc-thieu-cuoi", "hangs up behind the last chunk, without the blank line", b"%x\r\n%s\r\n0\r\n" % (len(BODY), BODY)),
    _article("gzip-hai", "an article in two gzip members", gzip.compress(BODY[:HALF]) + gzip.compress(BODY[HALF:]), "gzip"),
    _article("zstd-hai", "an article in two zstd frames", SKIPPABLE + ZSTD.compress(BODY[:HALF]) + ZSTD.compress(BODY[HALF:]), "zstd"),
    Case("khuc-va-gzip", "frame", "gzip in chunks of ten bytes", lambda w: OK + b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n" + in_chunks(*(packed("gzip", BODY)[at : at + 10] for at in range(0, len(packed("gzip", BODY)), 10))) + b"0\r\n\r\n", stored=WHOLE, requests=1),
]  # fmt: skip
CASES: list[Case] = [*HEADS, *FRAMES]

"""The head of an answer: its status line and header fields, read as forgivingly as browsers do.

RFC 9112 §4 and §5 for what they should be.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

LARGEST_HEAD = 256 * 1024  # bytes of status line and headers, informational answers included
STATUS = re.compile(
    # Four bytes of something else in front, a BOM among them, are passed over.
    rb".{0,4}?HTTP(?:/(\d{1,2})(?:\.(\d{1,2}))?)?[ \t]+([1-9]\d\d)(?:[ \t]+(.*))?",
    re.DOTALL | re.IGNORECASE,
)
TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
BEYOND = re.compile(rb"[\x80-\xff]")
END = re.compile(rb"\r?\n\r?\n")

Pairs = list[tuple[bytes, bytes]]


@dataclass(slots=True)
class Wire:
    """What went over the wire, byte for byte; the body only where its chunks were taken apart."""

    request: bytes = b""  # request line, headers and the blank line behind them
    lines: list[bytes] = field(default_factory=list)  # of the answer's head, line ends included
    chunks: list[bytes] | None = None

    @property
    def head(self) -> bytes:
        return b"".join(self.lines)


def header_text(value: bytes) -> str:
    """UTF-8 as browsers write addresses and servers names; latin-1 when it is none."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def header_address(value: bytes) -> str:
    """An address in a header: UTF-8, or bytes of another encoding as browsers hand them back."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return BEYOND.sub(lambda found: b"%%%02X" % found[0][0], value).decode("ascii")


def read_status(line: bytes) -> tuple[int, int, int, bytes] | None:
    """Version, status and reason of a status line; None when it is none."""
    found = STATUS.fullmatch(line.strip())
    if found is None:
        return None
    major, minor, code, reason = found.groups()
    return int(major or 1), int(minor or 0), int(code), reason or b""


def read_field(line: bytes) -> tuple[bytes, bytes] | None:
    """Name and value of a header line; None of one that browsers pass over."""
    name, colon, value = line.partition(b":")
    name = name.strip()
    if not colon or not TOKEN.fullmatch(name):
        return None
    return name, value.replace(b"\x00", b"").strip()


def split_head(block: bytes) -> tuple[bytes, bytes]:
    """The head of a kept answer and what stands behind it."""
    block = block.lstrip(b"\r\n")
    found = END.search(block)
    return (block[: found.end()], block[found.end() :]) if found else (block, b"")


def read_head(head: bytes) -> tuple[int, Pairs]:
    """Status and fields of a whole head; the status is 0 when the first line has none."""
    first, *lines = re.split(rb"\r?\n", head)
    status = read_status(first)
    folded: list[bytes] = []
    for line in lines:
        if folded and line[:1] in (b" ", b"\t"):
            folded[-1] += b" " + line.strip()
        else:
            folded.append(line)
    fields = [found for line in folded if (found := read_field(line))]
    return (status[2] if status else 0), fields


def coding_of(values: Sequence[bytes]) -> bytes | None:
    """`chunked` or None, by what Transfer-Encoding says; ValueError when it says anything else."""
    names = [name.strip().lower() for name in b",".join(values).split(b",")]
    names = [name for name in names if name not in (b"", b"identity")]
    if not names:
        return None
    if set(names) != {b"chunked"}:
        raise ValueError(f"transfer coding {names[0][:40]!r}")
    return b"chunked"

"""Presentations of PowerPoint 97 to 2003, as far as a reader of their text needs them: [MS-PPT], [MS-CFB]."""

from __future__ import annotations

import struct
from typing import NamedTuple

END, FREE, OF_THE_TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
SECTOR, SMALLEST = 512, 4096  # bytes; smaller streams lie elsewhere


class Slide(NamedTuple):
    title: str
    body: str
    box: str  # text that stands in no outline
    notes: str = ""


def ole_of(streams: dict[str, bytes]) -> bytes:
    """An OLE storage of streams, each in sectors of its own."""
    sectors: list[bytes] = []
    table: list[int] = []

    def put(data: bytes) -> int:
        first = len(sectors)
        for at in range(0, len(data), SECTOR):
            sectors.append(data[at : at + SECTOR].ljust(SECTOR, b"\0"))
            table.append(len(sectors))
        table[-1] = END
        return first

    def entry(name: str, kind: int, start: int, size: int, *, right: int = FREE, child: int = FREE) -> bytes:  # fmt: skip
        raw = (name + "\0").encode("utf-16-le") if name else b""
        head = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), kind, 1, FREE, right, child)
        return head + bytes(36) + struct.pack("<IQ", start, size)

    names = sorted(streams, key=lambda name: (len(name), name.upper()))
    directory = entry("Root Entry", 5, END, 0, child=1)
    for at, name in enumerate(names, 1):
        data = streams[name].ljust(SMALLEST, b"\0")
        directory += entry(name, 2, put(data), len(data), right=at + 1 if at < len(names) else FREE)
    start = put(directory + entry("", 0, 0, 0) * (-len(directory) // 128 % 4))
    tables = next(count for count in range(1, 100) if len(sectors) + count <= count * 128)
    first = len(sectors)
    table += [OF_THE_TABLE] * tables
    packed = struct.pack(f"<{len(table)}I", *table).ljust(tables * SECTOR, b"\xff")
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6)
    head += bytes(6) + struct.pack("<9I", 0, tables, start, 0, SMALLEST, END, 0, END, 0)
    head += struct.pack(f"<{tables}I", *range(first, first + tables))
    return head.ljust(SECTOR, b"\xff") + b"".join(sectors) + packed


def _atom(kind: int, data: bytes, version: int = 0, instance: int = 0) -> bytes:
    return struct.pack("<HHI", version | instance << 4, kind, len(data)) + data


def _box(kind: int, *parts: bytes, instance: int = 0) -> bytes:
    return _atom(kind, b"".join(parts), 0xF, instance)


def _text(text: str, kind: int) -> bytes:
    head = _atom(0x0F9F, struct.pack("<I", kind))
    if text.isascii():
        return head + _atom(0x0FA8, text.encode())
    return head + _atom(0x0FA0, text.encode("utf-16-le"))


def _drawn(*boxes: bytes) -> bytes:
    shapes = (_box(0xF004, _box(0xF00D, box)) for box in boxes)
    return _box(0x040C, _box(0xF002, _box(0xF003, *shapes)))


def ppt_of(slides: list[Slide], *, locked: bool = False) -> bytes:
    """A presentation; `locked`: as the head of one under a password says it."""
    out, places = bytearray(), dict[int, int]()

    def put(number: int, data: bytes) -> None:
        places[number] = len(out)
        out.extend(data)

    shown = beside = b""
    for at, slide in enumerate(slides):
        number, ident = 3 + at * 2, 256 + at
        outline = (_atom(0x0F9E, struct.pack("<I", place)) for place in (0, 1))
        head = _atom(0x03EF, bytes(12) + struct.pack("<III", 0, ident, 0), 2)
        put(number, _box(0x03EE, head, _drawn(*outline, _text(slide.box, 4))))
        shown += _atom(0x03F3, struct.pack("<5I", number, 0, 2, ident, 0))
        shown += _text(slide.title, 0) + _text(slide.body, 1)
        if slide.notes:
            head = _atom(0x03F1, struct.pack("<II", ident, 0), 1)
            put(number + 1, _box(0x03F0, head, _drawn(_text("*", 4), _text(slide.notes, 2))))
            beside += _atom(0x03F3, struct.pack("<5I", number + 1, 0, 1, 512 + at, 0))
    lists = _box(0x0FF0, shown), _box(0x0FF0, beside, instance=2)
    put(1, _box(0x03E8, _atom(0x03E9, bytes(40), 1), *lists))
    directory = len(out)
    pairs = (struct.pack("<II", number | 1 << 20, at) for number, at in sorted(places.items()))
    out += _atom(0x1772, b"".join(pairs))
    edit = len(out)
    out += _atom(0x0FF5, struct.pack("<IHBBIIIIHH", 256, 0, 0, 3, 0, directory, 1, 99, 0, 0))
    token = 0xF3D1C4DF if locked else 0xE391C05F
    user = _atom(0x0FF6, struct.pack("<IIIHHBBH", 20, token, edit, 4, 0x03F4, 3, 0, 0) + b"user\x08\0\0\0")  # fmt: skip
    return ole_of({"PowerPoint Document": bytes(out), "Current User": user})

"""How Word 97 to 2003 sets its text: runs of characters and paragraphs, styles, names of fonts.

Source: [MS-DOC] 2.6 (Sprms), 2.8.5 (PlcBteChpx), 2.8.6 (PlcBtePapx), 2.9.271 (STSH).
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

PAGE = 512
FONT, BOLD, CAPS, HIDDEN, STYLE = 0x4A4F, 0x0835, 0x083B, 0x083C, 0x4A30
SIZES = (1, 1, 2, 4, 2, 2, 0, 3)  # bytes of an operand by the upper bits of its code
DEEPEST = 20  # styles upon styles


@dataclass(frozen=True, slots=True)
class Look:
    font: int = -1
    bold: bool = False
    caps: bool = False
    hidden: bool = False


@dataclass(slots=True)
class Runs:
    """What holds from which byte on."""

    starts: list[int] = field(default_factory=list)
    found: list[bytes] = field(default_factory=list)

    def at(self, place: int) -> bytes:
        number = bisect_right(self.starts, place) - 1
        return self.found[number] if number >= 0 else b""


def runs_of(table: bytes, main: bytes, read: Callable[[bytes, int, int], bytes]) -> Runs:
    """All runs of characters or of paragraphs, out of their pages of 512 bytes."""
    runs = Runs()
    count = (len(table) - 4) // 8
    if count < 1:
        return runs
    for number in struct.unpack_from(f"<{count}I", table, (count + 1) * 4):
        page = main[number * PAGE : (number + 1) * PAGE]
        if len(page) < PAGE:
            continue
        inside = page[PAGE - 1]
        starts = struct.unpack_from(f"<{inside + 1}I", page, 0)
        for at in range(inside):
            runs.starts.append(starts[at])
            runs.found.append(read(page, inside, at))
    order = sorted(range(len(runs.starts)), key=runs.starts.__getitem__)
    return Runs([runs.starts[at] for at in order], [runs.found[at] for at in order])


def character_run(page: bytes, inside: int, at: int) -> bytes:
    place = page[(inside + 1) * 4 + at] * 2
    return page[place + 1 : place + 1 + page[place]] if place else b""


def paragraph_run(page: bytes, inside: int, at: int) -> bytes:
    place = page[(inside + 1) * 4 + at * 13] * 2
    if not place:
        return b""
    size = page[place]
    if size:
        return page[place + 1 : place + 2 * size]
    return page[place + 2 : place + 2 + 2 * page[place + 1]]


def changes_of(codes: bytes) -> Iterator[tuple[int, bytes]]:
    """The changes that a run makes: their codes and operands."""
    at = 0
    while at + 2 < len(codes):
        code = struct.unpack_from("<H", codes, at)[0]
        at += 2
        size = SIZES[code >> 13]
        if code == 0xD608:
            size = struct.unpack_from("<H", codes, at)[0] + 1 if at + 1 < len(codes) else 1
        elif not size:
            size = codes[at] + 1
        yield code, codes[at : at + size]
        at += size


def changed(look: Look, codes: bytes, styles: dict[int, Look]) -> Look:
    for code, operand in changes_of(codes):
        if not operand:
            continue
        if code == STYLE and len(operand) > 1:
            named = styles.get(int.from_bytes(operand[:2], "little"))
            if named is not None and named.font >= 0:
                look = replace(look, font=named.font)
        elif code == FONT and len(operand) > 1:
            look = replace(look, font=int.from_bytes(operand[:2], "little"))
        elif code in (BOLD, CAPS, HIDDEN):
            # 0 and 1 say off and on, 128 as in the style, 129 the other way.
            name = {BOLD: "bold", CAPS: "caps", HIDDEN: "hidden"}[code]
            on = operand[0] == 1 or (operand[0] == 129 and not getattr(look, name))
            look = look if operand[0] == 128 else replace(look, **{name: on})
    return look


def styles_of(table: bytes) -> tuple[dict[int, Look], Look]:
    """The looks of all styles, each upon the one it is based on, and of a plain paragraph."""
    if len(table) < 20:
        return {}, Look()
    size, count, base = struct.unpack_from("<HHH", table, 0)
    plain = Look(font=struct.unpack_from("<H", table, 14)[0] if size >= 14 else -1)
    at, raw = 2 + size, dict[int, tuple[int, bytes]]()
    for number in range(min(count, 4_000)):
        if at + 2 > len(table):
            break
        length = struct.unpack_from("<H", table, at)[0]
        style = table[at + 2 : at + 2 + length]
        at += 2 + length + length % 2
        if len(style) > base + 2:
            kind, under = style[2] & 0xF, struct.unpack_from("<H", style, 2)[0] >> 4
            raw[number] = under, _style_codes(style, base, kind)
    looks: dict[int, Look] = {}
    for number in raw:
        _learn(number, raw, looks, plain, 0)
    return looks, looks.get(0, plain)


def _learn(
    number: int,
    raw: dict[int, tuple[int, bytes]],
    looks: dict[int, Look],
    plain: Look,
    depth: int,
) -> Look:
    if number not in raw or depth > DEEPEST:
        return plain
    if number not in looks:
        under, codes = raw[number]
        looks[number] = changed(_learn(under, raw, looks, plain, depth + 1), codes, {})
    return looks[number]


def _style_codes(style: bytes, base: int, kind: int) -> bytes:
    """What a style changes of its characters: behind its name, and what it changes of paragraphs."""
    at = base + 2 + (struct.unpack_from("<H", style, base)[0] + 1) * 2
    for _ in range(1 if kind == 1 else 0):
        if at + 2 > len(style):
            return b""
        size = struct.unpack_from("<H", style, at)[0]
        at += 2 + size + size % 2
    if kind not in (1, 2) or at + 2 > len(style):
        return b""
    return style[at + 2 : at + 2 + struct.unpack_from("<H", style, at)[0]]


def font_names(table: bytes) -> list[str]:
    names: list[str] = []
    at = 4
    while at < len(table) and len(names) < 2_000:
        size = table[at] + 1
        name = table[at + 40 : at + size].decode("utf-16-le", "replace")
        names.append(name.partition("\0")[0])
        at += size
    return names

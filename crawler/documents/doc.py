"""DOC of Word 97 to 2003 → lines with their fonts; macros are never looked at.

Word keeps the text in pieces, and which bytes are in which font or paragraph in pages of runs. The
fonts are what tells text in an old encoding. Source: [MS-DOC] 2.1, 2.4, 2.8, 2.9.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Any

import olefile

from crawler.documents.doc_looks import (
    Look,
    Runs,
    changed,
    changes_of,
    character_run,
    font_names,
    paragraph_run,
    runs_of,
    styles_of,
)
from crawler.documents.draft import Draft, Line, UnreadableError, row_of
from crawler.documents.metadata import clean_author, clean_title, iso_date
from crawler.text.legacy_fonts import is_legacy_font

MAGIC = 0xA5EC
ENCRYPTED, TABLE_1 = 0x0100, 0x0200
PAIRS = 0x9A  # where the table of places begins: pairs of an offset and a length
STYLES, CHARACTERS, PARAGRAPHS, FONTS, PIECES = 1, 12, 13, 15, 33
LARGEST = 64 * 2**20  # bytes of a stream
MOST_LETTERS = 4_000_000
ROW_END, IN_TABLE, ALIGNED = 0x2417, 0x2416, (0x2403, 0x2461)
SIGNS = {"\t": "\t", "\x0b": "\n", "\x1e": "-", "\x1f": "\xad", "\xa0": " "}
DEEPEST = 20  # fields in fields


def read_doc(content: bytes) -> Draft | None:
    """A Word document; None when it is of an earlier Word than 97."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as storage:
            return _read(storage)
    except (OSError, ValueError, IndexError, struct.error, TypeError) as error:
        raise UnreadableError("broken") from error


def _read(storage: Any) -> Draft | None:
    main = stream_of(storage, "WordDocument")
    magic, flags = struct.unpack_from("<H", main, 0)[0], struct.unpack_from("<H", main, 0x0A)[0]
    if magic != MAGIC:
        return None
    if flags & ENCRYPTED:
        raise UnreadableError("encrypted")
    table = stream_of(storage, "1Table" if flags & TABLE_1 else "0Table")

    def part(number: int) -> bytes:
        start, length = struct.unpack_from("<II", main, PAIRS + number * 8)
        return table[start : start + length]

    names = font_names(part(FONTS))
    styles, default = styles_of(part(STYLES))
    characters = runs_of(part(CHARACTERS), main, character_run)
    paragraphs = runs_of(part(PARAGRAPHS), main, paragraph_run)
    draft = metadata_of(storage)
    length = struct.unpack_from("<I", main, 0x4C)[0]
    writer = _Writer(names)
    for text, place, width in _pieces(part(PIECES), main, length):
        _write(writer, text, place, width, characters, paragraphs, styles, default)
    writer.end_row()
    draft.lines = writer.lines
    draft.pages = writer.page if writer.page > 1 else None
    return draft


def _write(
    writer: _Writer, text: str, place: int, width: int, characters: Runs, paragraphs: Runs,
    styles: dict[int, Look], default: Look,
) -> None:  # fmt: skip
    """A piece of text, sign by sign where something changes."""
    known: dict[tuple[bytes, bytes], Look] = {}
    for at, sign in enumerate(text):
        byte = place + at * width
        of_paragraph = paragraphs.at(byte)
        key = of_paragraph[:2], characters.at(byte)
        look = known.get(key)
        if look is None:
            style = int.from_bytes(of_paragraph[:2], "little") if of_paragraph else 0
            look = known[key] = changed(styles.get(style, default), key[1], styles)
        if sign in "\r\x07\x0c":
            codes = dict(changes_of(of_paragraph[2:]))
            centred = any(codes.get(code, b"\0")[0] == 1 for code in ALIGNED)
            table = codes.get(IN_TABLE, b"\0")[0] == 1
            if sign == "\x07" and codes.get(ROW_END, b"\0")[0] == 1:
                writer.end_row()
            else:
                writer.end_line(centred=centred, table=table)
                if sign == "\x07":
                    writer.end_cell()
                writer.page += sign == "\x0c"
        elif sign in "\x13\x14\x15":
            writer.field(sign)
        elif not look.hidden:
            writer.add(sign, look)


class _Writer:
    def __init__(self, names: list[str]) -> None:
        self.names = names
        self.lines: list[Line] = []
        self.cells: list[list[Line]] = []
        self.cell: list[Line] = []
        self.letters: list[str] = []
        self.fonts: list[tuple[int, str]] = []
        self.last, self.bold = "", True
        self.fields: list[bool] = []  # whether each open field is past its instruction
        self.page = 1

    def field(self, sign: str) -> None:
        """A field: its instruction is not text, its result is."""
        if sign == "\x13" and len(self.fields) < DEEPEST:
            self.fields.append(False)
        elif sign == "\x14" and self.fields:
            self.fields[-1] = True
        elif sign == "\x15" and self.fields:
            self.fields.pop()

    def add(self, sign: str, look: Look) -> None:
        if not all(self.fields):
            return
        sign = SIGNS.get(sign, sign if sign >= " " else "")
        if sign == "\n":
            self.end_line(centred=False, table=bool(self.cells or self.cell))
            return
        name = self.names[look.font] if 0 <= look.font < len(self.names) else ""
        name = name if is_legacy_font(name) else ""
        if name != self.last:
            self.fonts.append((sum(map(len, self.letters)), name))
            self.last = name
        self.letters.append(sign.upper() if look.caps else sign)
        self.bold = self.bold and (look.bold or sign.isspace())

    def end_line(self, *, centred: bool, table: bool) -> None:
        text = "".join(self.letters).rstrip()
        if text:
            line = Line(text, self.page, self.bold, centred, tuple(self.fonts))
            (self.cell if table else self.lines).append(line)
        self.letters, self.fonts, self.last, self.bold = [], [], "", True

    def end_cell(self) -> None:
        self.cells.append(self.cell)
        self.cell = []

    def end_row(self) -> None:
        self.end_line(centred=False, table=bool(self.cells or self.cell))
        self.lines += row_of(self.cells) + self.cell
        self.cells, self.cell = [], []


def stream_of(storage: Any, name: str) -> bytes:
    if not storage.exists(name):
        raise UnreadableError("broken")
    if storage.get_size(name) > LARGEST:
        raise UnreadableError("too_large")
    return bytes(storage.openstream(name).read())


def _pieces(table: bytes, main: bytes, length: int) -> Iterator[tuple[str, int, int]]:
    """The text in its order, with the byte at which each piece lies and the width of a sign."""
    at = 0
    while at < len(table) and table[at] == 1:
        at += 3 + struct.unpack_from("<H", table, at + 1)[0]
    if at >= len(table) or table[at] != 2:
        raise UnreadableError("broken")
    plc = table[at + 5 :][: struct.unpack_from("<I", table, at + 1)[0]]
    count = (len(plc) - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", plc, 0)
    left = min(length, MOST_LETTERS)
    for number in range(count):
        signs = min(max(ends[number + 1] - ends[number], 0), left)
        place = struct.unpack_from("<I", plc, (count + 1) * 4 + number * 8 + 2)[0]
        if place & 0x40000000:
            place = (place & 0x3FFFFFFF) // 2
            yield main[place : place + signs].decode("cp1252", "replace"), place, 1
        else:
            text = main[place : place + 2 * signs].decode("utf-16-le", "surrogatepass")
            yield text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), place, 2
        left -= signs


def metadata_of(storage: Any) -> Draft:
    """Title, author and date of its property set; their bytes are in the code page it names."""
    data = storage.get_metadata()
    page = f"cp{data.codepage}" if data.codepage and data.codepage > 0 else "cp1252"
    if data.codepage in (65001, -535):
        page = "utf-8"

    def text(value: Any) -> str | None:
        if not isinstance(value, bytes):
            return value if isinstance(value, str) else None
        try:
            return value.decode(page, "replace").strip("\0 ")
        except LookupError:
            return value.decode("cp1252", "replace").strip("\0 ")

    created = data.create_time
    return Draft(
        title=clean_title(text(data.title)),
        author=clean_author(text(data.author)),
        created=iso_date(created.isoformat() + "Z" if created else None),
    )

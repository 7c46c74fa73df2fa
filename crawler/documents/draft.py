"""What a format's reader hands on: lines with what is known of their look, and the file's own data."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

LONGEST_TEXT = 4_000_000  # characters of a document


class UnreadableError(Exception):
    """Why a file, or a part of it, is not read: one of the problems of a DocumentReading."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a PDF, or a paragraph. Columns side by side are parted by tabs."""

    text: str
    page: int = 1
    bold: bool | None = None  # None: the format does not tell
    centred: bool | None = None
    fonts: tuple[tuple[int, str], ...] = ()  # where in the text each font of an old encoding begins
    recognised: bool = False  # seen on a picture, not printed in the file


@dataclass(slots=True)
class Draft:
    """A document before its text is mended and its facts are read."""

    lines: list[Line] = field(default_factory=list)
    pages: int | None = None
    title: str | None = None
    author: str | None = None
    created: str | None = None
    confidence: float | None = None
    ocr_pages: tuple[int, ...] = ()
    problem: str | None = None
    members: tuple[str, ...] = ()


def row_of(cells: list[list[Line]]) -> list[Line]:
    """A row of a table as lines.

    Two cells of several paragraphs are a head or a foot set in two columns: one is read after the
    other. Any other row is one line, its cells parted by tabs.
    """
    if len(cells) == 2 and any(len(cell) > 1 for cell in cells):
        return [line for cell in cells for line in cell]
    found = [line for cell in cells for line in cell]
    if not found:
        return []
    text, fonts = "", []
    for at, cell in enumerate(cells):
        text += "\t" if at else ""
        for number, line in enumerate(cell):
            text += " " if number else ""
            fonts += [(len(text) + start, name) for start, name in line.fonts]
            text += line.text
    return [
        replace(
            found[0],
            text=text.rstrip("\t "),
            bold=all(line.bold for line in found),
            fonts=tuple(fonts),
        )
    ]

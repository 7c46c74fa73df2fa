"""Lines in the fonts of before Unicode, read as they looked; characters nobody sees taken out."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from crawler.documents.draft import Line
from crawler.text.characters import nfc, visible
from crawler.text.legacy_fonts import OWN, from_font, mended, table_of

# What PDF and Word have for the signs of bullets, and letters that look like Đ.
SPACES = re.compile("[\u2000-\u200a\u202f\u205f\u3000]")
FEW = 8  # lines to one in Unicode, pasted into a document in an old encoding
LONGEST_CAPITALS = 120  # letters of a paragraph
LIKES = str.maketrans(
    {
        "\uf0b7": "•",
        "\uf02d": "-",
        "\uf0a7": "▪",
        "\uf0d8": "➢",
        "\uf0fc": "✓",
        "Ð": "Đ",
        "ð": "đ",
        "Ɖ": "Đ",
        "\xa0": " ",
        "\u2011": "-",
    }
)


def mended_lines(lines: list[Line]) -> list[Line]:
    """The lines as their readers saw them."""
    by_font = [replace(line, text=_by_fonts(line)) if line.fonts else line for line in lines]
    unknown = [line.text for line in by_font if not line.fonts]
    table = table_of(unknown)
    modern = sum(1 for text in unknown if OWN.search(text))
    throughout = table is not None and modern * FEW < len(unknown)
    found = []
    for line in by_font:
        text = line.text if line.fonts else mended(line.text, table, throughout=throughout)
        if throughout and table == "tcvn3" and text != line.text:
            text = _as_capitals(text)
        if text := _plain(text):
            found.append(replace(line, text=text, fonts=()))
    return found


def _as_capitals(text: str) -> str:
    """A paragraph of small letters alone: it was set in the font that draws them as capitals."""
    words = text.split()
    whole = len(words) > 1 and len(text) < LONGEST_CAPITALS and not text.endswith((",", ";", "."))
    small = text.islower() and text[0].isalpha() and not text.startswith(("v/v", "về việc"))
    return text.upper() if whole and small else text


def _by_fonts(line: Line) -> str:
    """A line whose fonts are known: what is set in an old one is read by its table."""
    marks = [*line.fonts, (len(line.text), "")]
    pieces = [line.text[: marks[0][0]]]
    for (start, font), (end, _) in itertools.pairwise(marks):
        pieces.append(from_font(line.text[start:end], font))
    return "".join(pieces)


def _plain(text: str) -> str:
    return visible(nfc(SPACES.sub(" ", text.translate(LIKES)))).strip(" \r\n")

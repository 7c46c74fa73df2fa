"""Characters by their Unicode properties: which nobody sees, which no text may hold, which pile up.

Sources: Unicode 15 DerivedCoreProperties (Default_Ignorable_Code_Point), UAX #15 §13, XML 1.0 §2.2.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MOST_MARKS = 30  # on one letter (UAX #15, Stream-Safe Text): sorting more takes quadratic time

# Controls, and what Unicode calls formatting but for the signs of other scripts that are seen.
_CONTROLS = (
    (0x0, 0x8), (0xB, 0xC), (0xE, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x61C, 0x61C),
    (0x180E, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064), (0x2066, 0x206F),
    (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A),
)  # fmt: skip
# Marks without a look of their own, tags and what may become such.
_IGNORABLE = (
    (0x34F, 0x34F), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2065, 0x2065), (0xFE00, 0xFE0F),
    (0xFFF0, 0xFFF8), (0xE0000, 0xE0FFF),
)  # fmt: skip
_NONCHARACTERS = (
    (0xFDD0, 0xFDEF),
    *((plane + 0xFFFE, plane + 0xFFFF) for plane in range(0, 0x110000, 0x10000)),
)
SELECTORS = range(0xFE00, 0xFE10)  # of a sign's look: text or emoji
# Letters of two scripts that are made to fill space, and Braille without a dot.
BLANKS = {0xA0: " ", 0x115F: " ", 0x1160: " ", 0x2800: " ", 0x3164: " ", 0xFFA0: " "}
LINES = {0x2028: "\n", 0x2029: "\n"}


_UNSEEN = {
    code: ""
    for first, last in (*_CONTROLS, *_IGNORABLE, *_NONCHARACTERS)
    for code in range(first, last + 1)
}
# What becomes of a character that is no text: nothing, a space, a line end, or the sign of a loss.
ODD = _UNSEEN | BLANKS | LINES | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


def char_class(codes: Iterable[int]) -> str:
    """Code points as a class for a regular expression."""
    ranges: list[list[int]] = []
    for code in sorted(codes):
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    written = (re.escape(chr(a)) + ("-" + re.escape(chr(b)) if b > a else "") for a, b in ranges)
    return "[" + "".join(written) + "]"


# Apart: a class that goes beyond the first plane is ten times slower, and few pages do.
ODD_OF_FIRST_PLANE = {code for code in ODD if code < 0x10000}
FINDS_ODD = re.compile(char_class(ODD_OF_FIRST_PLANE))
FINDS_ODD_BEYOND = re.compile(char_class({code for code in ODD if code >= 0x10000}))
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# No combining mark is part of a word to Python.
PILE = re.compile(rf"[^\x00-\u02ff\w\s]{{{MOST_MARKS + 1},}}")


def visible(text: str) -> str:
    """The text without what no reader sees; halves of characters are the sign of a loss."""
    return FINDS_ODD.sub(instead, visible_beyond(text))


def visible_beyond(text: str) -> str:
    """The text without the unseen characters beyond the first plane, which most texts never leave."""
    if len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text):
        return text
    return FINDS_ODD_BEYOND.sub("", text)


def instead(found: re.Match[str]) -> str:
    """What becomes of an odd character; behind a sign a selector says how it looks."""
    code, at = ord(found[0]), found.start()
    if code in SELECTORS and at and not found.string[at - 1].isalpha():
        return found[0]
    return ODD[code]


def for_xml(text: str) -> str:
    """The text without what an XML document may not hold (workbooks, feeds)."""
    return FORBIDDEN.sub("", text)


def nfc(text: str) -> str:
    """Composed, in linear time: of the marks that pile up on a letter, no more than 30."""
    return unicodedata.normalize("NFC", PILE.sub(_lower, text))


def _lower(pile: re.Match[str]) -> str:
    kept, high = [], 0
    for letter in pile[0]:
        high = high + 1 if unicodedata.combining(letter) else 0
        if high <= MOST_MARKS:
            kept.append(letter)
    return "".join(kept)

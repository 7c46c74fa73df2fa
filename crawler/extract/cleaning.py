"""Text as it is kept: composed, and without what no reader sees."""

from __future__ import annotations

import re
import sys
import unicodedata
from html import unescape
from itertools import islice

from crawler.text.characters import (
    ODD,
    ODD_OF_FIRST_PLANE,
    char_class,
    instead,
    nfc,
    visible_beyond,
)

# Eth and African D are what bad fonts and keyboards put for Đ.
LIKE_D = {0xD0: "Đ", 0x189: "Đ", 0xF0: "đ", 0x256: "đ"}
# In one pass over the page, which is what costs.
FINDS_ODD = re.compile(char_class(ODD_OF_FIRST_PLANE | LIKE_D.keys()))
# Any character written as a number, and those by name that become another.
REFERENCE = re.compile(
    r"&(?:#(?:0{0,6}([0-9]{1,7})|[xX]0{0,6}([0-9a-fA-F]{1,6}));?|(?:shy|zwn?j|[lr]rm|ETH|eth);)"
)
# Two halves of one character, as some editors write what is beyond the first plane.
HALVES = re.compile(
    r"&#(?:[xX](?P<a>[dD][89abAB][0-9a-fA-F]{2})|(?P<b>5[56]\d{3}));"
    r"&#(?:[xX](?P<c>[dD][c-fC-F][0-9a-fA-F]{2})|(?P<d>5[67]\d{3}));"
)
WINDOWS = range(128, 160)  # numbers that browsers read by windows-1252
# Without any of these a text of the scripts that portals print is composed already.
COMBINING = re.compile("[\u0300-\u036f][\u0300-\u036f]*")
MANY_MARKS = 1_000  # of a page that is written in letters taken apart


def clean(text: str) -> str:
    """Composed, and without what no reader sees."""
    if "&" in text:
        text = REFERENCE.sub(_plain, HALVES.sub(_joined, text))
    # Odd characters are looked up one by one; of these there are many.
    text = visible_beyond(text.replace("\xa0", " "))
    return _composed(FINDS_ODD.sub(_instead, text))


def _instead(found: re.Match[str]) -> str:
    return LIKE_D.get(ord(found[0])) or instead(found)


def _joined(halves: re.Match[str]) -> str:
    high = int(halves["a"], 16) if halves["a"] else int(halves["b"])
    low = int(halves["c"], 16) if halves["c"] else int(halves["d"])
    if not (0xD800 <= high < 0xDC00 <= low < 0xE000):
        return halves[0]
    return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))


def _plain(reference: re.Match[str]) -> str:
    """A character written as a number, when it is one that is taken out or put together."""
    decimal, hexadecimal = reference.groups()
    if decimal is None and hexadecimal is None:
        return unescape(reference[0])
    code = int(decimal) if decimal else int(hexadecimal, 16)
    if code in WINDOWS:
        return unescape(f"&#{code};")
    if code in ODD:
        return ODD[code]
    if code in LIKE_D or (code <= sys.maxunicode and unicodedata.combining(chr(code))):
        return chr(code)
    return reference[0]


def _composed(text: str) -> str:
    """NFC. On most pages only a few letters are taken apart, and composing them is all it takes."""
    written = text.encode("utf-8", "surrogatepass")
    if b"\xcc" in written or b"\xcd" in written:  # with which every such mark begins
        marks = list(islice(COMBINING.finditer(text), MANY_MARKS))
    else:
        marks = []
    if len(marks) == MANY_MARKS:
        return nfc(text)
    text = text.replace("\u212a", "K").replace("\u212b", "Å")
    pieces, at = [], 0
    for mark in marks:
        start = max(at, mark.start() - 1)
        pieces += [text[at:start], nfc(text[start : mark.end()])]
        at = mark.end()
    return "".join([*pieces, text[at:]]) if marks else text

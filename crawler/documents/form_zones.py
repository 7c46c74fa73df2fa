"""Zones of a document's form read once more, where a reader of whole pages has lost what must stand there.

It takes what stands under a stamp for a picture. A stamp is red, and covers the left third of the signature (Nghị định 30/2020/NĐ-CP, appendix I), which
stands at the right of the recipients. Only what is black there is print. Above the title, in the left half,
stands the number with its symbol; a line of it beside the right half's may be passed over.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from statistics import median

from crawler.documents.scan_pictures import Prepared, only_print
from crawler.documents.tesseract import ONE_BLOCK, SPARSE, Word, confidence_of, words_in
from crawler.text.folding import fold

HEAD, LEAST = 16, 3  # lines of a head; words of one
SYMBOL = re.compile(r"/\s?[A-ZĐ][A-Za-zĐƯ&]*[-–]|^/?[A-ZĐƯ][A-Za-zĐƯ&]{1,5}[-–][A-ZĐƯ&]{2}")
LINES = 16  # from the recipients to the end of a signature
WIDE = 1.8  # line heights between two columns
LEGIBLE = 0.5  # confidence of a word that counts for something
STROKES = 0.45  # of a line of those that a pen has drawn
DOUBTFUL = 0.8
OWN = 10_000  # added to the numbers of blocks
Box = tuple[int, int, int, int]


def reread_signature(words: list[Word], page: Prepared) -> list[Word]:
    """The words of a page, those of its signature by whichever reading says most."""
    box = _signature_box(words, page)
    if box is None:
        return words
    inside = [word for word in words if _is_in(word, box)]
    readings = [inside, _read(page, box, stamped=True)]
    if confidence_of(readings[1]) < DOUBTFUL:
        readings.append(_read(page, box, stamped=False))
    best = max(readings, key=_says)
    if best is inside:
        return words
    # Behind what stands above it and beside it: the rest of the page goes on below.
    above = [word for word in words if word not in inside and word.top < box[3]]
    below = [word for word in words if word not in inside and word.top >= box[3]]
    return [*above, *best, *below]


def reread_head(words: list[Word], page: Prepared) -> list[Word]:
    """The words of a page, with the line of its number where that was passed over."""
    if not words:
        return words
    height = round(median(word.height for word in words))
    top = max(0, min(word.top for word in words) - height)
    box = 0, top, page.grey.width // 2, min(page.grey.height // 3, top + HEAD * height)
    inside = [word for word in words if _is_in(word, box)]
    if len(inside) < LEAST or any(SYMBOL.search(word.text) for word in inside):
        return words
    found = [_moved(word, box) for word in words_in(page.grey.crop(box), SPARSE)]
    symbol = next(
        (word for word in found if SYMBOL.search(word.text) and word.confidence >= LEGIBLE), None
    )
    if symbol is None:
        return words
    line = [
        replace(word, row=(OWN, 0, 0))
        for word in sorted(found, key=lambda word: word.left)
        if word.confidence >= STROKES and abs(_middle(word) - _middle(symbol)) < height * 0.6
    ]
    at = next((at for at, word in enumerate(words) if word.top > symbol.top + height), len(words))
    while 0 < at < len(words) and words[at].row == words[at - 1].row:
        at -= 1  # no line is parted
    return [*words[:at], *line, *words[at:]]


def _read(page: Prepared, box: Box, *, stamped: bool) -> list[Word]:
    cut = page.black.crop(box)
    found = words_in(only_print(cut) if stamped else cut, ONE_BLOCK)
    rows = itertools.groupby(found, key=lambda word: word.row)
    lines = [list(row) for _, row in rows]
    return [
        replace(_moved(word, box), row=(OWN + 1 + word.row[0], *word.row[1:]))
        for line in lines
        if confidence_of(line) >= STROKES
        for word in line
    ]  # fmt: skip


def _says(words: list[Word]) -> float:
    """How much is read for sure."""
    return sum(word.confidence * len(word.text) for word in words if word.confidence >= LEGIBLE)


def _signature_box(words: list[Word], page: Prepared) -> Box | None:
    """What lies at the right of `Nơi nhận` and of the list below it."""
    rows = [list(row) for _, row in itertools.groupby(words, key=lambda word: word.row)]
    opening = next((row for row in reversed(rows) if _opens(row)), None)
    if opening is None or opening[0].left > page.grey.width // 2:
        return None
    height = round(median(word.height for word in words))
    top = min(word.top for word in opening)
    right = max(
        _end_of_column(row, height)
        for row in rows
        if row is opening or (row[0].top > top and row[0].text[:1] in "-–—+•*")
    )
    left = min(right + height, round(page.grey.width * 0.55))
    return left, max(0, top - 2 * height), page.grey.width, min(page.grey.height, top + LINES * height)  # fmt: skip


def _opens(row: list[Word]) -> bool:
    return fold(" ".join(word.text for word in row[:2])).lower().startswith("noi nhan")


def _end_of_column(row: list[Word], height: int) -> int:
    for before, word in itertools.pairwise(row):
        if word.left - before.right > WIDE * height:
            return before.right
    return row[-1].right


def _is_in(word: Word, box: Box) -> bool:
    across, down = word.left + word.width / 2, word.top + word.height / 2
    return box[0] <= across <= box[2] and box[1] <= down <= box[3]


def _moved(word: Word, box: Box) -> Word:
    """Where it stands on the page, not in the box."""
    return replace(word, left=word.left + box[0], top=word.top + box[1])


def _middle(word: Word) -> float:
    return word.top + word.height / 2

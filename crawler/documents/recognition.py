"""Pictures of pages → lines, by Tesseract where it is installed: straightened, evened out, read."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pypdfium2 import raw

from crawler.documents.draft import Line
from crawler.documents.form_zones import WIDE, reread_head, reread_signature
from crawler.documents.scan_pictures import LARGEST, prepared
from crawler.documents.tesseract import DPI, Word, confidence_of, lies_at, words_in

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

COARSEST, FINEST = 140, 420  # scans that are read as they are
SEEN = ((0, ""),)  # what was seen is in no old encoding
POOR = 0.55  # confidence of what is upside down, or no text


def recognise_page(page: Any) -> tuple[list[Line], float | None]:
    """A page of a PDF (pypdfium2's), drawn and read."""
    width, height = page.get_size()
    dpi = _dpi_of(page, width)
    scale = min(dpi / 72, (LARGEST / max(width * height, 1)) ** 0.5)
    return recognise(page.render(scale=scale).to_pil())


def _dpi_of(page: Any, width: float) -> float:
    """The fineness of the picture that is the page: drawn any finer, its grain becomes letters."""
    for drawn in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        left, _, right, _ = drawn.get_bounds()
        if right - left > 0.6 * width:
            dpi = drawn.get_px_size()[0] * 72 / (right - left)
            if COARSEST <= dpi <= FINEST:
                return float(dpi)
    return DPI


def recognise(picture: Picture) -> tuple[list[Line], float | None]:
    """The lines of a picture and how sure their reader is, 0..1; None where nothing was found."""
    page = prepared(picture)
    words = words_in(page.grey)
    if confidence_of(words) < POOR and len(words) > 3 and (turn := lies_at(page.grey)):
        other_page = prepared(picture, turn)
        other = words_in(other_page.grey)
        if confidence_of(other) > confidence_of(words):
            page, words = other_page, other
    words = reread_head(reread_signature(words, page), page)
    if not words:
        return [], None
    return list(_lines(words)), round(confidence_of(words), 4)


def _lines(words: list[Word]) -> Iterator[Line]:
    left = min(word.left for word in words)
    right = max(word.right for word in words)
    rows: dict[tuple[int, int, int], list[Word]] = {}
    for word in words:
        rows.setdefault(word.row, []).append(word)
    for row in rows.values():
        height = sorted(word.height for word in row)[len(row) // 2]
        text = row[0].text
        for before, word in itertools.pairwise(row):
            text += ("\t" if word.left - before.right > WIDE * height else " ") + word.text
        if not any(sign.isalnum() for sign in text) and sum(
            word.confidence for word in row
        ) < 0.7 * len(row):
            continue  # a fold, a stain, the edge of the sheet
        margin = row[0].left - left, right - row[-1].left - row[-1].width
        width = max(right - left, 1)
        centred = abs(margin[0] - margin[1]) < 0.08 * width and margin[0] > 0.06 * width
        yield Line(text.lstrip("¬"), centred=centred, recognised=True, fonts=SEEN)

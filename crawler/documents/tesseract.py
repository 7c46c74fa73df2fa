"""Tesseract, where it is installed: a picture → words with their places and how sure it is of each.

Debian: tesseract-ocr and tesseract-ocr-vie.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from crawler.documents.draft import UnreadableError
from crawler.documents.scan_pictures import HAS_PICTURES
from crawler.parsing import number

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

DPI = 300  # at which Tesseract reads best
TIMEOUT = 60.0  # seconds for a page; a dense one takes 3
WHOLE_PAGE, ONE_BLOCK, SPARSE = (
    3,
    6,
    11,
)  # ways of parting a page: by itself; one column; words anywhere


@dataclass(frozen=True, slots=True)
class Word:
    row: tuple[int, int, int]  # block, paragraph, line
    left: int
    top: int
    width: int
    height: int
    confidence: float  # 0..1
    text: str

    @property
    def right(self) -> int:
        return self.left + self.width


@lru_cache(maxsize=1)
def can_recognise() -> bool:
    """Whether Tesseract with its Vietnamese, and what prepares pictures for it, is installed."""
    if not HAS_PICTURES or shutil.which("tesseract") is None:
        return False
    said = subprocess.run(
        ["tesseract", "--list-langs"], capture_output=True, check=False, timeout=TIMEOUT
    )
    return b"vie" in said.stdout.split()


def words_in(picture: Picture, way: int = WHOLE_PAGE) -> list[Word]:
    """The words of a picture in the order of reading. Raises UnreadableError."""
    found = []
    said = _tesseract(picture, "-l", "vie", "--psm", str(way), "tsv")
    for line in said.decode("utf-8", "replace").splitlines():
        cells = line.split("\t")
        places = [number(cell) for cell in cells[2:10]]
        if len(cells) != 12 or cells[0] != "5" or None in places or not cells[11].strip():
            continue
        block, paragraph, row, _, left, top, width, height = (place or 0 for place in places)
        try:
            sure = float(cells[10]) / 100
        except ValueError:
            continue
        if sure >= 0:
            place = (block, paragraph, row)
            found.append(Word(place, left, top, width, height, min(sure, 1.0), cells[11].strip()))
    return found


def confidence_of(words: list[Word]) -> float:
    """Of each word by its length."""
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0


def lies_at(picture: Picture) -> int:
    """By how many degrees a page is to be turned to the right; 0 also when nobody can tell."""
    said = _tesseract(picture, "-l", "osd", "--psm", "0").decode("utf-8", "replace")
    for line in said.splitlines():
        name, _, value = line.partition(":")
        angle = number(value.strip())
        if name == "Rotate" and angle:
            return angle
    return 0


def _tesseract(picture: Picture, *options: str) -> bytes:
    packed = io.BytesIO()
    picture.save(packed, "PPM")
    try:
        done = subprocess.run(
            ["tesseract", "stdin", "stdout", "--dpi", str(DPI), *options],
            input=packed.getvalue(), capture_output=True, check=False, timeout=TIMEOUT,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )  # fmt: skip
    except (subprocess.TimeoutExpired, OSError) as error:
        raise UnreadableError("ocr_failed") from error
    return done.stdout

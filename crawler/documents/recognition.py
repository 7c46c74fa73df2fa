"""Pictures of pages → lines, by Tesseract where it is installed: straightened, evened out, read.

Needs the extra `ocr` (pillow, numpy) and Debian's tesseract-ocr and tesseract-ocr-vie.
"""

from __future__ import annotations

import io
import itertools
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pypdfium2 import raw

from crawler.documents.draft import Line, UnreadableError
from crawler.parsing import number

try:
    import numpy as np
    from PIL import Image, ImageFilter, ImageOps
except ModuleNotFoundError:
    HAS_PICTURES = False
else:
    HAS_PICTURES = True
if TYPE_CHECKING:
    from PIL.Image import Image as Picture

DPI = 300  # at which Tesseract reads best
COARSEST, FINEST = 140, 420  # scans that are read as they are
LARGEST = 12_000_000  # dots given to Tesseract: A4 at 300 dpi is 8.7 million
SEEN = ((0, ""),)  # what was seen is in no old encoding
TIMEOUT = 60.0  # seconds for a page; a dense one takes 3
MOST_SKEW, STEP = 6.0, 0.5  # degrees
LEAST_SKEW = 0.08
POOR = 0.55  # confidence of what is upside down, or no text
WIDE = 1.8  # line heights between two words that stand in two columns


@dataclass(frozen=True, slots=True)
class _Word:
    row: tuple[int, int, int]  # block, paragraph, line
    left: int
    top: int
    width: int
    height: int
    confidence: float
    text: str


@lru_cache(maxsize=1)
def can_recognise() -> bool:
    """Whether Tesseract with its Vietnamese, and what prepares pictures for it, is installed."""
    if not HAS_PICTURES or shutil.which("tesseract") is None:
        return False
    said = subprocess.run(
        ["tesseract", "--list-langs"], capture_output=True, check=False, timeout=TIMEOUT
    )
    return b"vie" in said.stdout.split()


def recognise_page(page: Any) -> tuple[list[Line], float | None]:
    """A page of a PDF (pypdfium2's), drawn and read."""
    width, height = page.get_size()
    dpi = _dpi_of(page, width)
    scale = min(dpi / 72, (LARGEST / max(width * height, 1)) ** 0.5)
    return recognise(page.render(scale=scale, grayscale=True).to_pil())


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
    ready = _prepared(picture)
    words = _read(ready)
    if _confidence(words) < POOR and len(words) > 3:
        turned = _turned(ready)
        if turned is not None:
            other = _read(_straight(turned))
            if _confidence(other) > _confidence(words):
                words = other
    if not words:
        return [], None
    return list(_lines(words)), round(_confidence(words), 4)


def _prepared(picture: Picture) -> Picture:
    grey = ImageOps.exif_transpose(picture).convert("L")
    if grey.width < 1_400:
        factor = min(2_200 / max(grey.width, 1), 4.0)
        grey = grey.resize(
            (round(grey.width * factor), round(grey.height * factor)), Image.Resampling.LANCZOS
        )
    if grey.width * grey.height > LARGEST:
        grey.thumbnail((int(LARGEST**0.5), int(LARGEST**0.5 * 1.42)), Image.Resampling.LANCZOS)
    return _straight(_even(grey))


def _even(grey: Picture) -> Picture:
    """The paper white wherever the lamp did not reach, and its grain gone."""
    small = grey.resize((max(grey.width // 16, 1), max(grey.height // 16, 1)), Image.Resampling.BOX)
    paper = small.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(4))
    light = np.asarray(paper.resize(grey.size, Image.Resampling.BILINEAR), dtype=np.float32)
    dots = np.asarray(grey, dtype=np.float32)
    if _grain(dots) > 4:
        dots = np.asarray(grey.filter(ImageFilter.MedianFilter(3)), dtype=np.float32)
    return Image.fromarray(np.clip(dots * (250.0 / np.maximum(light, 40)), 0, 255).astype(np.uint8))


def _grain(dots: Any) -> float:
    """How much neighbouring dots of bare paper differ."""
    rows = dots[::7, 1:-1]
    return float(np.median(np.abs(2 * rows - dots[::7, :-2] - dots[::7, 2:])) / 2)


def _straight(picture: Picture) -> Picture:
    """Turned by the angle at which lines and the white between them part best."""
    small = picture.copy()
    small.thumbnail((900, 1_300))
    ink = Image.fromarray(np.where(np.asarray(small) < 150, 255, 0).astype(np.uint8))

    def sharpness(angle: float) -> float:
        rows = np.asarray(ink.rotate(angle, Image.Resampling.NEAREST), dtype=np.float32).sum(axis=1)
        return float(np.square(np.diff(rows)).sum())

    best = max(np.arange(-MOST_SKEW, MOST_SKEW + STEP, STEP), key=sharpness)
    best = max(np.arange(best - STEP, best + STEP, 0.1), key=sharpness)
    if abs(best) < LEAST_SKEW:
        return picture
    return picture.rotate(float(best), Image.Resampling.BICUBIC, fillcolor=255)


def _turned(picture: Picture) -> Picture | None:
    """Turned as Tesseract says the page lies; None when it lies right or nobody can tell."""
    said = _tesseract(picture, "-l", "osd", "--psm", "0").decode("utf-8", "replace")
    for line in said.splitlines():
        name, _, value = line.partition(":")
        angle = number(value.strip())
        if name == "Rotate" and angle:
            return picture.rotate(-angle, expand=True, fillcolor=255)
    return None


def _read(picture: Picture) -> list[_Word]:
    words = []
    for line in (
        _tesseract(picture, "-l", "vie", "--psm", "3", "tsv")
        .decode("utf-8", "replace")
        .splitlines()
    ):
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
            words.append(
                _Word(
                    (block, paragraph, row),
                    left,
                    top,
                    width,
                    height,
                    min(sure, 1.0),
                    cells[11].strip(),
                )
            )
    return words


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


def _confidence(words: list[_Word]) -> float:
    """Of each word by its length."""
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0


def _lines(words: list[_Word]) -> Iterator[Line]:
    left = min(word.left for word in words)
    right = max(word.left + word.width for word in words)
    rows: dict[tuple[int, int, int], list[_Word]] = {}
    for word in words:
        rows.setdefault(word.row, []).append(word)
    for row in rows.values():
        height = sorted(word.height for word in row)[len(row) // 2]
        text = row[0].text
        for before, word in itertools.pairwise(row):
            gap = word.left - before.left - before.width
            text += ("\t" if gap > WIDE * height else " ") + word.text
        if not any(sign.isalnum() for sign in text) and sum(
            word.confidence for word in row
        ) < 0.7 * len(row):
            continue  # a fold, a stain, the edge of the sheet
        margin = row[0].left - left, right - row[-1].left - row[-1].width
        width = max(right - left, 1)
        centred = abs(margin[0] - margin[1]) < 0.08 * width and margin[0] > 0.06 * width
        yield Line(text.lstrip("¬"), centred=centred, fonts=SEEN)

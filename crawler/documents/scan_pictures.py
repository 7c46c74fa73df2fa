"""Scanned pages made ready to be read: grey, evened out, straight, as fine as letters need.

Needs the extra `ocr` (pillow, numpy).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

try:
    import numpy as np
    from PIL import Image, ImageFilter, ImageOps
except ModuleNotFoundError:
    HAS_PICTURES = False
else:
    HAS_PICTURES = True
if TYPE_CHECKING:
    from PIL.Image import Image as Picture

LARGEST = 12_000_000  # dots given to a reader: A4 at 300 dpi is 8.7 million
NARROWEST, WIDTH = 1_400, 2_200  # dots across a page: what is less is drawn larger
MOST_SKEW, STEP = 6.0, 0.5  # degrees
LEAST_SKEW = 0.08
STRIP = 256  # rows that are worked on at once
COLOURED = 40  # of 255: how far channels lie apart where there is a stamp
BLACK = 140  # what is lighter, on paper made white, is no print: a stamp, its shadow, the back side


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page in grey, and the same without red ink, which is a stamp's."""

    grey: Picture
    black: Picture

    def straight(self) -> Prepared:
        """Turned by the angle at which lines and the white between them part best."""
        angle = _skew_of(self.grey)
        if abs(angle) < LEAST_SKEW:
            return self
        grey = _rotated(self.grey, angle)
        return Prepared(grey, grey if self.black is self.grey else _rotated(self.black, angle))


def prepared(picture: Picture, turn: int = 0) -> Prepared:
    """A picture of a page, in colour or not; `turn`: to the right, in degrees."""
    upright = ImageOps.exif_transpose(picture)
    if turn:
        upright = upright.rotate(-turn, expand=True)
    grey = _even(_sized(upright.convert("L")))
    if not _is_coloured(upright):
        return Prepared(grey, grey).straight()
    red = (upright if upright.mode == "RGB" else upright.convert("RGB")).getchannel("R")
    return Prepared(grey, _even(_sized(red))).straight()


def _is_coloured(picture: Picture) -> bool:
    """Whether there is any ink that is not black; a page that is drawn is in colour and mostly grey."""
    if picture.mode not in ("RGB", "RGBA", "CMYK", "P"):
        return False
    small = picture.resize((200, 280), Image.Resampling.BOX).convert("RGB")
    dots = np.asarray(small, dtype=np.int16)
    return int((dots.max(axis=2) - dots.min(axis=2)).max()) > COLOURED


def only_print(picture: Picture) -> Picture:
    """What is black of a prepared page; all that is lighter is paper."""
    return picture.point([min(255, level * 255 // BLACK) for level in range(256)])


def _sized(grey: Picture) -> Picture:
    if grey.width < NARROWEST:
        factor = min(WIDTH / max(grey.width, 1), 4.0)
        grey = grey.resize(
            (round(grey.width * factor), round(grey.height * factor)), Image.Resampling.LANCZOS
        )
    if grey.width * grey.height > LARGEST:
        grey.thumbnail((int(LARGEST**0.5), int(LARGEST**0.5 * 1.42)), Image.Resampling.LANCZOS)
    return grey


def _even(grey: Picture) -> Picture:
    """The paper white wherever the lamp did not reach, and its grain gone."""
    small = grey.resize((max(grey.width // 16, 1), max(grey.height // 16, 1)), Image.Resampling.BOX)
    paper = small.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(4))
    light = np.asarray(paper.resize(grey.size, Image.Resampling.BILINEAR))
    dots = np.asarray(grey)
    if _grain(dots) > 4:
        dots = np.asarray(grey.filter(ImageFilter.MedianFilter(3)))
    even = np.empty_like(dots)
    for top in range(0, len(dots), STRIP):  # a whole page of fractions takes a worker's memory
        strip = slice(top, top + STRIP)
        lit = dots[strip] * (np.float32(250) / np.maximum(light[strip], 40).astype(np.float32))
        even[strip] = np.clip(lit, 0, 255)
    return Image.fromarray(even)


def _grain(dots: Any) -> float:
    """How much neighbouring dots of bare paper differ."""
    rows = dots[::7].astype(np.float32)
    return float(np.median(np.abs(2 * rows[:, 1:-1] - rows[:, :-2] - rows[:, 2:])) / 2)


def _skew_of(picture: Picture) -> float:
    small = picture.copy()
    small.thumbnail((900, 1_300))
    ink = Image.fromarray(np.where(np.asarray(small) < 150, 255, 0).astype(np.uint8))

    def sharpness(angle: float) -> float:
        rows = np.asarray(ink.rotate(angle, Image.Resampling.NEAREST), dtype=np.float32).sum(axis=1)
        return float(np.square(np.diff(rows)).sum())

    best = max(np.arange(-MOST_SKEW, MOST_SKEW + STEP, STEP), key=sharpness)
    return float(max(np.arange(best - STEP, best + STEP, 0.1), key=sharpness))


def _rotated(picture: Picture, angle: float) -> Picture:
    return picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)

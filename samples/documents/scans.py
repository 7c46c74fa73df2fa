"""Forms as scans: the drawn page as a picture, as a scanner and its glass leave it."""

from __future__ import annotations

import io
import random

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageFilter
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas


def pictures_of(
    printed: bytes, *, dpi: int = 200, noisy: bool = False, seed: int = 0
) -> list[Image.Image]:
    """The pages of a PDF as a scanner sees them; noisy: askew, grey, with specks and a fold."""
    document = pdfium.PdfDocument(printed)
    pages = [page.render(scale=dpi / 72).to_pil().convert("L") for page in document]
    document.close()
    return [
        _worn(page, random.Random(seed + at)) if noisy else page for at, page in enumerate(pages)
    ]


def scan_of(pictures: list[Image.Image], *, quality: int = 80) -> bytes:
    """Pictures as a PDF without text."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for picture in pictures:
        packed = io.BytesIO()
        picture.save(packed, "JPEG", quality=quality)
        packed.seek(0)
        canvas.drawImage(ImageReader(packed), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _worn(picture: Image.Image, chance: random.Random) -> Image.Image:
    picture = picture.rotate(chance.uniform(-2.5, 2.5), Image.Resampling.BICUBIC, fillcolor=250)
    picture = picture.filter(ImageFilter.GaussianBlur(chance.uniform(0.3, 0.8)))
    dots = np.asarray(picture, dtype=np.float32)
    grain = np.random.default_rng(chance.randint(0, 2**31))
    # The lamp is darker at one side, the paper is grey, and the sensor adds its own.
    shade = np.linspace(0, chance.uniform(10, 40), dots.shape[1], dtype=np.float32)
    dots = (
        dots * 0.9
        + 8
        - shade
        + grain.normal(0, chance.uniform(6, 16), dots.shape).astype(np.float32)
    )
    specks = grain.random(dots.shape, dtype=np.float32)
    dots[specks < 0.0008] = 40
    dots[specks > 0.9992] = 250
    fold = int(dots.shape[0] * chance.uniform(0.3, 0.7))
    dots[fold : fold + 2] -= 30
    return Image.fromarray(np.clip(dots, 0, 255).astype(np.uint8))

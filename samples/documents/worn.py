"""Scans as offices make them: a stamp over the signature, a pen, other paper, other machines."""

from __future__ import annotations

import io
import math
import random
from dataclasses import replace

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFilter

from samples.documents.forms import Form
from samples.documents.pdf import pdf_of

FAMILIES = ("times|times-bold", "times|times-bold", "roman|bold", "sans|sans-bold")
RED, BLUE = (196, 30, 42), (35, 50, 150)


def worn_pages(form: Form, seed: int) -> list[Image.Image]:
    """The form printed, signed, stamped and scanned; the seed chooses font, machine and wear."""
    chance = random.Random(seed)
    *posts, name = form.signature
    spaced = replace(form, signature=(*posts, "", "", "", name))
    document = pdfium.PdfDocument(pdf_of(spaced, seed, families=FAMILIES))
    dpi = chance.choice((150, 200, 200, 300))
    pages = []
    for page in document:
        scale = dpi / 72
        picture = page.render(scale=scale).to_pil().convert("RGB")
        signed = _place_of(page, form.signature[-1])
        if signed is not None and form.signer:
            left, bottom, right, top = (value * scale for value in signed)
            height = page.get_height() * scale
            _sign(picture, chance, (left, height - top, right, height - bottom), scale)
        pages.append(_scanned(picture, chance))
    document.close()
    return pages


def _place_of(page: pdfium.PdfPage, text: str) -> tuple[float, float, float, float] | None:
    text_page = page.get_textpage()
    found = text_page.search(text.split(". ")[-1]).get_next()
    if found is None:
        return None
    first, last = (text_page.get_charbox(at) for at in (found[0], sum(found) - 1))
    return first[0], first[1], last[2], last[3]


def _sign(
    picture: Image.Image, chance: random.Random, name: tuple[float, float, float, float], scale: float
) -> None:  # fmt: skip
    """A round red stamp at the left of a signature, and the pen's stroke above the name."""
    left, top, right, _ = name
    overlay = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(overlay)
    radius = 50 * scale  # points: 36 mm across
    x, y = left - chance.uniform(-10, 30) * scale, top - chance.uniform(30, 52) * scale
    ink = (*RED, chance.randint(90, 190))
    for ring, width in ((radius, 2.2), (radius * 0.93, 0.8), (radius * 0.62, 0.8)):
        draw.ellipse(
            (x - ring, y - ring, x + ring, y + ring), outline=ink, width=round(width * scale)
        )
    star = [
        (
            x + radius * part * math.sin(at * math.pi / 5),
            y - radius * part * math.cos(at * math.pi / 5),
        )
        for at in range(10)
        for part in ((0.26 if at % 2 == 0 else 0.1),)
    ]
    draw.polygon(star, fill=ink)
    for at in range(28):  # letters around
        angle = at * 2 * math.pi / 28
        u, v = x + radius * 0.78 * math.sin(angle), y - radius * 0.78 * math.cos(angle)
        draw.line(
            (u - 2 * scale, v + 3 * scale, u + chance.uniform(-2, 2) * scale, v - 3 * scale),
            fill=ink,
            width=round(1.2 * scale),
        )
    width, points = right - left, []
    for at in range(40):
        points.append((
            left + width * at / 40 + chance.uniform(-6, 6) * scale,
            top - 22 * scale + chance.uniform(-16, 14) * scale * math.sin(at / 3),
        ))  # fmt: skip
    draw.line(points, fill=(*BLUE, 220), width=round(1.1 * scale), joint="curve")
    picture.paste(Image.alpha_composite(picture.convert("RGBA"), overlay).convert("RGB"))


def _scanned(picture: Image.Image, chance: random.Random) -> Image.Image:
    """As a machine gives it back: in grey, in colour or in two tones, askew, pressed into JPEG."""
    way = chance.choice(("grey", "grey", "colour", "fax"))
    picture = picture.rotate(
        chance.uniform(-2, 2), Image.Resampling.BICUBIC, fillcolor=(252, 252, 250)
    )
    picture = picture.filter(ImageFilter.GaussianBlur(chance.uniform(0.2, 0.7)))
    dots = np.asarray(picture, dtype=np.float32)
    grain = np.random.default_rng(chance.randint(0, 2**31))
    dots = dots * chance.uniform(0.82, 0.98) + grain.normal(
        0, chance.uniform(2, 11), dots.shape[:2]
    )[..., None].astype(np.float32)
    specks = grain.random(dots.shape[:2], dtype=np.float32)
    dots[specks < 0.0005] = 60
    if chance.random() < 0.5:  # punched
        height, width = dots.shape[:2]
        for down in (0.36, 0.62):
            rows, columns = np.ogrid[:height, :width]
            hole = (rows - height * down) ** 2 + (columns - width * 0.035) ** 2 < (
                width * 0.012
            ) ** 2
            dots[hole] = 30
    found = Image.fromarray(np.clip(dots, 0, 255).astype(np.uint8))
    if way == "fax":
        found = found.convert("L").point(lambda level: 255 if level > 150 else 0)
    elif way == "grey":
        found = found.convert("L")
    out = io.BytesIO()
    found.save(out, "JPEG", quality=chance.randint(45, 85))
    return Image.open(io.BytesIO(out.getvalue()))

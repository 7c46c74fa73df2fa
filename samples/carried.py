"""What sample articles carry: their documents and pictures, made when somebody first asks for them."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path

from PIL import Image, ImageDraw

from samples.documents.forms import Form, forms
from samples.documents.pdf import pdf_of
from samples.documents.scans import pictures_of, scan_of
from samples.documents.tables import xlsx_of
from samples.documents.word import docx_of
from samples.site import Answer, Site

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FOLDERS = {"ha_noi": "/documents"}  # where a portal's documents lie; `/tailieu` elsewhere
# Stands in the documents alone, so that a search for it shows that they are searched.
ONLY_IN_FILES = "bản thuyết minh nhiệm vụ mã số {}-ĐTKHCN"
OLD_DOC = Path(__file__).parent / "documents" / "files" / "quyet_dinh_tcvn3.doc"
SIZE = (960, 640)


def furnish(site: Site) -> Site:
    """Give the site the files that its articles link to. The same site has the same files."""
    folder = FOLDERS.get(site.name, "/tailieu")
    for number, article in enumerate(site.articles):
        if article.attachment:
            seed = article.id % 1000 + number
            make = partial(_document, article.attachment, seed)
            _put(site, f"{folder}/{article.attachment}", make)
        for address in article.images:
            _put(site, address, partial(_picture, address, article.id))
    return site


def _put(site: Site, path: str, make: Callable[[], tuple[bytes, str]]) -> None:
    site.pages[path] = lambda: Answer(200, *make())


@lru_cache(maxsize=200)
def _document(name: str, seed: int) -> tuple[bytes, str]:
    kind = name.rpartition("-")[0]
    form = _form(seed)
    if kind == "Quyet-dinh":
        return pdf_of(form, seed, title=" ".join(form.title)), PDF
    if kind == "Ke-hoach":
        return docx_of(form, seed), WORD
    if kind == "Bang-tong-hop":
        return xlsx_of(replace(form, subject=form.paragraphs[-1])), EXCEL
    if kind == "Thong-bao-ban-quet":
        return scan_of(pictures_of(pdf_of(form, seed), dpi=150)), PDF
    if kind == "Cong-van-phong-chu-cu":
        return OLD_DOC.read_bytes(), "application/msword"  # one content, whoever hands it out
    return _bundle(form, seed), "application/zip"


def _form(seed: int) -> Form:
    """A form that says, beside what all say, what no article does."""
    form = next(islice(forms(seed, seed % 12 + 1), seed % 12, None))
    said = f"Kèm theo văn bản này là {ONLY_IN_FILES.format(seed)}."
    return replace(form, paragraphs=(*form.paragraphs, said))


def _bundle(form: Form, seed: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("Van-ban.pdf", pdf_of(form, seed))
        bundle.writestr("Phu-luc/Bang-tong-hop.xlsx", xlsx_of(form))
    return out.getvalue()


@lru_cache(maxsize=200)
def _picture(address: str, seed: int) -> tuple[bytes, str]:
    """Hills under a sky: two pictures of different articles are never alike."""
    chance = random.Random(f"{address} {seed}")
    sky = [chance.randrange(150, 240) for _ in range(3)]
    picture = Image.new("RGB", SIZE, tuple(sky))
    draw = ImageDraw.Draw(picture)
    x, y = chance.randrange(100, 860), chance.randrange(60, 200)
    draw.ellipse((x - 50, y - 50, x + 50, y + 50), fill=(250, 230, chance.randrange(120, 220)))
    for depth in range(4):
        green = [max(0, part - 60 - depth * 35) for part in (sky[0] - 60, sky[1], sky[2] - 80)]
        points, level = [(0, SIZE[1])], SIZE[1] * (0.45 + depth * 0.13)
        for at in range(0, SIZE[0] + 60, 60):
            points.append((at, int(level + chance.randrange(-45, 45))))
        draw.polygon([*points, (SIZE[0] + 60, SIZE[1])], fill=tuple(green))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82)
    return out.getvalue(), "image/jpeg"

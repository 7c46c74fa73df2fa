"""Forms as PDF: one or two pages of text, drawn in the orders in which programs draw."""

from __future__ import annotations

import io
import random
from functools import lru_cache
from itertools import zip_longest

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from samples.documents.forms import Form
from samples.documents.layout import font, times

LEFT, RIGHT, TOP, BOTTOM = 72, A4[0] - 50, A4[1] - 50, 60  # points
FONTS = {
    "roman": "DejaVuSerif", "bold": "DejaVuSerif-Bold", "italic": "DejaVuSerif-Italic",
    "sans": "DejaVuSans", "sans-bold": "DejaVuSans-Bold",
}  # fmt: skip


FAMILIES = ("roman|bold", "sans|sans-bold")


@lru_cache(maxsize=1)
def _fonts() -> None:
    for name, file in FONTS.items():
        pdfmetrics.registerFont(TTFont(name, str(font(file))))
    pdfmetrics.registerFont(TTFont("times", str(times())))
    pdfmetrics.registerFont(TTFont("times-bold", str(times(bold=True))))


class Page:
    """A pen that goes down the page and takes a new one at its end."""

    def __init__(self, out: io.BytesIO, *, size: float, family: str, password: str = "") -> None:
        _fonts()
        self.canvas = Canvas(out, pagesize=A4, encrypt=password or None, invariant=1)
        self.size, self.roman, self.bold = size, *family.split("|")
        self.y = TOP

    def line(
        self, text: str, x: float, *, name: str = "", centred: bool = False, y: float | None = None
    ) -> None:
        self.canvas.setFont(name or self.roman, self.size)
        draw = self.canvas.drawCentredString if centred else self.canvas.drawString
        draw(x, self.y if y is None else y, text)

    def down(self, lines: float = 1) -> None:
        self.y -= lines * self.size * 1.32
        if self.y < BOTTOM:
            self.canvas.showPage()
            self.y = TOP

    def paragraph(self, text: str) -> None:
        lines = simpleSplit("\u2003" + text, self.roman, self.size, RIGHT - LEFT)
        for at, line in enumerate(lines):
            self.line(line.strip("\u2003"), LEFT + (self.size * 2 if at == 0 else 0))
            self.down()


def pdf_of(
    form: Form, seed: int = 0, *, title: str = "", author: str = "", password: str = "", families: tuple[str, ...] = FAMILIES,
) -> bytes:  # fmt: skip
    """The form as a PDF; the seed chooses font, size and the order of drawing."""
    chance = random.Random(seed)
    out = io.BytesIO()
    page = Page(
        out, size=chance.choice((10.5, 11, 11.5)) + 1.5 * (families is not FAMILIES), family=chance.choice(families), password=password,
    )  # fmt: skip
    if title:
        page.canvas.setTitle(title)
    if author:
        page.canvas.setAuthor(author)
    _columns(page, form.left, form.right, by_row=chance.random() < 0.5)
    page.down()
    for line in form.title:
        page.line(line, (LEFT + RIGHT) / 2, name=page.bold, centred=True)
        page.down()
    page.down(0.5)
    for paragraph in form.paragraphs:
        page.paragraph(paragraph)
    for cells in form.table:
        for cell, x in zip(cells, (LEFT, LEFT + 30, LEFT + 290, LEFT + 400), strict=False):
            page.canvas.setFont(page.roman, 8.5)
            page.canvas.drawString(x, page.y, cell)
        page.down()
    page.down()
    if page.y < 200:
        page.canvas.showPage()
        page.y = TOP
    _columns(page, ("Nơi nhận:", *form.recipients), form.signature, by_row=chance.random() < 0.5)
    for line in form.stamp:
        page.line(line, 330)
        page.down()
    page.canvas.save()
    return out.getvalue()


def _columns(page: Page, left: tuple[str, ...], right: tuple[str, ...], *, by_row: bool) -> None:
    """A head or a foot: two columns of centred lines, drawn by row or one after the other."""
    top, step, size = page.y, page.size * 1.5, page.size
    width = (RIGHT - LEFT) / 2 - 14
    longest = max(pdfmetrics.stringWidth(text, page.bold, size) for text in (*left, *right))
    page.size = min(size, size * width / longest)
    drawn = [
        (at * step, text, centre)
        for at, pair in enumerate(zip_longest(left, right, fillvalue=""))
        for text, centre in zip(pair, (LEFT + width / 2, RIGHT - width / 2), strict=True)
    ]
    if not by_row:
        drawn.sort(key=lambda line: line[2])
    for down, text, centre in drawn:
        page.line(
            text, centre, centred=True, y=top - down, name=page.bold if text.isupper() else ""
        )
    page.size = size
    page.y = top - step * (max(len(left), len(right)) - 1)
    page.down()

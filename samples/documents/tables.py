"""Tables and slides as XLSX, PPTX and ODT."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from html import escape
from typing import Any

from openpyxl import Workbook
from pptx import Presentation
from pptx.util import Inches

from samples.documents.forms import Form
from samples.documents.layout import rows

ODT = "application/vnd.oasis.opendocument.text"
SPACES = "urn:oasis:names:tc:opendocument:xmlns:"


def xlsx_of(form: Form) -> bytes:
    """The form's table as a workbook: a title, rows with numbers and dates, a second sheet."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Danh mục"
    sheet.append(["DANH MỤC NHIỆM VỤ KHOA HỌC & CÔNG NGHỆ"])
    for cells in form.table or (("TT", "Tên"), ("1", "Nuôi cá < 5 kg")):
        sheet.append(list(cells))
    sheet.append(["Tổng", 4125.5, date(2021, 3, 5), 0.1 + 0.2, True])
    other: Any = book.create_sheet("Ghi chú")
    other["C3"] = form.subject
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def pptx_of(form: Form) -> bytes:
    """A slide with the form's title, one with its paragraphs, one with its table."""
    show = Presentation()
    layout = show.slide_layouts[5]
    for title, lines in (
        (form.kind.upper(), [form.subject]),
        ("NỘI DUNG", list(form.paragraphs[:4])),
    ):
        slide = show.slides.add_slide(layout)
        slide.shapes.title.text = title
        box = slide.shapes.add_textbox(Inches(1), Inches(2), Inches(8), Inches(4)).text_frame
        box.text = lines[0]
        for line in lines[1:]:
            box.add_paragraph().text = line
    slide = show.slides.add_slide(layout)
    slide.shapes.title.text = "DANH MỤC"
    table = slide.shapes.add_table(2, 2, Inches(1), Inches(2), Inches(6), Inches(1)).table
    for at, text in enumerate(("Tên & nội dung", "Kinh phí", "Nuôi cá lồng", "860 triệu")):
        table.cell(at // 2, at % 2).text = text
    slide.notes_slide.notes_text_frame.text = "Ghi chú của người trình bày"
    out = io.BytesIO()
    show.save(out)
    return out.getvalue()


def odt_of(form: Form) -> bytes:
    """The form as an OpenDocument text, its head in a table."""
    cells = "".join(
        "<table:table-cell>" + "".join(map(_paragraph, column)) + "</table:table-cell>"
        for column in (form.left, form.right)
    )
    lines = [*form.title, *form.paragraphs, *("\t".join(row) for row in form.table)]
    lines += [*rows(("Nơi nhận:", *form.recipients), form.signature), *form.stamp]
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{SPACES}office:1.0" '
        f'xmlns:text="{SPACES}text:1.0" xmlns:table="{SPACES}table:1.0"><office:body><office:text>'
        f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
        f"{''.join(map(_paragraph, lines))}</office:text></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr(zipfile.ZipInfo("mimetype"), ODT)
        parts.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
        parts.writestr("META-INF/manifest.xml", "<manifest/>")
    return out.getvalue()


def _paragraph(text: str) -> str:
    words = escape(text, quote=False).replace("\t", "<text:tab/>")
    while "  " in words:
        head, _, tail = words.partition("  ")
        count = len(tail) - len(tail.lstrip(" ")) + 1
        words = f'{head} <text:s text:c="{count}"/>{tail.lstrip(" ")}'
    return f"<text:p>{words}</text:p>"

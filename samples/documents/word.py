"""Forms as DOCX: the head in a table, in tabs, or in text boxes."""

from __future__ import annotations

import io
import itertools
import random
from datetime import datetime
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from samples.documents.forms import Form
from samples.documents.layout import rows

BOX = (
    '<w:r {}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" type="#_x0000_t202" style="width:200pt;height:80pt">'
    "<v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)
HEADS = ("table", "tabs", "boxes", "lines")


def docx_of(form: Form, seed: int = 0, *, title: str = "", author: str = "") -> bytes:
    """The form as a Word document; the seed chooses how its head is set."""
    chance = random.Random(seed)
    document = Document()
    document.core_properties.title, document.core_properties.author = title, author
    document.core_properties.created = datetime(2020, 3, 4, 5, 6, 7)
    _head(document, form, chance.choice(HEADS))
    for line in form.title:
        _runs(document.add_paragraph(), line, chance, bold=True)
    for line in form.paragraphs:
        _runs(document.add_paragraph(), line, chance)
    if form.table:
        table = document.add_table(0, len(form.table[0]))
        for cells in form.table:
            for cell, text in zip(table.add_row().cells, cells, strict=True):
                cell.text = text
    _table(document, ("Nơi nhận:", *form.recipients), form.signature)
    for line in form.stamp:
        document.add_paragraph(line)
    return _saved(document)


def _head(document: Any, form: Form, way: str) -> None:
    if way == "table":
        _table(document, form.left, form.right)
    elif way == "tabs":
        for line in rows(form.left, form.right):
            document.add_paragraph(line)
    elif way == "boxes":
        for column in (form.left, form.right):
            lines = "".join(
                f"<w:p><w:r><w:t xml:space='preserve'>{_escaped(line)}</w:t></w:r></w:p>"
                for line in column
            )
            document.add_paragraph()._p.append(parse_xml(BOX.format(nsdecls("w"), lines)))
    else:
        for line in (*form.left, *form.right):
            document.add_paragraph(line)


def _table(document: Any, left: tuple[str, ...], right: tuple[str, ...]) -> None:
    table = document.add_table(1, 2)
    for cell, lines in zip(table.rows[0].cells, (left, right), strict=True):
        cell.text = lines[0]
        for line in lines[1:]:
            cell.add_paragraph(line)


def _runs(paragraph: Any, text: str, chance: random.Random, *, bold: bool = False) -> None:
    """A line in several runs, cut where an editor may cut it: also inside words."""
    cuts = sorted(
        {0, len(text), *(chance.randint(0, len(text)) for _ in range(chance.randint(0, 3)))}
    )
    for start, end in itertools.pairwise(cuts):
        paragraph.add_run(text[start:end]).bold = bold


def _saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def old_docx(paragraphs: list[list[tuple[str, str]]]) -> bytes:
    """A Word document of runs, each with its font: `.VnTime`, `VNI-Times`."""
    document = Document()
    for paragraph in paragraphs:
        line = document.add_paragraph()
        for text, name in paragraph:
            run = line.add_run(text)
            run.font.name = name
            run._element.rPr.rFonts.set(qn("w:hAnsi"), name)
    return _saved(document)

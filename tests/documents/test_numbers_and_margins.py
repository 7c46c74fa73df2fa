"""What a Word document shows and its paragraphs do not hold: numbers of lists, heads and feet of pages."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from crawler.documents.numbering import counted
from crawler.documents.reader import read_document

FORMS = {
    0: (("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)")),
    1: (("decimal", "Điều %1."), ("decimal", "%1.%2."), ("bullet", "\uf0b7")),
    2: (("decimalZero", "%1"), ("none", ""), ("bullet", "-")),
}


def document(*paragraphs: tuple[str, str, int], style: bool = False) -> bytes:
    """Paragraphs, each with its list and its depth there."""
    made = Document()
    numbering = made.part.numbering_part.element
    for node in list(numbering):
        numbering.remove(node)
    for at, levels in FORMS.items():
        shown = "".join(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for depth, (kind, text) in enumerate(levels)
        )
        numbering.append(
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{at}">{shown}</w:abstractNum>'
            )
        )
    for number, form, start in (("1", 0, ""), ("2", 1, ""), ("3", 2, ""), ("4", 1, "7")):
        own = (
            f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
            if start
            else ""
        )
        numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{form}"/>{own}</w:num>'
            )
        )
    for text, number, depth in paragraphs:
        paragraph = made.add_paragraph(text)
        listed = parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
        )
        if style:
            name = f"Muc {number} {depth}"
            if name not in made.styles:
                made.styles.add_style(name, 1).element.get_or_add_pPr().append(listed)
            paragraph.style = made.styles[name]
        else:
            paragraph._p.get_or_add_pPr().append(listed)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize("style", [False, True])
def test_numbers_stand_before_their_paragraphs(style):
    reading = read_document(
        document(
            ("MỤC ĐÍCH", "1", 0), ("Mục một", "1", 1), ("Ý đầu", "1", 2), ("Ý sau", "1", 2), ("Mục hai", "1", 1),
            ("YÊU CẦU", "1", 0), ("Lại từ đầu", "1", 1), ("Phạm vi", "2", 0), ("Khoản", "2", 1), ("Chấm", "2", 2),
            ("Đối tượng", "2", 0), ("Số không", "3", 0), ("Không số", "3", 1), ("Gạch", "3", 2), ("Từ bảy", "4", 0),
            ("Không có", "9", 0), style=style,
        )
    )  # fmt: skip
    assert reading.text.splitlines() == [
        "I. MỤC ĐÍCH", "1. Mục một", "a) Ý đầu", "b) Ý sau", "2. Mục hai", "II. YÊU CẦU", "1. Lại từ đầu",
        "Điều 1. Phạm vi", "1.1. Khoản", "• Chấm", "Điều 2. Đối tượng", "01 Số không", "Không số", "- Gạch",
        "Điều 7. Từ bảy", "Không có",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "kind", "written"),
    [(4, "upperRoman", "IV"), (1999, "lowerRoman", "mcmxcix"), (27, "lowerLetter", "aa"), (3, "upperLetter", "C"), (7, "decimalZero", "07"), (12, "chicago", "12")],
)  # fmt: skip
def test_numbers_as_lists_write_them(number, kind, written):
    assert counted(number, kind) == written


def test_heads_and_feet_of_pages_are_read_once():
    made = Document()
    section = made.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "SỞ KHOA HỌC VÀ CÔNG NGHỆ"
    section.header.paragraphs[0].text = "Mã tài liệu QT-07"
    section.footer.paragraphs[0].text = "Lần ban hành: 02"
    page = section.footer.add_paragraph()
    page._p.append(
        parse_xml(
            f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>3</w:t></w:r></w:fldSimple>'
        )
    )
    made.add_paragraph("Nội dung quy trình")
    made.add_section().header.is_linked_to_previous = False
    made.sections[1].header.paragraphs[0].text = "Mã tài liệu QT-07"
    out = io.BytesIO()
    made.save(out)
    assert read_document(out.getvalue()).text.splitlines() == [
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ", "Nội dung quy trình", "Mã tài liệu QT-07", "Lần ban hành: 02",
    ]  # fmt: skip

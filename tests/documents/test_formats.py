"""The same forms in every format: all of their text, and what they say of themselves."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from crawler.documents import media_types as types
from crawler.documents.reader import read_document
from samples.documents.accuracy import FACTS, accuracy, wrong_facts
from samples.documents.forms import KINDS, Form, forms
from samples.documents.layout import truths
from samples.documents.old import in_tcvn3, in_vni, lines_of, rtf_of
from samples.documents.pdf import pdf_of
from samples.documents.powerpoint import Slide, ppt_of
from samples.documents.tables import odt_of, pptx_of, xlsx_of
from samples.documents.word import docx_of, old_docx

FILES = Path(__file__).parents[2] / "samples" / "documents" / "files"
FORMS = list(forms(11, 48))
LEAST_TEXT, LEAST_FACTS = 0.995, 0.98


def old_word(form: Form, _: int) -> bytes:
    return old_docx([in_tcvn3(line) for line in lines_of(form)])


def vni_word(form: Form, _: int) -> bytes:
    return old_docx([[(in_vni(line), "VNI-Times")] for line in lines_of(form)])


@pytest.mark.parametrize(
    ("make", "media_type"),
    [
        (pdf_of, types.PDF), (docx_of, types.DOCX), (lambda form, _: odt_of(form), types.ODT), (lambda form, _: rtf_of(form), types.RTF),
        (lambda form, _: rtf_of(form, old=True), types.RTF), (old_word, types.DOCX), (vni_word, types.DOCX),
    ],
    ids=["pdf", "docx", "odt", "rtf", "rtf in TCVN3", "docx in TCVN3", "docx in VNI"],
)  # fmt: skip
def test_text_and_facts(make, media_type):
    assert {form.kind for form in FORMS} == {kind for kind, _ in KINDS}
    wrong, shares = {}, []
    for number, form in enumerate(FORMS):
        reading = read_document(make(form, number), name="van-ban.xyz")
        assert (reading.media_type, reading.problem, reading.text_from) == (
            media_type,
            None,
            "text",
        )
        assert reading.language == "vi"
        shares.append(accuracy(truths(form), reading.text))
        if found := wrong_facts(form, reading):
            wrong[number] = found
    assert sum(shares) / len(shares) >= LEAST_TEXT, min(shares)
    assert sum(map(len, wrong.values())) <= (1 - LEAST_FACTS) * len(FORMS) * len(FACTS), wrong


def test_every_fact_has_its_string_and_its_page():
    reading = read_document(pdf_of(FORMS[0]))
    facts = reading.facts
    assert facts is not None
    for name in FACTS:
        if getattr(facts, name) is not None:
            assert facts.raws[name].split("\n")[0] in " ".join(reading.text.split("\t"))
            assert facts.places[name] >= 1


def test_word_of_before_2007_in_an_old_font():
    """What in TCVN3 is the letter ư is a soft hyphen to programs; Word keeps it as a sign of its own."""
    form = next(iter(forms(7, 6)))
    reading = read_document((FILES / "quyet_dinh_tcvn3.doc").read_bytes(), name="QD.doc")
    assert reading.media_type == types.DOC
    assert accuracy(truths(form), reading.text) >= LEAST_TEXT
    assert not wrong_facts(form, reading)
    assert (reading.title, reading.author) == ("Quyết định mẫu", "Phòng QLKH")


def test_word_of_before_2007():
    form = list(forms(7, 6))[1]
    reading = read_document((FILES / "ke_hoach.doc").read_bytes())
    assert accuracy(truths(form), reading.text) >= LEAST_TEXT
    assert not wrong_facts(form, reading)


def test_sheets():
    reading = read_document(xlsx_of(FORMS[1]))
    assert (reading.media_type, reading.pages, len(reading.page_starts)) == (types.XLSX, 2, 2)
    assert "KHOA HỌC & CÔNG NGHỆ" in reading.text
    assert "Tổng\t4125.5\t05/03/2021\t0.3\tTRUE" in reading.text
    assert reading.text[reading.page_starts[1] :].startswith("Ghi chú")
    old = read_document((FILES / "danh_muc.xls").read_bytes())
    assert (old.media_type, old.pages) == (types.XLS, 2)
    assert "1\tNuôi cá < 5 kg" in old.text


def test_slides():
    reading = read_document(pptx_of(FORMS[1]))
    assert (reading.media_type, reading.pages) == (types.PPTX, 3)
    last = reading.text[reading.page_starts[2] :]
    assert (
        last
        == "DANH MỤC\nTên & nội dung\tKinh phí\nNuôi cá lồng\t860 triệu\nGhi chú của người trình bày"
    )


def test_slides_of_before_2007():
    """What stands on which slide, boxes outside the outline and notes among it."""
    shown = [
        Slide("Báo cáo tổng kết", "Nội dung chính\rGạch đầu dòng", "Hộp chữ rời", "Ghi chú một"),
        Slide("Results", "Zuvaxo 2024", "Other box"), Slide("Phương hướng", "Kế\x0bhoạch", "*", "Ghi chú ba"),
    ]  # fmt: skip
    reading = read_document(ppt_of(shown), name="bao-cao.ppt")
    assert (reading.media_type, reading.pages, reading.problem) == (types.PPT, 3, None)
    starts = [*reading.page_starts, len(reading.text)]
    assert [reading.text[a:b].split("\n") for a, b in pairwise(starts)] == [
        ["Báo cáo tổng kết", "Nội dung chính", "Gạch đầu dòng", "Hộp chữ rời", "Ghi chú một", "", ""],
        ["Results", "Zuvaxo 2024", "Other box", "", ""], ["Phương hướng", "Kế", "hoạch", "Ghi chú ba"],
    ]  # fmt: skip
    assert read_document(ppt_of(shown, locked=True)).problem == "encrypted"
    many = [Slide("Một", "Hai", "x" * 9)] * 500
    assert read_document(ppt_of(many)).pages == 500


def test_pages_begin_where_they_begin():
    long = next(iter(forms(4, 1)))
    reading = read_document(
        pdf_of(
            Form(
                **{
                    **{name: getattr(long, name) for name in Form.__slots__},
                    "paragraphs": long.paragraphs * 8,
                }
            )
        )
    )
    assert reading.pages == len(reading.page_starts) > 1
    assert list(reading.page_starts) == sorted(set(reading.page_starts))
    assert all(reading.text[start - 1] == "\n" for start in reading.page_starts[1:])


@pytest.mark.parametrize(
    ("title", "author", "read"),
    [
        ("Microsoft Word - QĐ 12 phe duyet.doc", "Admin", ("QĐ 12 phe duyet", None)),
        ("Kế hoạch năm 2021", "Nguyễn Văn Tạo", ("Kế hoạch năm 2021", "Nguyễn Văn Tạo")),
        ("untitled", "", (None, None)),
        ("Së Khoa häc vµ C«ng nghÖ", "User", ("Sở Khoa học và Công nghệ", None)),
        ("????????", "\ufffd\ufffd", (None, None)),
    ],
)
def test_titles_and_authors(title, author, read):
    for made in (
        pdf_of(FORMS[1], title=title, author=author),
        docx_of(FORMS[1], title=title, author=author),
    ):
        reading = read_document(made)
        assert (reading.title, reading.author) == read

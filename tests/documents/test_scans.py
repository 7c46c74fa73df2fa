"""Scans: which pages are pictures, what is recognised on them, and how sure the reader is."""

from __future__ import annotations

import io

import pypdfium2 as pdfium
import pytest

from crawler.documents import media_types as types
from crawler.documents.reader import read_document
from crawler.documents.tesseract import can_recognise
from samples.documents.accuracy import FACTS, accuracy, wrong_facts
from samples.documents.forms import forms
from samples.documents.layout import truths
from samples.documents.pdf import pdf_of
from samples.documents.scans import pictures_of, scan_of
from samples.documents.wider import WIDER
from samples.documents.worn import worn_pages

FORMS = list(forms(21, 6))
tesseract = pytest.mark.skipif(
    not can_recognise(), reason="tesseract with its Vietnamese is not installed"
)


def joined(*files: bytes) -> bytes:
    """Several PDFs as one."""
    whole, out = pdfium.PdfDocument.new(), io.BytesIO()
    for file in files:
        whole.import_pages(pdfium.PdfDocument(file))
    whole.save(out)
    return out.getvalue()


def test_without_ocr_a_scan_waits():
    reading = read_document(scan_of(pictures_of(pdf_of(FORMS[0]), dpi=100)))
    assert (reading.problem, reading.text_from, reading.pages) == ("no_text_layer", "none", 1)


def test_without_tesseract_a_scan_waits(monkeypatch):
    can_recognise.cache_clear()
    monkeypatch.setenv("PATH", "")
    try:
        reading = read_document(scan_of(pictures_of(pdf_of(FORMS[0]), dpi=100)), ocr=True)
        assert (reading.problem, reading.text_from) == ("no_text_layer", "none")
    finally:
        can_recognise.cache_clear()


def test_of_a_mixed_file_the_printed_pages_are_read_and_the_others_wait():
    printed = pdf_of(FORMS[0])
    reading = read_document(joined(printed, scan_of(pictures_of(printed, dpi=100))))
    assert (reading.problem, reading.text_from, reading.pages) == ("no_text_layer", "text", 2)
    assert accuracy(truths(FORMS[0]), reading.text) >= 0.995


@tesseract
@pytest.mark.timeout(900)
@pytest.mark.parametrize(("noisy", "least"), [(False, 0.97), (True, 0.93)])
def test_scans_are_read(noisy, least):
    shares, wrong = [], {}
    for number, form in enumerate(FORMS):
        made = scan_of(pictures_of(pdf_of(form, number), noisy=noisy, seed=number))
        reading = read_document(made, ocr=True)
        assert (reading.text_from, reading.ocr_pages, reading.problem) == ("ocr", (1,), None)
        assert reading.confidence is not None and 0.7 < reading.confidence <= 1
        shares.append(accuracy(truths(form), reading.text))
        wrong |= {(number, name): pair for name, pair in wrong_facts(form, reading).items()}
    assert sum(shares) / len(shares) >= least, shares
    assert len(wrong) <= 0.03 * len(FORMS) * len(FACTS), wrong


@tesseract
@pytest.mark.timeout(900)
def test_scans_with_stamps_and_signatures_on_them():
    """Signed, sealed and scanned on office machines, of names and places no rule was made on."""
    shares, wrong = [], {}
    chosen = list(forms(73, 6, WIDER))
    for number, form in enumerate(chosen):
        reading = read_document(scan_of(worn_pages(form, 730 + number)), ocr=True)
        shares.append(accuracy(truths(form), reading.text))
        wrong |= {(number, name): pair for name, pair in wrong_facts(form, reading).items()}
    assert sum(shares) / len(shares) >= 0.9, shares
    assert len(wrong) <= 0.15 * len(chosen) * len(FACTS), wrong
    invented = [
        pair for (_, name), pair in wrong.items() if name == "signer" and pair[0] is not None
    ]
    assert len(invented) <= 1, wrong


@tesseract
@pytest.mark.timeout(600)
def test_recognised_pages_are_told_from_printed_ones():
    printed = pdf_of(FORMS[1], 1)
    reading = read_document(joined(printed, scan_of(pictures_of(printed))), ocr=True)
    assert (reading.text_from, reading.ocr_pages, reading.pages) == ("ocr", (2,), 2)
    second = reading.text[reading.page_starts[1] :]
    assert accuracy(truths(FORMS[1]), second) >= 0.95


@tesseract
@pytest.mark.timeout(600)
def test_a_text_layer_that_is_none_is_recognised_instead():
    """What an English reader made of a Vietnamese scan lies behind the picture, and is no text."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    picture = pictures_of(pdf_of(FORMS[2], 2))[0].convert("L")
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    layer = canvas.beginText(60, 780)
    layer.setTextRenderMode(3)
    for _ in range(30):
        layer.textLine(
            "CQNG HOA xA HQI CHU NGHiA VItT NAM D$c l4p - Tq do - H4nh phric Sd Khoa hqc vi C6ng nghQ"
        )
    canvas.drawImage(ImageReader(picture), 0, 0, *A4)
    canvas.drawText(layer)
    canvas.save()
    waiting = read_document(out.getvalue())
    assert (waiting.problem, waiting.text) == ("no_text_layer", "")
    reading = read_document(out.getvalue(), ocr=True)
    assert reading.ocr_pages == (1,)
    assert accuracy(truths(FORMS[2]), reading.text) >= 0.95


@tesseract
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", ["TIFF", "JPEG", "PNG"])
def test_pictures_as_documents(name):
    out = io.BytesIO()
    pictures_of(pdf_of(FORMS[3], 3))[0].save(out, name)
    assert read_document(out.getvalue()).problem == "no_text_layer"
    reading = read_document(out.getvalue(), ocr=True)
    assert reading.media_type in types.PICTURES
    assert (reading.text_from, reading.ocr_pages) == ("ocr", (1,))
    assert accuracy(truths(FORMS[3]), reading.text) >= 0.95

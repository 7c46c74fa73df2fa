"""Files that break readers: each has a name for what is wrong with it, in bounded time and memory."""

from __future__ import annotations

import gc
import io
import resource
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.document_pool import DocumentPool, document_of
from crawler.documents import media_types as types
from crawler.documents.reader import read_document
from samples.documents import hostile
from samples.documents.forms import forms
from samples.documents.old import rtf_of
from samples.documents.pdf import pdf_of
from samples.documents.powerpoint import Slide, ppt_of
from samples.documents.tables import odt_of, pptx_of, xlsx_of
from samples.documents.word import docx_of

FORM = next(iter(forms(5, 1)))
HTML = "<html><head><title>404</title><script>alert(1)</script></head><body><p>Không tìm thấy tệp</p></body></html>".encode()
LONGEST = 60.0  # seconds that any of them may take, on a busy machine


@pytest.mark.parametrize(
    ("make", "media_type", "problem"),
    [
        (lambda: b"", types.UNKNOWN, "empty"),
        (lambda: b"%PDF-1.4 and nothing more", types.PDF, "broken"),
        (lambda: b"PK\x03\x04 cut", types.ZIP, "broken"),
        (lambda: pdf_of(FORM)[:3_000], types.PDF, "broken"),
        (lambda: docx_of(FORM)[:9_000], types.ZIP, "broken"),
        (lambda: pdf_of(FORM, password="khong-doan"), types.PDF, "encrypted"),
        (hostile.bomb, types.ZIP, "bomb"),
        (hostile.docx_bomb, types.DOCX, "bomb"),
        (hostile.nested, types.ZIP, "bomb"),
        (hostile.pdf_bomb, types.PDF, "bomb"),
        (hostile.many_pages, types.PDF, "too_many_pages"),
        (hostile.huge_picture, "image/png", "bomb"),
        (lambda: b"{\\rtf1" + b"{" * 50_000, types.RTF, "bomb"),
        (lambda: bytes(range(256)) * 9, types.UNKNOWN, "unsupported"),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", types.SVG, "unsupported"),
    ],
)  # fmt: skip
def test_what_is_wrong_has_a_name(make, media_type, problem):
    begun = time.monotonic()
    reading = read_document(make(), name="quyet-dinh.pdf", media_type="application/pdf")
    assert (reading.media_type, reading.problem) == (media_type, problem)
    assert time.monotonic() - begun < LONGEST


def test_encrypted_members_and_office_files():
    packed = bytearray(hostile.zip_of({"a.txt": b"an toan", "b.txt": "Không khóa".encode()}))
    entry = packed.index(b"PK\x01\x02")
    packed[entry + 8] |= 1  # in the directory
    packed[6] |= 1
    reading = read_document(bytes(packed))
    assert (reading.problem, reading.members) == ("encrypted", ("a.txt", "b.txt"))
    assert "Không khóa" in reading.text
    office = types.OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le")
    assert read_document(office, name="ke-hoach.xlsx").problem == "encrypted"
    assert read_document(office, name="ke-hoach.xlsx").media_type == types.XLSX


def test_what_it_is_not_what_it_is_called():
    page = read_document(HTML, name="quyet-dinh.pdf", media_type="application/pdf")
    assert (page.media_type, page.text) == (types.HTML, "Không tìm thấy tệp")
    assert (
        read_document(pdf_of(FORM), name="anh.jpg", media_type="image/jpeg").media_type == types.PDF
    )
    assert read_document(rtf_of(FORM), name="to-trinh.doc").facts is not None


def test_macros_are_said_and_not_looked_at():
    made = io.BytesIO(docx_of(FORM))
    with zipfile.ZipFile(made, "a") as parts:
        parts.writestr("word/vbaProject.bin", types.OLE + b"Sub AutoOpen()")
    reading = read_document(made.getvalue(), name="don.docx")
    assert reading.media_type == types.DOCM
    assert "AutoOpen" not in reading.text
    assert reading.facts is not None


def test_entities_are_neither_multiplied_nor_fetched():
    reading = read_document(hostile.entities())
    assert "Trước" in reading.text
    assert "root:" not in reading.text
    assert len(reading.text) < 100


def test_where_a_photo_was_taken_is_not_told():
    reading = read_document(hostile.located_photo(), name="anh.jpg")
    assert reading.media_type == "image/jpeg"
    assert "21" not in repr(reading)
    assert hostile.JPEG_COMMENT not in repr(reading)


SEEDS = [
    pdf_of(FORM),
    docx_of(FORM),
    rtf_of(FORM),
    rtf_of(FORM, old=True),
    odt_of(FORM),
    xlsx_of(FORM),
    pptx_of(FORM),
    ppt_of([Slide("Một", "Hai", "Ba", "Bốn")]),
]


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(SEEDS), st.data())
def test_damaged_files_never_raise(content, data):
    damaged = bytearray(content)
    for _ in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, len(damaged) - 1))
        damaged[place : place + data.draw(st.integers(1, 40))] = data.draw(st.binary(max_size=40))
    reading = read_document(bytes(damaged[: data.draw(st.integers(1, len(damaged)))]))
    assert reading.problem is None or reading.problem.isidentifier()
    assert all(0 <= start <= len(reading.text) for start in reading.page_starts)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.binary(max_size=2_000),
    st.sampled_from(
        [
            b"",
            b"%PDF-1.7\n",
            b"PK\x03\x04",
            types.OLE,
            b"{\\rtf1 ",
            b"Rar!\x1a\x07\x00",
            b"<html>",
            b"\x89PNG\r\n\x1a\n",
        ]
    ),
)
def test_any_bytes_at_all(content, head):
    assert read_document(head + content).media_type


def test_a_file_costs_a_worker_at_most():
    pool = DocumentPool(1, timeout=4)
    try:
        assert document_of(pool.read(pdf_of(FORM))).problem is None
        slow = b"{\\rtf1 " + b"\\'e1\\'e2 \\b x\\par" * 3_000_000
        assert document_of(pool.read(slow)).problem in ("timeout", "memory")
        assert document_of(pool.read(pdf_of(FORM))).facts is not None
    finally:
        pool.close()


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="looks into /proc")
def test_reading_leaves_nothing_behind():
    """A tree of XML that stands in a circle weighs nothing to the collector, and fills a worker."""
    content = docx_of(FORM)
    for _ in range(20):
        read_document(content)
    gc.collect()
    gc.disable()
    try:
        before = resident()
        for _ in range(150):
            read_document(content)
        assert resident() - before < 8 * 2**20
    finally:
        gc.enable()


def resident() -> int:
    """Bytes of memory that this process has."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()

"""More files that break readers: named, in bounded time and memory, and nobody else loses anything."""

from __future__ import annotations

import socket
import threading
import time

import pytest

from crawler.document_pool import DocumentPool, document_of
from crawler.documents import media_types as types
from crawler.documents.archives import libarchive
from crawler.documents.kept_types import kept_type
from crawler.documents.reader import read_document
from publish.desk.render.kept import headers, served_as
from samples.documents import traps
from samples.documents.forms import forms
from samples.documents.hostile import zip_of
from samples.documents.pdf import pdf_of

FORM = next(iter(forms(5, 1)))
LONGEST = 60.0  # seconds, on a busy machine


@pytest.fixture(scope="module")
def pool():
    pool = DocumentPool(1, timeout=LONGEST)
    yield pool
    assert document_of(pool.read(pdf_of(FORM))).facts is not None  # it reads on
    pool.close()


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("make", "problems"),
    [
        (traps.many_objects, (None, "memory")),
        (traps.draws_itself, ("crashed", "timeout", "broken")),
        (traps.doubles, ("crashed", "timeout", "memory")),
        (lambda: traps.gigapixels("JBIG2"), ("no_text_layer",)),
        (lambda: traps.gigapixels("JPX"), ("no_text_layer",)),
        (lambda: traps.gigapixels("Flate"), ("no_text_layer",)),
        (traps.without_unicode, ("no_text_layer",)),
        (traps.lying_directory, ("too_large", "bomb")),
    ],
)
def test_a_worker_survives_or_is_replaced(pool, make, problems):
    content, begun = make(), time.monotonic()
    reading = document_of(pool.read(content, name="van-ban.pdf"))
    assert reading.problem in problems
    assert reading.text == "\n".join(reading.members)
    assert time.monotonic() - begun < LONGEST + 15


def test_a_sheet_of_all_columns_loses_no_cell(pool):
    reading = document_of(pool.read(traps.wide_sheet()))
    assert (reading.media_type, reading.problem) == (types.XLSX, None)
    assert reading.text.count("gần\txa") == 20_000


def test_nobody_is_asked_for_what_a_document_points_at():
    asked = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(1)

        def wait() -> None:
            try:
                server.accept()
                asked.set()
            except TimeoutError:
                pass

        waiting = threading.Thread(target=wait)
        waiting.start()
        reading = read_document(traps.asks_outside(f"http://127.0.0.1:{server.getsockname()[1]}"))
        waiting.join()
    assert (reading.text, reading.problem) == ("Văn bản", None)
    assert not asked.is_set()


def test_names_that_lead_out_of_an_archive_are_shown_without_that():
    content = zip_of({name: f"Tệp {at}".encode() for at, name in enumerate(traps.TRICKS)})
    reading = read_document(content)
    assert reading.members == tuple(traps.TRICKS.values())
    assert all(f"Tệp {at}" in reading.text for at in range(len(traps.TRICKS) - 1))


@pytest.mark.skipif(libarchive is None, reason="libarchive is not installed")
@pytest.mark.parametrize("version", [4, 5])
def test_a_rar_archive_with_encrypted_names(version):
    reading = read_document(traps.locked_rar(version=version), name="ho-so.rar")
    assert (reading.media_type, reading.problem) == (types.RAR, "encrypted")


def test_a_text_layer_of_rubbish_over_a_scan_waits_for_recognition():
    from io import BytesIO

    from reportlab.lib.pagesizes import A4
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    from samples.documents.scans import pictures_of

    out = BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.drawImage(ImageReader(pictures_of(pdf_of(FORM), dpi=60)[0].convert("L")), 0, 0, *A4)
    layer = canvas.beginText(60, 780)
    layer.setTextRenderMode(3)
    for at in range(40):
        layer.textLine("".join(chr(33 + (at * 7 + n * 13) % 90) for n in range(60)))
    canvas.drawText(layer)
    canvas.save()
    reading = read_document(out.getvalue())
    assert (reading.problem, reading.text) == ("no_text_layer", "")


# What is two things at once is kept as the harmless one and saved as such, or not at all.
POLYGLOTS = [
    (b"<html><script>alert(1)</script></html>\n" + pdf_of(FORM), (None, types.PDF)),
    (pdf_of(FORM) + b"<html><script>alert(1)</script>", (types.PDF,)),
    (b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)", ("image/gif",)),
    (b"\xff\xd8\xff\xe0/*<script>*/", (None, "image/jpeg")),
    (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", (None,)),
    (b"BM<html><script>alert(1)</script>", (None, "image/bmp")),
]


@pytest.mark.parametrize(("content", "kinds"), POLYGLOTS)
def test_polyglots(content, kinds):
    kind = kept_type(content, name="/tailieu/x.pdf", declared="text/html")
    assert kind in kinds
    if kind is None:
        return
    told = headers("0" * 64, kind, "x.html")
    assert served_as(kind) not in ("text/html", "image/svg+xml", "text/javascript")
    assert "sandbox" in told["content-security-policy"] and told["x-content-type-options"] == "nosniff"  # fmt: skip
    shown = kind.startswith("image/") and kind != "image/bmp"
    assert told["content-disposition"].startswith("inline" if shown else "attachment")


@pytest.mark.parametrize(
    "name",
    [
        "quyet-dinh\u202efdp.exe", 'a"; filename="b.html', "a\r\nSet-Cookie: x=1", "..\\..\\x.pdf", "../../etc/passwd",
        "a\u2028b.pdf", "Quyết định số 12.pdf", "", "." * 300, "x" * 5_000 + ".pdf", "\u2066\u2069.pdf", "con%0d%0ax.pdf",
    ],
)  # fmt: skip
def test_names_in_headers(name):
    said = headers("0" * 64, types.PDF, name)["content-disposition"]
    assert said.isascii() and said.isprintable() and len(said) < 1_500
    assert said.count('"') == 2 and "\\" not in said and "/" not in said
    assert "%E2%80%AE" not in said and "%0D" not in said.upper() and "%E2%81%A6" not in said

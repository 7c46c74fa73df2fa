"""ZIP, RAR and 7z: what they hold is listed and read, as far as it goes and within bounds."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import time
import warnings
import zipfile
import zlib

import pytest

from crawler.documents import media_types as types
from crawler.documents.archives import MOST_MEMBERS, MOST_READ, libarchive
from crawler.documents.reader import read_document
from samples.documents import traps
from samples.documents.forms import forms
from samples.documents.hostile import seven_of, stored_rar, zip_of
from samples.documents.tables import odt_of
from samples.documents.word import docx_of

FORMS = list(forms(11, 6))
MEBIBYTE = 2**20
installed = pytest.mark.skipif(libarchive is None, reason="libarchive is not installed")
PACKS = [
    pytest.param(zip_of, types.ZIP, id="zip"),
    pytest.param(stored_rar, types.RAR, id="rar", marks=installed),
    pytest.param(seven_of, types.SEVEN, id="7z", marks=installed),
]


@pytest.mark.parametrize(("pack", "media_type"), PACKS)
def test_members_are_listed_and_documents_read(pack, media_type):
    made = pack(
        {
            "văn-bản/quyết-định.docx": docx_of(FORMS[0]),
            "../../etc/bao-cao.odt": odt_of(FORMS[4]),
            "bản đồ.exe": b"MZ\x00\x01",
        }
    )
    reading = read_document(made, name="van-ban.pdf")
    assert reading.members == ("văn-bản/quyết-định.docx", "etc/bao-cao.odt", "bản đồ.exe")
    assert (reading.media_type, reading.problem, reading.facts) == (media_type, None, None)
    assert FORMS[0].paragraphs[-2] in reading.text
    assert FORMS[4].paragraphs[-2] in reading.text[reading.page_starts[1] :]
    assert reading.text.endswith("bản đồ.exe")  # what nobody reads is found by its name


@pytest.mark.parametrize(("pack", "media_type"), PACKS)
def test_names_that_lead_out_are_shown_without_that(pack, media_type):
    reading = read_document(pack({name: f"Tệp {name}".encode() for name in traps.TRICKS}))
    assert (reading.media_type, reading.members) == (media_type, tuple(traps.TRICKS.values()))


@pytest.mark.parametrize(("pack", "_"), PACKS)
def test_what_is_passed_over_is_said(pack, _):
    texts = {f"{at}.txt": f"Văn bản {at}".encode() for at in range(MOST_READ + 5)}
    reading = read_document(pack(texts))
    assert (reading.problem, len(reading.members)) == ("too_large", MOST_READ + 5)
    programs = {f"{at}.exe": b"MZ\x00" for at in range(MOST_READ + 5)}
    reading = read_document(pack(programs | {"sau-cung.txt": "Cuối cùng".encode()}))
    assert reading.problem is None and reading.text.endswith("Cuối cùng")
    reading = read_document(pack({f"{at}.txt": b"" for at in range(MOST_MEMBERS + 5)}))
    assert (reading.problem, len(reading.members)) == ("too_large", MOST_MEMBERS)


@pytest.mark.parametrize(("pack", "_"), PACKS[::2])
@pytest.mark.parametrize(
    "files",
    [{"to.txt": bytes(70 * MEBIBYTE)}, {f"{at}.txt": bytes(10 * MEBIBYTE) for at in range(21)}],
)
def test_what_unpacks_beyond_all_measure(pack, _, files):
    begun = time.monotonic()
    assert read_document(pack({"truoc.txt": "Đọc được".encode()} | files)).problem == "bomb"
    assert time.monotonic() - begun < 30


@installed
def test_an_archive_in_an_archive():
    inner = seven_of({"trong.txt": "Ở trong".encode()})
    reading = read_document(zip_of({"goi.7z": inner}))
    assert reading.members == ("goi.7z", "goi.7z/trong.txt") and "Ở trong" in reading.text
    for level in range(5):
        inner = seven_of({f"lop-{level}.7z": inner})
    assert read_document(inner).problem == "bomb"


@installed
def test_what_stands_before_a_cut_is_read():
    made = stored_rar({"truoc.txt": "Đọc được".encode(), "sau.txt": bytes(5_000)})
    reading = read_document(made[:1_000])
    assert (reading.problem, reading.members) == ("broken", ("truoc.txt", "sau.txt"))
    assert "Đọc được" in reading.text
    for broken in (
        made[:12],
        seven_of({"a.txt": b"a"})[:-40],
        b"7z\xbc\xaf\x27\x1c\0\4" + b"\xff" * 60,
    ):
        assert (read_document(broken).problem, read_document(broken).text) == ("broken", "")


def test_a_directory_of_sixty_thousand():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("quyet-dinh.txt", "Quyết định")
        for at in range(60_000):
            packed.writestr(f"{at}.txt", b"")
    begun = time.monotonic()
    reading = read_document(out.getvalue())
    assert (reading.problem, len(reading.members)) == ("too_large", MOST_MEMBERS)
    assert "Quyết định" in reading.text and time.monotonic() - begun < 30


def test_two_members_of_one_name_and_a_name_in_two_encodings():
    out, name = io.BytesIO(), "Quyết định.txt".encode()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as packed:
        warnings.simplefilter("ignore")
        packed.writestr("a.txt", "Thứ nhất")
        packed.writestr("a.txt", "Thứ hai")
        beside = zipfile.ZipInfo("Quy?t d?nh.txt")  # as WinRAR writes it
        beside.extra = struct.pack("<HHBI", 0x7075, 5 + len(name), 1, zlib.crc32(b"Quy?t d?nh.txt"))
        beside.extra += name
        packed.writestr(beside, "Thứ ba")
    reading = read_document(out.getvalue())
    assert reading.members == ("a.txt", "a.txt", "Quyết định.txt")
    assert all(f"Thứ {word}" in reading.text for word in ("nhất", "hai", "ba"))


@installed
def test_names_do_not_hang_on_the_locale(tmp_path):
    made = tmp_path / "a.7z"
    made.write_bytes(seven_of({"quyết định.txt": b"a"}))
    asked = f"from crawler.documents.reader import read_document; print(ascii(read_document(open({str(made)!r}, 'rb').read()).members))"
    done = subprocess.run(
        [sys.executable, "-c", asked], env={**os.environ, "LC_ALL": "C"}, capture_output=True,
        text=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.strip() == ascii(("quyết định.txt",))

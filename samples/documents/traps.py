"""More files that break readers: PDF that draws itself, pictures of gigapixels, archives that lie."""

from __future__ import annotations

import struct
import zlib

from samples.documents.hostile import pdf_from, zip_of

FORM = "/Type /XObject /Subtype /Form /BBox [0 0 100 100]"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _page(drawn: str, resources: str, *objects: str) -> bytes:
    """A PDF of one page; `objects` are numbered from 5."""
    return pdf_from(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
            f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R "
            f"/Resources << {resources} >> >>",
            *objects,
        ]
    )


def many_objects(count: int = 1_000_000) -> bytes:
    """A PDF of a million objects and one empty page."""
    return _page("q Q", "", *["null"] * count)


def draws_itself() -> bytes:
    """A form that draws itself twice."""
    form = f"<< {FORM} /Length 12 /Resources << /XObject << /X 5 0 R >> >> >>\nstream\n/X Do /X Do \nendstream"
    return _page("/X Do", "/XObject << /X 5 0 R >>", form)


def doubles(depth: int = 30) -> bytes:
    """A form that draws another twice, which draws another twice, and so on."""
    forms = [
        f"<< {FORM} /Length 12 /Resources << /XObject << /X {6 + at} 0 R >> >> >>\nstream\n/X Do /X Do \nendstream"
        for at in range(depth)
    ]
    return _page(
        "/X Do",
        "/XObject << /X 5 0 R >>",
        *forms,
        f"<< {FORM} /Length 10 >>\nstream\n0 0 9 9 re\nendstream",
    )


def gigapixels(kind: str) -> bytes:
    """A page that is a picture of 3.6 billion dots: JBIG2, JPX or Flate."""
    side = (60_000).to_bytes(4, "big")
    if kind == "JBIG2":
        data = b"\0\0\0\0\x30\0\1\0\0\0\x13" + side * 2 + bytes(9) + b"\0\0"
    elif kind == "JPX":
        data = (
            b"\xff\x4f\xff\x51\0\x29\0\0"
            + side * 2
            + bytes(8)
            + side * 2
            + bytes(8)
            + b"\0\1\7\1\1"
        )
        data += b"\xff\x52\0\x0c\0\0\0\1\0\5\4\4\0\1\xff\x5c\0\x13\x40" + bytes(16)
        data += b"\xff\x90\0\x0a\0\0\0\0\0\0\0\1\xff\x93\xff\xd9"
    else:
        data = zlib.compress(bytes(300 * 2**20), 9)
    packed = data.decode("latin-1")
    picture = (
        "<< /Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceGray "
        f"/BitsPerComponent 8 /Filter /{kind}Decode /Length {len(data)} >>\nstream\n{packed}\nendstream"
    )
    return _page("q 595 0 0 842 0 0 cm /I Do Q", "/XObject << /I 5 0 R >>", picture)


def without_unicode() -> bytes:
    """Text in a font that does not tell which letters its shapes are."""
    shapes = "".join(f"{at:04x}" for at in range(1, 40))
    return _page(
        f"BT /F1 12 Tf 72 720 Td <{shapes}> Tj ET", "/Font << /F1 5 0 R >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Times /Encoding /Identity-H /DescendantFonts [6 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Times /CIDSystemInfo "
        "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 7 0 R >>",
        "<< /Type /FontDescriptor /FontName /ABCDEF+Times /Flags 4 /FontBBox [0 0 1 1] /ItalicAngle 0 "
        "/Ascent 1 /Descent 0 /CapHeight 1 /StemV 1 >>",
    )  # fmt: skip


def wide_sheet(rows: int = 20_000) -> bytes:
    """A workbook that says it has 16,384 columns and a million rows, with a cell in the last column."""
    cells = "".join(
        f'<row r="{at}" spans="1:16384"><c r="A{at}" t="inlineStr"><is><t>gần</t></is></c>'
        f'<c r="XFD{at}" t="inlineStr"><is><t>xa</t></is></c></row>'
        for at in range(1, rows + 1)
    )
    body = f'<worksheet xmlns="{SHEET}"><dimension ref="A1:XFD1048576"/><sheetData>{cells}</sheetData></worksheet>'
    book = f'<workbook xmlns="{SHEET}" xmlns:r="{LINKS}"><sheets><sheet name="S" r:id="r1"/></sheets></workbook>'
    return zip_of(
        {
            "[Content_Types].xml": b"<Types/>", "xl/workbook.xml": book.encode(),
            "xl/_rels/workbook.xml.rels": b'<R><R Id="r1" Target="worksheets/s.xml"/></R>',
            "xl/worksheets/s.xml": body.encode(),
        }
    )  # fmt: skip


def asks_outside(address: str) -> bytes:
    """A Word document whose type, template and picture lie at an address."""
    document = (
        f'<?xml version="1.0"?><!DOCTYPE d SYSTEM "{address}/d.dtd"><w:document xmlns:w="{WORD}"><w:body>'
        "<w:p><w:r><w:t>Văn bản</w:t></w:r></w:p></w:body></w:document>"
    )
    links = "".join(
        f'<Relationship Id="r{at}" Type="{LINKS}/{kind}" Target="{address}/{kind}" TargetMode="External"/>'
        for at, kind in enumerate(("attachedTemplate", "image", "oleObject"))
    )
    return zip_of(
        {
            "[Content_Types].xml": b"<Types/>", "word/document.xml": document.encode(),
            "word/_rels/document.xml.rels": f"<Relationships>{links}</Relationships>".encode(),
        }
    )  # fmt: skip


TRICKS = {
    "../../etc/passwd": "etc/passwd", "/goc/tuyet-doi.txt": "goc/tuyet-doi.txt",
    "C:\\win\\x.txt": "win/x.txt", "a/../../b.txt": "a/b.txt", "\u202etxt.exe": "txt.exe",
}  # fmt: skip


def lying_directory(count: int = 2_000, size: int = 2**20) -> bytes:
    """A ZIP whose directory lists one packed member two thousand times."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    raw = bytes(size)
    packed = packer.compress(raw) + packer.flush()
    sums = zlib.crc32(raw), len(packed), size, 5
    body = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 8, 0, 0, *sums, 0) + b"a.txt" + packed
    entries = b"".join(
        struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 8, 0, 0, *sums, 0, 0, 0, 0, 0, 0)
        + f"{at:05}".encode()
        for at in range(count)
    )
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, len(entries), len(body), 0)
    return body + entries + end


def locked_rar(*, version: int) -> bytes:
    """A RAR archive whose very names are encrypted."""
    if version == 4:
        return b"Rar!\x1a\x07\x00\xce\x99\x73\x80\x00\x0d\x00" + bytes(70)
    head = b"\x15\x04\x00\x00\x00\x0f" + bytes(
        16
    )  # 21 bytes: encryption, version 0, 2^15 rounds, salt
    return (
        b"Rar!\x1a\x07\x01\x00" + zlib.crc32(head).to_bytes(4, "little") + head + bytes(range(80))
    )

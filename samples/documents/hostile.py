"""Files that break readers: each small to make, and what reading it must say."""

from __future__ import annotations

import io
import zipfile
import zlib

from PIL import Image

JPEG_COMMENT = "Chụp tại nhà riêng"
PLACE = ((21.0, 42.0, 11.0), (104.0, 52.0, 7.0))  # degrees, minutes, seconds


def zip_of(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return out.getvalue()


def bomb(size: int = 300 * 2**20) -> bytes:
    """A ZIP whose one text unpacks to 300 MiB of nothing."""
    return zip_of({"bao-cao.txt": bytes(size)})


def nested(depth: int = 12) -> bytes:
    """A ZIP in a ZIP in a ZIP."""
    inner = zip_of({"trong-cung.txt": "Ở trong cùng".encode()})
    for level in range(depth):
        inner = zip_of({f"lop-{level}.zip": inner, f"ban-sao-{level}.zip": inner})[: 2**20]
    return inner


def docx_bomb() -> bytes:
    """A Word document whose text is 100 MiB of one letter."""
    return zip_of(
        {"word/document.xml": b"<w:p>" + b"a" * (100 * 2**20), "[Content_Types].xml": b"<Types/>"}
    )


def entities() -> bytes:
    """A Word document that multiplies entities (billion laughs) and asks for a file of ours."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    document = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "ha"><!ENTITY f SYSTEM "file:///etc/passwd">{laughs}]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        "<w:p><w:r><w:t>Trước &l9; &f; sau</w:t></w:r></w:p></w:body></w:document>"
    )
    return zip_of({"word/document.xml": document.encode(), "[Content_Types].xml": b"<Types/>"})


def many_pages(count: int = 10_000) -> bytes:
    """A PDF of that many pages, one text for all."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{5 + n} 0 R" for n in range(count))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {count} >>")
    drawn = "BT /F1 12 Tf 72 720 Td (Trang mau cua tai lieu rat dai) Tj ET"
    objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    objects.append(
        "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>"
    )
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R /Resources << /Font << /F1 4 0 R >> >> >>"
    objects += [page] * count
    return pdf_from(objects)


def pdf_bomb() -> bytes:
    """A PDF whose page is a stream that unpacks to 300 MiB of drawing."""
    packed = zlib.compress(b"0 0 m 9 9 l S\n" * (20 * 2**20), 9).decode("latin-1")
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n{packed}\nendstream",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R >>",
    ]  # fmt: skip
    return pdf_from(objects)


def pdf_from(objects: list[str]) -> bytes:
    """Objects, numbered from 1, as a PDF file."""
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += (
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    )
    return bytes(out)


def huge_picture() -> bytes:
    """A PNG of a few kilobytes that is 20,000 dots wide and high."""
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    return out.getvalue()


def located_photo() -> bytes:
    """A JPEG whose camera wrote down where it was."""
    picture = Image.new("RGB", (64, 48), (90, 140, 90))
    exif = Image.Exif()
    exif[0x010E] = JPEG_COMMENT
    exif.get_ifd(0x8825).update({1: "N", 2: PLACE[0], 3: "E", 4: PLACE[1]})
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def stored_rar(files: dict[str, bytes]) -> bytes:
    """A RAR archive (version 4) that packs nothing: headers and bytes."""

    def block(kind: int, flags: int, fields: bytes, body: bytes = b"") -> bytes:
        head = (
            bytes([kind])
            + flags.to_bytes(2, "little")
            + (7 + len(fields)).to_bytes(2, "little")
            + fields
        )
        return (zlib.crc32(head) & 0xFFFF).to_bytes(2, "little") + head + body

    out = b"Rar!\x1a\x07\x00" + block(0x73, 0, bytes(6))
    for name, content in files.items():
        size, raw = len(content).to_bytes(4, "little"), name.encode()
        fields = size + size + b"\x03" + zlib.crc32(content).to_bytes(4, "little") + bytes(4)
        fields += (
            b"\x14\x30" + len(raw).to_bytes(2, "little") + (0o100644).to_bytes(4, "little") + raw
        )
        out += block(0x74, 0x8000, fields, content)
    return out + block(0x7B, 0x4000, b"")


def seven_of(files: dict[str, bytes]) -> bytes:
    """A 7z archive, made where the system has libarchive."""
    import libarchive

    out = bytearray()

    def write(block: bytes) -> int:
        out.extend(block)
        return len(block)

    with libarchive.custom_writer(write, "7zip", options="compression-level=1") as archive:
        for name, content in files.items():
            archive.add_file_from_memory(name, len(content), content)
    return bytes(out)

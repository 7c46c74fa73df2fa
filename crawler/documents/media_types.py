"""What a file is, by its first bytes and its parts; its name only where these leave it open."""

from __future__ import annotations

import io
import re
import zipfile

OFFICE = "application/vnd.openxmlformats-officedocument."
PDF = "application/pdf"
DOCX = OFFICE + "wordprocessingml.document"
XLSX = OFFICE + "spreadsheetml.sheet"
PPTX = OFFICE + "presentationml.presentation"
DOCM = "application/vnd.ms-word.document.macroenabled.12"
XLSM = "application/vnd.ms-excel.sheet.macroenabled.12"
PPTM = "application/vnd.ms-powerpoint.presentation.macroenabled.12"
ODT, ODS, ODP = (
    f"application/vnd.oasis.opendocument.{kind}" for kind in ("text", "spreadsheet", "presentation")
)
DOC, XLS, PPT = "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"
RTF, HTML, PLAIN = "application/rtf", "text/html", "text/plain"
ZIP, RAR, SEVEN = "application/zip", "application/vnd.rar", "application/x-7z-compressed"
SVG = "image/svg+xml"
UNKNOWN = "application/octet-stream"
PICTURES = frozenset(
    {"image/jpeg", "image/png", "image/tiff", "image/gif", "image/bmp", "image/webp"}
)

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
HEAD = 1024  # bytes in which a PDF may begin (ISO 32000-1, appendix H)
LOOKED_AT = 65_536
SIGNATURES = (
    (b"{\\rtf", RTF), (b"Rar!\x1a\x07", RAR), (b"7z\xbc\xaf\x27\x1c", SEVEN), (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"), (b"II*\x00", "image/tiff"), (b"MM\x00*", "image/tiff"), (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
)  # fmt: skip
MAIN_PARTS = (
    ("word/document.xml", "word/vbaProject.bin", DOCX, DOCM),
    ("xl/workbook.xml", "xl/vbaProject.bin", XLSX, XLSM),
    ("ppt/presentation.xml", "ppt/vbaProject.bin", PPTX, PPTM),
)
STREAMS = (("WordDocument", DOC), ("Workbook", XLS), ("Book", XLS), ("PowerPoint Document", PPT))
MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|div|p|meta|title)\b", re.IGNORECASE)
DRAWING = re.compile(rb"<svg\b", re.IGNORECASE)
BY_ENDING = {
    "doc": DOC, "docx": DOCX, "docm": DOCM, "xls": XLS, "xlsx": XLSX, "xlsm": XLSM, "ppt": PPT, "pptx": PPTX, "pdf": PDF, "rtf": RTF,
}  # fmt: skip


def media_type_of(content: bytes, *, name: str = "", declared: str | None = None) -> str:
    """The media type of a file's content; `application/octet-stream` when nothing tells."""
    head = content[:HEAD]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(content)
    if head.startswith(OLE):
        return _ole(content, name, declared)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    for signature, kind in SIGNATURES:
        if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(signature):
            return kind
    if b"%PDF-" in head:
        return PDF
    sample = content[:LOOKED_AT]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return PLAIN
    if MARKUP.search(sample[:4096]):
        return HTML
    if DRAWING.search(sample[:4096]):
        return SVG
    return PLAIN if sample and _is_text(sample) else UNKNOWN


def _is_text(sample: bytes) -> bool:
    """Hardly any control characters, and those of lines."""
    odd = sum(1 for byte in sample if byte < 32 and byte not in b"\t\r\n\x0c")
    return not odd and b"\x00" not in sample


def _ole(content: bytes, name: str, declared: str | None) -> str:
    """Which program's storage it is, by the names of its streams."""
    for stream, kind in STREAMS:
        if stream.encode("utf-16-le") + b"\x00\x00" in content:
            return kind
    if "EncryptedPackage".encode("utf-16-le") in content:  # an Office file under a password
        ending = BY_ENDING.get(name.rpartition(".")[2].lower())
        return ending or (declared if declared in BY_ENDING.values() else None) or DOCX
    return UNKNOWN


def _zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = set(parts.NameToInfo)
            for part, macros, kind, with_macros in MAIN_PARTS:
                if part in names:
                    return with_macros if macros in names else kind
            if "mimetype" in names and "content.xml" in names:
                with parts.open("mimetype") as said:
                    kind = (
                        said.read(100).decode("ascii", "replace").strip().removesuffix("-template")
                    )
                return kind if kind in (ODT, ODS, ODP) else ZIP
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, RuntimeError):
        pass
    return ZIP

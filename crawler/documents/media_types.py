"""What a file is, by its first bytes and its parts; its name only where these leave it open."""

from __future__ import annotations

import io
import zipfile

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODP = "application/vnd.oasis.opendocument.presentation"
DOC = "application/msword"
XLS = "application/vnd.ms-excel"
PPT = "application/vnd.ms-powerpoint"
RTF = "application/rtf"
HTML = "text/html"
PLAIN = "text/plain"
ZIP = "application/zip"
UNKNOWN = "application/octet-stream"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
HEAD = 1024  # bytes in which a PDF may begin (ISO 32000, appendix H)


def media_type_of(content: bytes, *, name: str = "", declared: str | None = None) -> str:
    """The media type of a file's content; `application/octet-stream` when nothing tells."""
    head = content[:HEAD]
    if b"%PDF-" in head:
        return PDF
    if head.startswith(b"{\\rtf"):
        return RTF
    if head.startswith(OLE):
        return _ole(content)
    if head.startswith(b"PK\x03\x04"):
        return _zip(content)
    if head.lstrip()[:1] == b"<" and b"<html" in head.lower():
        return HTML
    return UNKNOWN


def _ole(content: bytes) -> str:
    for stream, kind in (("WordDocument", DOC), ("Workbook", XLS), ("PowerPoint Document", PPT)):
        if stream.encode("utf-16-le") in content:
            return kind
    return UNKNOWN


def _zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = set(parts.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return ZIP
    for part, kind in (
        ("word/document.xml", DOCX), ("xl/workbook.xml", XLSX), ("ppt/presentation.xml", PPTX),
    ):  # fmt: skip
        if part in names:
            return kind
    return ZIP

"""A file's bytes → its text and facts; what cannot be read says why."""

from __future__ import annotations

from dataclasses import replace

from crawler.documents.media_types import PDF, media_type_of
from crawler.documents.model import DocumentReading
from crawler.documents.office import read_office
from crawler.documents.pdf import read_pdf


def read_document(
    content: bytes, *, name: str = "", media_type: str | None = None, ocr: bool = False
) -> DocumentReading:
    """Read a file by what it is, not by what it is called; never raises on bad input.

    `name` and `media_type` (what a server said) only tell apart what the bytes leave open.
    """
    found = media_type_of(content, name=name, declared=media_type)
    if not content:
        return DocumentReading(found, problem="empty")
    try:
        reading = read_pdf(content) if found == PDF else read_office(content, found)
    except Exception:  # noqa: BLE001
        # Readers of other people's formats fail in their own ways; the file is named broken.
        return DocumentReading(found, problem="broken")
    return replace(reading, media_type=found)

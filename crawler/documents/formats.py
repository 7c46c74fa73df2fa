"""Which reader reads which format."""

from __future__ import annotations

from crawler.documents import media_types as types
from crawler.documents.draft import Draft, UnreadableError
from crawler.documents.pdf import read_pdf
from crawler.documents.word import read_word


def draft_of(content: bytes, media_type: str, *, ocr: bool) -> Draft:
    """What a file holds; raises UnreadableError with the name of what keeps it from being read."""
    if media_type == types.PDF:
        return read_pdf(content)
    if media_type == types.DOCX:
        return read_word(content)
    raise UnreadableError("unsupported")

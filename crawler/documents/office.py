"""Office formats → text, by kreuzberg."""

from __future__ import annotations

import kreuzberg

from crawler.documents.model import DocumentReading

CONFIG = kreuzberg.ExtractionConfig(use_cache=False)


def read_office(content: bytes, media_type: str) -> DocumentReading:
    """The text of a Word, Excel, PowerPoint, RTF or OpenDocument file."""
    try:
        found = kreuzberg.extract_bytes_sync(content, media_type, CONFIG)
    except kreuzberg.KreuzbergError:
        return DocumentReading(media_type, problem="broken")
    text = found.content
    return DocumentReading(
        media_type, text=text, text_from="text" if text.strip() else "none", page_starts=(0,)
    )

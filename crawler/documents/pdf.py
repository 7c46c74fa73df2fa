"""PDF → text by page."""

from __future__ import annotations

import pypdfium2 as pdfium

from crawler.documents.media_types import PDF
from crawler.documents.model import DocumentReading


def read_pdf(content: bytes) -> DocumentReading:
    """The printed text of a PDF; a PDF of pictures has none."""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        problem = "encrypted" if "assword" in str(error) else "broken"
        return DocumentReading(PDF, problem=problem)
    starts, text = [], ""
    for page in document:
        starts.append(len(text))
        text += page.get_textpage().get_text_bounded().replace("\r\n", "\n") + "\n\n"
    return DocumentReading(
        PDF,
        pages=len(document),
        text=text,
        text_from="text" if text.strip() else "none",
        page_starts=tuple(starts),
        problem=None if text.strip() else "no_text_layer",
    )

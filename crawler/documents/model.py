"""What reading a file gives: its text by page, how it was come by, and the facts of a document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

TextFrom = Literal["text", "ocr", "none"]  # "ocr" as soon as one page was recognised: `ocr_pages`


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What an administrative document says of itself; what is not printed is None.

    `raws` has each value as printed, `places` the page (from 1) it stands on.
    """

    number: str | None = None  # `123`
    symbol: str | None = None  # `QĐ-UBND`
    kind: str | None = None  # `quyết định`, in small letters
    body: str | None = None  # who issued it
    issued: str | None = None  # ISO 8601 date
    signer: str | None = None
    subject: str | None = None
    raws: dict[str, str] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """A file as a reader sees it. `problem` says why it was not read, or not whole; None when all is well."""

    media_type: str  # by content, whatever the ending or the server said
    pages: int | None = None
    language: str | None = None
    title: str | None = None
    author: str | None = None
    created: str | None = None  # ISO 8601
    text: str = ""
    text_from: TextFrom = "none"
    page_starts: tuple[int, ...] = ()  # where each page's text begins in `text`
    confidence: float | None = None  # of OCR, 0..1
    problem: str | None = None
    facts: DocumentFacts | None = None
    ocr_pages: tuple[int, ...] = ()  # pages (from 1) whose text was recognised, not printed
    members: tuple[str, ...] = ()  # names of what an archive holds

"""A file's bytes → its text and facts; what cannot be read says why."""

from __future__ import annotations

from crawler.documents.draft import LONGEST_TEXT, Draft, UnreadableError
from crawler.documents.facts.reading import read_facts
from crawler.documents.formats import draft_of
from crawler.documents.legibility import language_of
from crawler.documents.media_types import media_type_of
from crawler.documents.mending import mended_lines
from crawler.documents.model import DocumentReading


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
        return _reading(found, draft_of(content, found, ocr=ocr))
    except UnreadableError as reason:
        return DocumentReading(found, problem=str(reason))
    except MemoryError:
        return DocumentReading(found, problem="memory")
    except Exception:  # noqa: BLE001
        # Readers of other people's formats fail in their own ways; the file is named broken.
        return DocumentReading(found, problem="broken")


def _reading(media_type: str, draft: Draft) -> DocumentReading:
    lines = mended_lines(draft.lines)
    text, starts = "", [0]
    pieces: list[str] = []
    length, page = 0, 1
    for line in lines:
        while page < line.page:
            pieces.append("\n")
            length += 1
            starts.append(length)
            page += 1
        pieces.append(line.text + "\n")
        length += len(line.text) + 1
    text = "".join(pieces).rstrip()
    problem = draft.problem
    if len(text) > LONGEST_TEXT:
        text, problem = text[:LONGEST_TEXT], "too_large"
    while page < min(draft.pages or 0, len(starts) + 5_000):
        starts.append(len(text))
        page += 1
    return DocumentReading(
        media_type,
        pages=draft.pages,
        language=language_of(text),
        title=draft.title,
        author=draft.author,
        created=draft.created,
        text=text,
        text_from=("ocr" if draft.ocr_pages else "text") if text else "none",
        page_starts=tuple(min(start, len(text)) for start in starts),
        confidence=draft.confidence,
        problem=problem,
        ocr_pages=draft.ocr_pages,
        members=draft.members,
        facts=read_facts(lines) if _is_one(draft) else None,
    )


def _is_one(draft: Draft) -> bool:
    """An archive of several documents has no facts of its own."""
    return len(draft.members) < 2

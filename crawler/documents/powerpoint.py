"""PPT of PowerPoint 97 to 2003 → lines: each slide a page, with its boxes and its notes.

A presentation is a stream of records; which slides there are, and where each begins, says a directory
that every saving goes on with. Source: [MS-PPT] 2.1.2, 2.3, 2.4.14, 2.5, 2.9.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Any, NamedTuple

import olefile

from crawler.documents.doc import metadata_of, stream_of
from crawler.documents.draft import LONGEST_TEXT, Draft, Line, UnreadableError

DOCUMENT, NOTES_OF, LIST, PERSIST = 0x03E8, 0x03F1, 0x0FF0, 0x03F3
HEADER, CHARACTERS, BYTES, OUTLINE = 0x0F9F, 0x0FA0, 0x0FA8, 0x0F9E
EDIT, DIRECTORY, TEXT_BOX = 0x0FF5, 0x1772, 0xF00D
SLIDES, NOTES = 0, 2  # what a list is of
LOCKED = 0xF3D1C4DF  # how the user's record begins when the rest is encrypted
BOX = 0xF  # the version of a record that holds others
MOST_SLIDES = 2_000
MOST_EDITS = 10_000
DEEPEST = 60


class Record(NamedTuple):
    kind: int
    instance: int
    is_box: bool
    start: int
    end: int


def read_powerpoint(content: bytes) -> Draft | None:
    """A presentation; None when its directory leads nowhere."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as storage:
            return _read(storage)
    except UnreadableError as reason:
        if str(reason) != "broken":
            raise
    except (OSError, ValueError, IndexError, struct.error, TypeError):
        pass
    return None


def _read(storage: Any) -> Draft | None:
    user = stream_of(storage, "Current User")
    if struct.unpack_from("<I", user, 12)[0] == LOCKED:
        raise UnreadableError("encrypted")
    main = stream_of(storage, "PowerPoint Document")
    places, document = _places(main, struct.unpack_from("<I", user, 16)[0])
    if document not in places:
        return None
    slides: list[tuple[int, int, list[str]]] = []
    notes: list[int] = []
    for listed in _walk(main, _at(main, places[document])):
        if listed.kind == LIST and listed.instance == SLIDES:
            slides = list(_listed(main, listed))[:MOST_SLIDES]
        elif listed.kind == LIST and listed.instance == NOTES:
            notes = [reference for reference, _, _ in _listed(main, listed)]
    beside = dict(_notes(main, places, notes))
    draft, letters = metadata_of(storage), 0
    for page, (reference, slide, outline) in enumerate(slides, 1):
        texts = []
        if reference in places:
            texts = _texts(main, _at(main, places[reference]), outline)
        drawn = set(texts)
        texts += [text for text in outline if text not in drawn] + beside.get(slide, [])
        letters += sum(map(len, texts))
        if letters > LONGEST_TEXT:  # many slides may be one and the same place
            draft.problem = "too_large"
            break
        draft.lines += [
            Line(line.strip(), page)
            for text in texts
            for line in text.replace("\x0b", "\r").split("\r")
            if line.strip() not in ("", "*")  # the number of the slide is drawn there
        ]
    draft.pages = len(slides) or None
    return draft if draft.lines else None


def _places(main: bytes, at: int) -> tuple[dict[int, int], int]:
    """Where each part begins, by its number, as it was saved last; and the document's number."""
    places: dict[int, int] = {}
    document, seen = 0, set[int]()
    while at not in seen and len(seen) < MOST_EDITS:
        seen.add(at)
        edit = _at(main, at)
        if edit.kind != EDIT:
            break
        before, directory, number = struct.unpack_from("<III", main, edit.start + 8)
        document = document or number
        listed = _at(main, directory)
        place = listed.start
        while listed.kind == DIRECTORY and place + 4 <= listed.end:
            head = struct.unpack_from("<I", main, place)[0]
            first, count = head & 0xFFFFF, head >> 20
            offsets = struct.unpack_from(f"<{count}I", main, place + 4)
            for number, offset in enumerate(offsets, first):
                places.setdefault(number, offset)
            place += 4 + 4 * count
        if not before:
            break
        at = before
    return places, document


def _at(main: bytes, at: int) -> Record:
    head, kind, length = struct.unpack_from("<HHI", main, at)
    return Record(kind, head >> 4, head & 0xF == BOX, at + 8, min(at + 8 + length, len(main)))


def _inside(main: bytes, record: Record) -> Iterator[Record]:
    at = record.start
    while at + 8 <= record.end:
        found = _at(main, at)
        yield found
        at = found.end


def _walk(main: bytes, record: Record, depth: int = 0) -> Iterator[Record]:
    """All records in one, its own boxes before what is in them."""
    if depth > DEEPEST:
        raise UnreadableError("bomb")
    for found in _inside(main, record):
        yield found
        if found.is_box:
            yield from _walk(main, found, depth + 1)


def _listed(main: bytes, listed: Record) -> Iterator[tuple[int, int, list[str]]]:
    """The slides of a list: their numbers as parts and as slides, and the texts of their outline."""
    slide: tuple[int, int, list[str]] | None = None
    for record in _inside(main, listed):
        if record.kind == PERSIST:
            if slide:
                yield slide
            reference, _, _, number = struct.unpack_from("<IIII", main, record.start)
            slide = reference, number, []
        elif slide and record.kind == HEADER:
            slide[2].append("")
        elif slide and slide[2] and record.kind in (CHARACTERS, BYTES):
            slide[2][-1] = _letters(main, record)
    if slide:
        yield slide


def _notes(
    main: bytes, places: dict[int, int], references: list[int]
) -> Iterator[tuple[int, list[str]]]:
    """Of each slide the notes, by its number."""
    for reference in references[:MOST_SLIDES]:
        if reference not in places:
            continue
        page = _at(main, places[reference])
        for record in _inside(main, page):
            if record.kind == NOTES_OF:
                yield (
                    struct.unpack_from("<I", main, record.start)[0],
                    _texts(main, page, []),
                )


def _texts(main: bytes, page: Record, outline: list[str]) -> list[str]:
    """What the boxes of a slide say, in the order in which they are drawn."""
    found = []
    for box in _walk(main, page):
        for record in _inside(main, box) if box.kind == TEXT_BOX else ():
            if record.kind in (CHARACTERS, BYTES):
                found.append(_letters(main, record))
            elif record.kind == OUTLINE:
                number = struct.unpack_from("<I", main, record.start)[0]
                found += outline[number : number + 1]
    return found


def _letters(main: bytes, record: Record) -> str:
    raw = main[record.start : record.end]
    return raw.decode("utf-16-le" if record.kind == CHARACTERS else "latin-1", "replace")

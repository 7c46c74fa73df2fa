"""PDF → lines by page, and which pages are pictures: by PDFium."""

from __future__ import annotations

import ctypes
import itertools
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from crawler.documents.draft import LONGEST_TEXT, Draft, Line, UnreadableError
from crawler.documents.legibility import is_legible
from crawler.documents.metadata import clean_author, clean_title, pdf_date
from crawler.text.legacy_fonts import SUSPECT, is_legacy_font

MOST_PAGES = 2_000
MOST_RECOGNISED = 200  # pages of one file
FEW_LETTERS = 16  # a page with fewer has no text to speak of
STAMPED = 400  # letters that stamps and page numbers put upon a scan
COVERING = 0.5  # of a page: a picture that is the page
CLOSE = 0.08  # line heights between two letters of a word
WIDE = 1.6  # line heights between two words that stand in two columns
MOST_CHARACTERS = 200_000  # of one page
LARGEST_DRAWING = 48 * 2**20  # bytes of one stream, unpacked
LEAST_BOMB = LARGEST_DRAWING // 1_100  # packed: Flate shrinks to a thousandth at best
STREAM = re.compile(rb"stream\r?\n")
BREAKS = frozenset("\r\n")
LIKE_HYPHEN = {0xAD: "-", 0x2: "-", 0xFFFE: "-", 0x2010: "-", 0x2011: "-"}
# A page → its lines as OCR reads them, and how sure it is; None when there is no OCR.
Recognise = Callable[[Any], tuple[list[Line], float | None]]


@dataclass(slots=True)
class _Word:
    text: str
    at: int  # index of its first character
    left: float
    right: float
    bottom: float
    top: float
    breaks: bool  # stands behind a line end


def read_pdf(content: bytes, recognise: Recognise | None = None) -> Draft:
    """The text of a PDF; of pages that are pictures what `recognise` reads, if it is there."""
    if _is_bomb(content):
        raise UnreadableError("bomb")
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise UnreadableError("encrypted" if "assword" in str(error) else "broken") from error
    try:
        return _read(document, recognise)
    finally:
        document.close()


def _is_bomb(content: bytes) -> bool:
    """Whether a stream of drawing unpacks to more than any page has; pictures may be large."""
    for found in STREAM.finditer(content):
        end = content.find(b"endstream", found.end())
        before = content[max(0, found.start() - 400) : found.start()]
        if (
            end - found.end() < LEAST_BOMB
            or b"/Flate" not in before
            or b"/Image" in before.rpartition(b" obj")[2]
        ):
            continue
        unpacker, packed, size = zlib.decompressobj(), content[found.end() : end], 0
        try:
            while packed and size <= LARGEST_DRAWING:
                size += len(unpacker.decompress(packed, 2**20))
                packed = unpacker.unconsumed_tail
        except zlib.error:
            continue
        if size > LARGEST_DRAWING:
            return True
    return False


def _read(document: Any, recognise: Recognise | None) -> Draft:
    data = document.get_metadata_dict()
    draft = Draft(
        pages=len(document),
        title=clean_title(data.get("Title")),
        author=clean_author(data.get("Author")),
        created=pdf_date(data.get("CreationDate")),
    )
    if not draft.pages:
        raise UnreadableError("broken")
    recognised: dict[int, float] = {}
    waiting = broken = empty = length = 0
    for number in range(1, min(draft.pages, MOST_PAGES) + 1):
        try:
            page = document[number - 1]
        except pdfium.PdfiumError:
            broken += 1
            continue
        lines, picture = _page(page, number)
        if picture and recognise is not None and len(recognised) < MOST_RECOGNISED:
            found, confidence = recognise(page)
            lines = [replace(line, page=number) for line in found]
            if confidence is not None:
                recognised[number] = confidence
            else:
                empty += 1
        elif picture:
            waiting += 1
        draft.lines += lines
        length += sum(len(line.text) for line in lines)
        page.close()
        if length > LONGEST_TEXT:
            draft.problem = "too_large"
            break
    draft.ocr_pages = tuple(recognised)
    if recognised:
        draft.confidence = round(sum(recognised.values()) / len(recognised), 4)
    if draft.pages > MOST_PAGES:
        draft.problem = "too_many_pages"
    elif broken:
        draft.problem = "broken"
    elif waiting:
        draft.problem = "no_text_layer"
    elif empty and not draft.problem and not draft.lines:
        draft.problem = "nothing_recognised"
    return draft


def _page(page: Any, number: int) -> tuple[list[Line], bool]:
    """A page's printed lines, and whether they are not what a reader sees there: a scan."""
    textpage = page.get_textpage()
    words = list(_words(textpage))
    lines = list(_lines(textpage, words, number))
    textpage.close()
    letters = sum(len(word.text) for word in words)
    if letters >= STAMPED and is_legible(words_of(lines)):
        return lines, False
    pictures, strokes = _drawn(page)
    if pictures >= COVERING:
        printed = letters >= STAMPED and is_legible(words_of(lines))
        return (lines, False) if printed else ([], True)
    if letters < FEW_LETTERS:
        return lines, pictures > 0.05 or strokes > 200  # letters drawn as outlines
    return (lines, False) if is_legible(words_of(lines)) else ([], True)


def words_of(lines: list[Line]) -> str:
    return "\n".join(line.text for line in lines)


def _drawn(page: Any) -> tuple[float, int]:
    """How much of a page pictures cover, and how many strokes are on it."""
    width, height = page.get_size()
    covered, strokes = 0.0, 0
    for drawn in page.get_objects(max_depth=3):
        if drawn.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = drawn.get_bounds()
            covered += max(0.0, min(right, width) - max(left, 0)) * max(
                0.0, min(top, height) - max(bottom, 0)
            )
        elif drawn.type == raw.FPDF_PAGEOBJ_PATH:
            strokes += 1
    return covered / max(width * height, 1), strokes


def _words(textpage: Any) -> Iterator[_Word]:
    """The words in the order in which they are drawn, with their places."""
    handle = textpage.raw
    count = min(textpage.count_chars(), MOST_CHARACTERS)
    first, last = raw.FS_RECTF(), raw.FS_RECTF()
    start, letters, breaks = -1, [], False
    code_at = raw.FPDFText_GetUnicode
    for at in range(count + 1):
        code = code_at(handle, at) if at < count else 32
        sign = LIKE_HYPHEN.get(code) or (chr(code) if code < 0x110000 else "\ufffd")
        if not sign.isspace() and code:
            if start < 0:
                start = at
            letters.append(sign)
            continue
        if start >= 0:
            raw.FPDFText_GetLooseCharBox(handle, start, ctypes.byref(first))
            raw.FPDFText_GetLooseCharBox(handle, at - 1, ctypes.byref(last))
            yield _Word(
                "".join(letters), start, first.left, last.right,
                min(first.bottom, last.bottom), max(first.top, last.top), breaks,
            )  # fmt: skip
            start, letters, breaks = -1, [], False
        breaks = breaks or sign in BREAKS


def _lines(textpage: Any, words: list[_Word], number: int) -> Iterator[Line]:
    """Lines of words; a gap as wide as no space is a tab: two columns, or cells of a table."""
    rows: list[list[_Word]] = []
    for word in words:
        row = rows[-1] if rows else None
        if row is None or not _goes_on(row[-1], word):
            rows.append([word])
        else:
            row.append(word)
    left = min((row[0].left for row in rows), default=0)
    right = max((row[-1].right for row in rows), default=0)
    for drawn in rows:
        row = _in_place(drawn)
        text, fonts, last_font = row[0].text, [], ""
        suspicious = any(SUSPECT.search(word.text) for word in row)
        for at, word in enumerate(row):
            if at:
                height = max(word.top - word.bottom, 1)
                text += ("\t" if word.left - row[at - 1].right > WIDE * height else " ") + word.text
            if suspicious:
                name = _font(textpage, word.at)
                name = name if is_legacy_font(name) else ""
                if name != last_font:
                    fonts.append((len(text) - len(word.text), name))
                    last_font = name
        middle = (row[0].left - left) - (right - row[-1].right)
        width = max(right - left, 1)
        centred = abs(middle) < 0.08 * width and row[0].left - left > 0.06 * width
        yield Line(
            text, number, "bold" in _font(textpage, row[0].at).lower(), centred, tuple(fonts)
        )


def _in_place(row: list[_Word]) -> list[_Word]:
    """A line's words from left to right; letters out of another font, drawn later, in their word."""
    if all(before.left <= word.left for before, word in itertools.pairwise(row)):
        return row
    joined: list[_Word] = []
    for word in sorted(row, key=lambda word: word.left):
        before = joined[-1] if joined else None
        if before is not None and word.left - before.right < CLOSE * (word.top - word.bottom):
            joined[-1] = replace(
                before, text=before.text + word.text, right=max(word.right, before.right)
            )
        else:
            joined.append(word)
    return joined


def _goes_on(before: _Word, word: _Word) -> bool:
    """Whether a word stands behind another on the same line."""
    height = max(min(before.top - before.bottom, word.top - word.bottom), 1)
    level = abs((before.top + before.bottom) - (word.top + word.bottom)) / 2 < 0.35 * height
    return level and word.left > before.left if word.breaks else level or word.left >= before.right


def _font(textpage: Any, at: int) -> str:
    name = ctypes.create_string_buffer(96)
    length = raw.FPDFText_GetFontInfo(textpage.raw, at, name, 96, None)
    return name.raw[: max(min(length, 96) - 1, 0)].decode("utf-8", "replace")

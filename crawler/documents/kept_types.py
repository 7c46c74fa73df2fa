"""What is kept of the files that articles carry: documents, pictures, recordings; told by their bytes."""

from __future__ import annotations

import re

from crawler.documents.media_types import PLAIN, UNKNOWN, media_type_of

# Signatures and where they stand; the first that fits counts.
PICTURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"BM", "image/bmp"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (4, b"ftypavif", "image/avif"),
    (4, b"ftypheic", "image/heic"),
)
OTHERS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (4, b"ftyp", "video/mp4"),
)
# What runs is not kept as a file, whatever it is called: its capture stays, nothing serves it.
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
MARKUP = re.compile(rb"<[!?/a-z]", re.IGNORECASE)  # how a page, a drawing or a script of PHP begins
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")  # of an encoding
TEXTS = {"csv": "text/csv"}
HEAD = 1024


def kept_type(content: bytes, *, name: str = "", declared: str | None = None) -> str | None:
    """The media type of a file that is kept; None for what is not: pages, scripts, programs.

    A picture or a document is one by its bytes alone. `name` and `declared` only tell what kind of
    text a text is.
    """
    head = content[:HEAD]
    if not head.strip():
        return None
    for at, sign, kind in PICTURES:
        if head[at : at + len(sign)] == sign and (kind != "image/webp" or head[:4] == b"RIFF"):
            return kind
    if head.startswith(PROGRAMS) or _is_markup(head):
        return None
    found = media_type_of(content, name=name, declared=declared)
    if found in ("text/html", "image/svg+xml", "application/xhtml+xml"):
        return None
    ending = name.rpartition(".")[2].lower()
    if found == PLAIN:
        return TEXTS.get(ending, found)
    if found != UNKNOWN:
        return found
    for at, sign, kind in OTHERS:
        if head[at : at + len(sign)] == sign:
            return kind
    return UNKNOWN


def _is_markup(head: bytes) -> bool:
    """Whether a browser that guesses might take it for a page: marks of text in front, then a tag."""
    for mark in MARKS:
        head = head.removeprefix(mark)
    plain = head.replace(b"\0", b"").lstrip()
    return MARKUP.match(plain) is not None

"""The name that a server gives what it sends: Content-Disposition, as forgivingly as browsers read it.

RFC 6266 and RFC 8187 for what it should be.
"""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from urllib.parse import unquote_to_bytes

from crawler.text.characters import nfc, visible
from crawler.text.legacy_fonts import mended, vietnamese

EXTENDED = re.compile(r"filename\*\s*=\s*\"?([\w-]*)'[^']*'([^;\"]+)", re.IGNORECASE)
QUOTED = re.compile(r'(?:^|[;\s])filename\s*=\s*"((?:[^"\\]|\\.)*)', re.IGNORECASE)
BARE = re.compile(r"(?:^|[;\s])filename\s*=\s*([^;\"]+)", re.IGNORECASE)
ENCODED_WORD = re.compile(r"=\?[\w-]+\?[bq]\?[^?]*\?=", re.IGNORECASE)
PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
FOLDERS = re.compile(r"[\\/]+")


def name_said(disposition: str | None) -> str | None:
    """The file's name in a Content-Disposition; None where it says none that can be read."""
    text = disposition or ""
    if found := EXTENDED.search(text):
        name = _decoded(unquote_to_bytes(found[2].strip()), found[1])
    elif found := QUOTED.search(text):
        name = _plain(re.sub(r'\\(["\\])', r"\1", found[1]))
    elif found := BARE.search(text):
        name = _plain(found[1].strip())
    else:
        return None
    return shown(FOLDERS.split(name)[-1]) or None


def shown(name: str) -> str:
    """A name without signs that nobody sees, on one line."""
    return " ".join(visible(nfc(name)).split())


def unquoted(text: str) -> str:
    """An address' part as it reads; once more where it was encoded twice."""
    for _ in range(2):
        if not PERCENT.search(text):
            break
        text = _decoded(unquote_to_bytes(text), "")
    return text


def _plain(name: str) -> str:
    """A `filename=`, into which servers put whatever their language has."""
    if ENCODED_WORD.search(name):
        try:
            return str(make_header(decode_header(name)))
        except (HeaderParseError, LookupError, ValueError):
            return name
    if PERCENT.search(name):
        read = unquoted(name)
        return read.replace("+", " ") if " " not in read else read  # as Java encodes forms
    try:
        return _decoded(name.encode("latin-1"), "")
    except UnicodeEncodeError:
        return name


def _decoded(raw: bytes, charset: str) -> str:
    """Bytes of a name in the encoding that is said, in UTF-8, or in one of before Unicode."""
    for encoding in (charset, "utf-8"):
        try:
            return raw.decode(encoding or "utf-8")
        except (UnicodeDecodeError, LookupError):
            continue
    ways = (mended(raw.decode("latin-1")), nfc(raw.decode("cp1258", "replace")))
    return max(ways, key=lambda way: vietnamese(re.sub(r"[\W_]+", " ", way)))

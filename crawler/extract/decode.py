"""Bytes to text, once: UTF-8, what is declared, or the encodings Vietnam wrote in before Unicode.

The tables: crawler.text.old_tables, and Microsoft's cp1258.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from html import unescape

from crawler.extract.cleaning import clean
from crawler.text.legacy_fonts import LOOKED_AT, SIGNS, vietnamese
from crawler.text.old_tables import from_tcvn3, from_viscii, from_vni

DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})",
    re.IGNORECASE,
)
HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
# What pages are written in. Python knows more codecs: some undo escapes, one takes quadratic time.
PAGES = re.compile(r"utf-(?:8|16|32)|cp\d|iso8859|ascii|koi8|big5|gb|euc|shift|mac|tis|latin|johab")
FEW_LOSSES = 10  # Vietnamese letters for each place that is broken
HEAD = 4096  # bytes in which a page declares its encoding
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
LEAST_MARKUP = 0.3  # of a page: what is written in ASCII

MARKUP = re.compile(r"<(?:script|style)\b.*?</|<[^>]*>|&#?\w+;", re.DOTALL | re.IGNORECASE)
TABLES = {"tcvn3": from_tcvn3, "vni": from_vni, "viscii": from_viscii}
OLD = ("cp1258", *TABLES)  # what nobody writes any more
PIECES = re.compile(rb"(<[^<>]{0,2000}>|\n)")
LEAST_PASTED = 3  # of `vietnamese`: less may be an accident
GARBLED = 0.35  # of the letters: signs and letters with accents, more than any Latin script has
LOST = 0.05  # of the letters: places that are broken
# Letters of two and three bytes, each byte a character of its own; with some that nobody sees.
TWICE = re.compile(r"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
CONTROLS = re.compile(rb"\xc2[\x80-\x9f]")  # in UTF-8
UNSEEN = re.compile(r"[\xc2-\xef][\x80-\x9f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    encoding: str
    notes: tuple[str, ...] = field(default=())
    garbled: bool = False  # in whatever it is written, it is no text


def decode(body: bytes, content_type: str | None) -> Decoded:
    """The page as composed text without control or zero-width characters."""
    wide = wide_encoding(body)
    if wide:
        return Decoded(
            clean(body.decode(wide, "replace")), wide.removesuffix("-le").removesuffix("-be")
        )
    if b"\x00" in body:
        body = body.replace(b"\x00", b"")
    body = body.removeprefix(codecs.BOM_UTF8)
    try:
        text = body.decode("utf-8")
        notes: tuple[str, ...] = ()
    except UnicodeDecodeError:
        whole = _halves_joined(body)
        if whole is None:
            return _in_another(body, content_type)
        return Decoded(clean(whole), "utf-8", ("decoded_with_losses",))
    if CONTROLS.search(body):
        text, notes = _once_more(text)
    return Decoded(clean(text), "utf-8", notes)


def _halves_joined(body: bytes) -> str | None:
    """UTF-8 in which characters beyond the first plane are written as two halves (CESU-8)."""
    try:
        text = body.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def wide_encoding(body: bytes) -> str | None:
    """UTF-16 or UTF-32, by its mark or by where its zeros stand; None for everything else."""
    for mark, name in MARKS:
        if body.startswith(mark):
            return name
    sample = body[:HEAD]
    if sample.count(0) * 10 < len(sample):
        return None
    share, best = max((_share_of_markup(sample, name), name) for name in WIDE)
    return best if share > LEAST_MARKUP else None


def _share_of_markup(sample: bytes, encoding: str) -> float:
    """How much of a text is what markup is written in; nothing when it has what no text has."""
    text = sample[: len(sample) // 4 * 4].decode(encoding, "replace")
    broken = sum(text.count(sign) for sign in "\x00\ufffd\uffff\ufffe")
    if not text or broken * 50 > len(text):
        return 0.0
    return sum(1 for letter in text if " " <= letter <= "~" or letter in "\t\r\n") / len(text)


def _in_another(body: bytes, content_type: str | None) -> Decoded:
    """A page that is not in UTF-8: broken UTF-8, what it declares, or what it proves to be."""
    mixed = _mixed(body)
    if mixed:
        return mixed
    declared = _declared(body, content_type)
    lossy = body.decode("utf-8", "replace")
    letters = len(lossy.encode("utf-8", "replace")) - len(lossy)  # a measure of what is not ASCII
    losses = lossy.count("\ufffd")
    if losses * FEW_LOSSES * 2 < letters - 2 * losses:
        # UTF-8 with a few broken places: cut pages, a foreign fragment pasted in. Letters of two and
        # three bytes do not come out of other encodings.
        return Decoded(clean(lossy), "utf-8", ("decoded_with_losses",))
    name, proof = _proved(body, declared)
    if not proof:
        name = declared or "cp1252"
    noted = name in OLD and name != declared
    text = _read_as(name, body)
    notes = (f"decoded_as: {name}",) if noted else ()
    return Decoded(clean(text), name, notes, garbled=is_garbled(text))


def _mixed(body: bytes) -> Decoded | None:
    """A page in UTF-8 with text of an old encoding pasted in: each piece between tags by its own."""
    pieces = PIECES.split(body)
    sound: list[bytes] = []
    broken: list[bytes] = []
    for piece in pieces:
        if not piece.isascii():
            (sound if _is_utf8(piece) else broken).append(piece)
    if not sound or not broken or not vietnamese(b" ".join(sound).decode()):
        return None
    name, proof = _proved(b" ".join(broken), None)
    if proof < LEAST_PASTED:
        return None
    text = "".join(piece.decode() if _is_utf8(piece) else _read_as(name, piece) for piece in pieces)
    return Decoded(clean(text), "utf-8", (f"decoded_as: {name}",))


def _is_utf8(piece: bytes) -> bool:
    try:
        piece.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _proved(body: bytes, declared: str | None) -> tuple[str, int]:
    """The encoding in which the bytes are most surely Vietnamese, and how surely."""
    proved = {}
    for name in (*OLD, "cp1252"):
        text = _read_as(name, body)[:LOOKED_AT]
        # What an encoding lacks is written as numbers.
        proved[name] = vietnamese(unescape(text) if "&#" in text else text)
    best = max(proved, key=lambda name: (proved[name], name == declared))
    return best, proved[best]


def _read_as(name: str, body: bytes) -> str:
    table = TABLES.get(name)
    return table(body.decode("latin-1")) if table else _decoded(body, name)


def _decoded(body: bytes, name: str) -> str:
    try:
        return body.decode(name, "replace")
    except (LookupError, ValueError, UnicodeError):
        return body.decode("latin-1")


def is_garbled(text: str) -> bool:
    """Whether what stands between the tags is no text in any language."""
    bare = MARKUP.sub(" ", text[:LOOKED_AT])
    letters = sum(map(str.isalpha, bare))
    lost, signs = bare.count("\ufffd"), len(SIGNS.findall(bare))
    if lost > LOST * (letters + lost):
        return True
    latin = sum(1 for letter in bare if "\xc0" <= letter <= "\xff")
    return signs + latin > GARBLED * (letters + signs)


def _once_more(text: str) -> tuple[str, tuple[str, ...]]:
    """UTF-8 that was read as latin-1 and written as UTF-8, put right while it still can be.

    Half of its bytes are control characters, which no reader sees and `clean` takes out.
    """
    if not UNSEEN.search(text):
        return text, ()
    mended = TWICE.sub(lambda found: found[0].encode("latin-1").decode("utf-8", "replace"), text)
    return (text, ()) if "\ufffd" in mended else (mended, ("mojibake_mended",))


def _declared(body: bytes, content_type: str | None) -> str | None:
    in_header = HEADER.search(content_type or "")
    in_page = DECLARED.search(body[:HEAD])
    for name in (in_header and in_header[1], in_page and in_page[1].decode("ascii", "replace")):
        if name and name.lower() in TABLES:
            return name.lower()
        if name:
            try:
                found = codecs.lookup(name).name
            except LookupError:
                continue
            if PAGES.match(found) and not found.startswith("utf-"):
                return "cp1252" if found in ("iso8859-1", "ascii") else found
    return None

"""Bytes to text, once: UTF-8, what is declared, or the encodings Vietnam wrote in before Unicode.

The tables: crawler.extract.old_tables, and Microsoft's cp1258.
"""

from __future__ import annotations

import codecs
import re
import sys
import unicodedata
from dataclasses import dataclass, field
from html import unescape
from itertools import islice

from crawler.extract.old_tables import from_tcvn3, from_viscii, from_vni
from crawler.text.characters import (
    ODD,
    ODD_OF_FIRST_PLANE,
    char_class,
    instead,
    nfc,
    visible_beyond,
)
from crawler.text.syllables import is_syllable

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

# Eth and African D are what bad fonts and keyboards put for Đ.
LIKE_D = {0xD0: "Đ", 0x189: "Đ", 0xF0: "đ", 0x256: "đ"}
# In one pass over the page, which is what costs.
FINDS_ODD = re.compile(char_class(ODD_OF_FIRST_PLANE | LIKE_D.keys()))
# Any character written as a number, and those by name that become another.
REFERENCE = re.compile(
    r"&(?:#(?:0{0,6}([0-9]{1,7})|[xX]0{0,6}([0-9a-fA-F]{1,6}));?|(?:shy|zwn?j|[lr]rm|ETH|eth);)"
)
# Two halves of one character, as some editors write what is beyond the first plane.
HALVES = re.compile(
    r"&#(?:[xX](?P<a>[dD][89abAB][0-9a-fA-F]{2})|(?P<b>5[56]\d{3}));"
    r"&#(?:[xX](?P<c>[dD][c-fC-F][0-9a-fA-F]{2})|(?P<d>5[67]\d{3}));"
)
WINDOWS = range(128, 160)  # numbers that browsers read by windows-1252
# Without any of these a text of the scripts that portals print is composed already.
COMBINING = re.compile("[\u0300-\u036f][\u0300-\u036f]*")
MANY_MARKS = 1_000  # of a page that is written in letters taken apart

# Signs inside words, and letters that stand for none of them: what a wrong table leaves behind.
SIGNS = re.compile(r"[¡-¿×÷]|[\x80-\x9f]|[\u02c6\u0192\u2018-\u2022\u20ac\u2122](?=[^\W\d_])")
FOREIGN = re.compile(
    r"[¡-¿×÷ØøåÅäÄëËïÏöÖüÜñÑæÆîÎûÛçÇÿßþÞðÐ]|[\u02c6\u0152\u0153\u0160\u0161\u017d\u017e\u0192\u20ac]"
)
WORD = re.compile(r"[^\W\d_]+")
MARKUP = re.compile(r"<(?:script|style)\b.*?</|<[^>]*>|&#?\w+;", re.DOTALL | re.IGNORECASE)
LOOKED_AT = 200_000  # characters by which a table is chosen
TABLES = {"tcvn3": from_tcvn3, "vni": from_vni, "viscii": from_viscii}
OLD = ("cp1258", *TABLES)  # what nobody writes any more
PIECES = re.compile(rb"(<[^<>]{0,2000}>|\n)")
LEAST_PASTED = 3  # of `vietnamese`: less may be an accident
FEW, MOSTLY = 3, 0.6  # syllables, and their share of the words with accents, that prove Vietnamese
GARBLED = 0.35  # of the letters: signs and letters with accents, more than any Latin script has
LOST = 0.05  # of the letters: places that are broken
MOJIBAKE = re.compile(
    r"Ã[\u0080-\u00bf¡-¿]|á[º»][\u0080-\u00bf¡-¿€-™]|Ä[\u0080-\u00bf‘’“”]|Æ[°¡]|â€[™œ“”]|áº|á»"
)


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


def vietnamese(text: str) -> int:
    """How much proves a text to be Vietnamese: its accented words that are syllables, if most are."""
    words = [w for w in WORD.findall(nfc(text[:LOOKED_AT]).casefold()) if not w.isascii()]
    sound = sum(map(is_syllable, words))
    if sound < min(FEW, len(words)) or sound < MOSTLY * len(words):
        return 0
    return max(0, 2 * sound - len(words) - len(SIGNS.findall(text[:LOOKED_AT])))


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


def clean(text: str) -> str:
    """Composed, and without what no reader sees."""
    if "&" in text:
        text = REFERENCE.sub(_plain, HALVES.sub(_joined, text))
    # Odd characters are looked up one by one; of these there are many.
    text = visible_beyond(text.replace("\xa0", " "))
    return _composed(FINDS_ODD.sub(_instead, text))


def _instead(found: re.Match[str]) -> str:
    return LIKE_D.get(ord(found[0])) or instead(found)


def _joined(halves: re.Match[str]) -> str:
    high = int(halves["a"], 16) if halves["a"] else int(halves["b"])
    low = int(halves["c"], 16) if halves["c"] else int(halves["d"])
    if not (0xD800 <= high < 0xDC00 <= low < 0xE000):
        return halves[0]
    return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))


def _plain(reference: re.Match[str]) -> str:
    """A character written as a number, when it is one that is taken out or put together."""
    decimal, hexadecimal = reference.groups()
    if decimal is None and hexadecimal is None:
        return unescape(reference[0])
    code = int(decimal) if decimal else int(hexadecimal, 16)
    if code in WINDOWS:
        return unescape(f"&#{code};")
    if code in ODD:
        return ODD[code]
    if code in LIKE_D or (code <= sys.maxunicode and unicodedata.combining(chr(code))):
        return chr(code)
    return reference[0]


def _composed(text: str) -> str:
    """NFC. On most pages only a few letters are taken apart, and composing them is all it takes."""
    written = text.encode("utf-8", "surrogatepass")
    if b"\xcc" in written or b"\xcd" in written:  # with which every such mark begins
        marks = list(islice(COMBINING.finditer(text), MANY_MARKS))
    else:
        marks = []
    if len(marks) == MANY_MARKS:
        return nfc(text)
    text = text.replace("\u212a", "K").replace("\u212b", "Å")
    pieces, at = [], 0
    for mark in marks:
        start = max(at, mark.start() - 1)
        pieces += [text[at:start], nfc(text[start : mark.end()])]
        at = mark.end()
    return "".join([*pieces, text[at:]]) if marks else text


EXPONENTS = re.compile(
    r"(?<=[\d)])[¹²³⁰⁴-⁹⁺⁻]+"
)  # in TCVN3 these are letters, never behind a digit


def mend(text: str) -> tuple[str, str | None]:
    """Text that was decoded wrongly before it reached the page, put right; and a note of how."""
    if MOJIBAKE.search(text):
        import ftfy  # for few pages, and dear to load

        mended = clean(ftfy.fix_encoding(text))
        if mended != text and vietnamese(mended) > vietnamese(text):
            return mended, "mojibake_mended"
    if len(FOREIGN.findall(EXPONENTS.sub("", text))) * 20 > len(text):
        for name, table in (("tcvn3", from_tcvn3), ("vni", from_vni)):
            converted = clean(table(text))
            if vietnamese(converted) > max(vietnamese(text), len(text) // 60, 1):
                return converted, f"decoded_as: {name}"
    return text, None


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

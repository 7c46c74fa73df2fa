"""Vietnamese as fonts wrote it before Unicode: by the font's name, or by what its words prove."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from crawler.text.characters import nfc
from crawler.text.old_tables import from_tcvn3, from_vni
from crawler.text.syllables import is_syllable

# Signs inside words: what a wrong table leaves behind.
SIGNS = re.compile(r"[¡-¿×÷]|[\x80-\x9f]|[\u02c6\u0192\u2018-\u2022\u20ac\u2122](?=[^\W\d_])")
WORD = re.compile(r"[^\W\d_]+")
LOOKED_AT = 200_000  # characters by which a table is chosen
FEW, MOSTLY = 3, 0.6  # syllables, and their share of the words with accents, that prove Vietnamese


def vietnamese(text: str) -> int:
    """How much proves a text to be Vietnamese: its accented words that are syllables, if most are."""
    words = [w for w in WORD.findall(nfc(text[:LOOKED_AT]).casefold()) if not w.isascii()]
    sound = sum(map(is_syllable, words))
    if sound < min(FEW, len(words)) or sound < MOSTLY * len(words):
        return 0
    return max(0, 2 * sound - len(words) - len(SIGNS.findall(text[:LOOKED_AT])))


TCVN3_FONT = re.compile(r"^(?:[A-Z]{6}\+)?\.?Vn[A-Z]", re.ASCII)  # `.VnTimeH`, `ABCDEF+.VnArial`
VNI_FONT = re.compile(r"^(?:[A-Z]{6}\+)?VNI[-\s]", re.ASCII | re.IGNORECASE)
CAPITALS = re.compile(r"H(?:[-,\s].*)?$")  # the fonts that draw small letters as capitals
# Letters of Vietnam alone: what has them is no old encoding.
OWN = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]"
)
SUSPECT = re.compile("[\x80-\xff\u0192\u02c6\u02dc\u03bc\u2018-\u203a\u20ac\u2122\u2212]")
# Of the sign that stands for ư a program makes a hyphen, of others their likes.
ALIKE = str.maketrans({"\u03bc": "µ", "\u2212": "\xad", "\u02d7": "\xad"})
LEAST_PROVED = 4  # suspicious lines to one that proves an old encoding, at the most
HYPHENED = re.compile(r"[^\W\d_]*-[^\W\d_]*")
VOWEL = re.compile("[aeiouyăâêôơư]")


def is_legacy_font(name: str) -> bool:
    """Whether a font of that name draws Vietnamese letters in the places of other signs."""
    return bool(TCVN3_FONT.match(name) or VNI_FONT.match(name))


def from_font(text: str, font: str) -> str:
    """What a reader saw where a font of an old encoding drew a text."""
    if VNI_FONT.match(font):
        return nfc(from_vni(text))
    if not TCVN3_FONT.match(font):
        return text
    read = _from_tcvn3_signs(text)
    return read.upper() if CAPITALS.search(font) else read


def _from_tcvn3_signs(text: str) -> str:
    """TCVN3 out of a document, in which a program may have put likes for some signs."""
    return HYPHENED.sub(_hyphen_as_letter, from_tcvn3(text.translate(ALIKE)))


def _hyphen_as_letter(found: re.Match[str]) -> str:
    """`tr-êng`: the sign that stands for ư is a hyphen to most programs."""
    joined = found[0].replace("-", "ư")
    return joined if len(joined) > 1 and is_syllable(joined.casefold()) else found[0]


def table_of(texts: Iterable[str]) -> str | None:
    """The old encoding that most of a document's suspicious lines prove: `tcvn3`, `vni` or None."""
    suspects = [text for text in texts if SUSPECT.search(text) and not OWN.search(text)]
    proved = Counter(filter(None, map(_proved, suspects)))
    if not proved:
        return None
    name, lines = proved.most_common(1)[0]
    return name if lines * LEAST_PROVED >= len(suspects) else None


def _proved(text: str) -> str | None:
    found = mended(text)
    if found == text:
        return None
    return "tcvn3" if found == mended(text, "tcvn3") else "vni"


def mended(text: str, table: str | None = None, *, throughout: bool = False) -> str:
    """A text whose fonts nobody knows: each stretch in an old encoding read by the table it proves.

    Words with letters of Vietnam's own are Unicode already; between them a stretch is read by the
    table that makes syllables of its words, and left alone when none does. `table` is the one that
    the rest of the document proves: of two readings as good as each other its own is taken, where
    the text is doubtful as it stands, or the whole document is written so (`throughout`).
    """
    if not SUSPECT.search(text):
        return text
    pieces: list[str] = []
    stretch: list[str] = []
    for piece in re.split(r"(\s+)", text):
        if OWN.search(piece):
            pieces += [_mended_stretch("".join(stretch), table, throughout), piece]
            stretch = []
        else:
            stretch.append(piece)
    return "".join([*pieces, _mended_stretch("".join(stretch), table, throughout)])


def _mended_stretch(text: str, table: str | None, throughout: bool) -> str:
    if not SUSPECT.search(text):
        return text
    before = _sound(text)
    best, most = text, before + 1
    doubtful = throughout or bool(SIGNS.search(text)) or before < len(_accented(text))
    for name, read in (("tcvn3", _from_tcvn3_signs(text)), ("vni", nfc(from_vni(text)))):
        sound = _sound(read) + 2 * (doubtful and name == table)
        if read != text and sound > most:
            best, most = read, sound
    return best


def _sound(text: str) -> int:
    """Accented syllables, less the words that are none and the signs that stand in words."""
    words = _accented(text)
    sound = sum(map(is_syllable, words))
    return sound - 2 * (len(words) - sound) - 2 * len(SIGNS.findall(text))


def _accented(text: str) -> list[str]:
    return [
        word
        for word in WORD.findall(nfc(text).casefold())
        if not word.isascii() and VOWEL.search(unicodedata.normalize("NFD", word))
    ]

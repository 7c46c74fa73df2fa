"""Vietnamese as fonts wrote it before Unicode: each letter in the place of another sign.

Sources: TCVN 5712:1993 (VN3, the fonts named `.Vn…`), the VNI Windows table.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from crawler.text.characters import nfc
from crawler.text.syllables import is_syllable

TCVN3 = dict(
    zip(
        "\xa1\xa2\xa3\xa4\xa5\xa6\xa7\xa8\xa9\xaa\xab\xac\xad\xae\xb5\xb6\xb7\xb8\xb9\xbb\xbc\xbd\xbe"
        "\xc6\xc7\xc8\xc9\xca\xcb\xcc\xce\xcf\xd0\xd1\xd2\xd3\xd4\xd5\xd6\xd7\xd8\xdc\xdd\xde\xdf\xe1"
        "\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xeb\xec\xed\xee\xef\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9"
        "\xfa\xfb\xfc\xfd\xfe",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
_BY_CODE = {ord(sign): letter for sign, letter in TCVN3.items()}
_TONES = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_ROOFS = {
    "â": "\u0302",
    "à": "\u0302\u0300",
    "á": "\u0302\u0301",
    "å": "\u0302\u0309",
    "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
}
_BREVES = {
    "ê": "\u0306",
    "è": "\u0306\u0300",
    "é": "\u0306\u0301",
    "ú": "\u0306\u0309",
    "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}


def _vni() -> dict[str, str]:
    table = {"ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ô": "ơ", "ö": "ư"}
    for base, marks in {
        "a": _TONES | _ROOFS | _BREVES, "e": _TONES | _ROOFS, "o": _TONES | _ROOFS,
        "u": _TONES, "y": _TONES, "ô": _TONES, "ö": _TONES,
    }.items():  # fmt: skip
        letter = {"ô": "ơ", "ö": "ư"}.get(base, base)
        for mark, accents in marks.items():
            table[base + mark] = unicodedata.normalize("NFC", letter + accents)
    upper = {key.upper(): value.upper() for key, value in table.items()}
    mixed = {
        key[0].upper() + key[1:]: value.upper() for key, value in table.items() if len(key) == 2
    }
    return upper | mixed | table


VNI = _vni()
_VNI_PAIR = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
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


def from_tcvn3(text: str) -> str:
    """One character for one; the table's capitals with tones are small letters in a capital font."""
    return text.translate(_BY_CODE)


def from_vni(text: str) -> str:
    """A vowel and the sign behind it make one letter."""
    return _VNI_PAIR.sub(lambda found: VNI[found[0]], text)


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

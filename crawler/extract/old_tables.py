"""The one-byte encodings Vietnam wrote in before Unicode: a table for each, and what it makes of bytes.

Sources: TCVN 5712:1993 (VN3, the fonts named `.Vn…`), the VNI Windows table, RFC 1456 (VISCII).
"""

from __future__ import annotations

import re
import unicodedata

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
# Six capitals lie among the controls.
VISCII = dict(
    zip(
        map(chr, (0x02, 0x05, 0x06, 0x14, 0x19, 0x1E, *range(0x80, 0x100))),
        "ẲẴẪỶỸỴẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
        "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ",
        strict=True,
    )
)


def from_tcvn3(text: str) -> str:
    """One character for one; the table's capitals with tones are small letters in a capital font."""
    return text.translate({ord(sign): letter for sign, letter in TCVN3.items()})


def from_vni(text: str) -> str:
    """A vowel and the sign behind it make one letter."""
    return _VNI_PAIR.sub(lambda found: VNI[found[0]], text)


def from_viscii(text: str) -> str:
    return text.translate({ord(sign): letter for sign, letter in VISCII.items()})

"""Bytes to text, once: UTF-8, what is declared, or the encodings Vietnam wrote in before Unicode.

Sources: TCVN 5712:1993 (VN3, the fonts named `.Vn…`), the VNI Windows table, Microsoft's cp1258.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass, field
from html import unescape
from itertools import islice

DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})",
    re.IGNORECASE,
)
HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
# What pages are written in. Python knows more codecs: some undo escapes, one takes quadratic time.
PAGES = re.compile(r"utf-(?:8|16|32)|cp\d|iso8859|ascii|koi8|big5|gb|euc|shift|mac|tis|latin|johab")
FEW_LOSSES = 10  # Vietnamese letters for each place that is broken
HEAD = 4096  # bytes in which a page declares its encoding

_LATER = dict.fromkeys(
    map(
        ord,
        "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    )
)
_LATER |= {n: None for n in range(32) if n not in (9, 10, 13)} | dict.fromkeys(range(127, 160))
_LATER |= dict.fromkeys(range(55296, 57344), "�")
# Eth and African D are what bad fonts and keyboards put for Đ.
_LATER |= {0xA0: " ", 0x2028: "\n", 0x2029: "\n", 0xD0: "Đ", 0x189: "Đ", 0xF0: "đ", 0x256: "đ"}
# The same characters written as entities: editors leave `&#8203;` at the head of paragraphs.
ENTITY = re.compile(
    r"&(?:#0{0,4}(?:173|208|240|393|598|820[3-7]|823[2-8]|8288|829[4-7]|65279|7[6-9]\d|8[0-7]\d)"
    r"|#[xX]0{0,4}(?:[aA][dD]|[dDfF]0|189|256|200[bB-fF]|202[89a-eA-E]|206[06-9]|[fF][eE][fF]{2}|3[0-6][\da-fA-F])"
    r"|shy|zwn?j|[lr]rm|ETH|eth);"
)
ODD = re.compile("[" + "".join(re.escape(chr(code)) for code in _LATER) + "]")
# Without any of these a text of the scripts that portals print is composed already.
COMBINING = re.compile("[\u0300-\u036f][\u0300-\u036f]*")
MANY_MARKS = 1_000  # of a page that is written in letters taken apart

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
VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
# Letters of other languages and signs inside words: what a wrong table makes of Vietnamese.
FOREIGN = re.compile(
    r"[¡-¿×÷ØøåÅäÄëËïÏöÖüÜñÑæÆîÎûÛçÇÿßþÞðÐ]|[\u02c6\u0152\u0153\u0160\u0161\u017d\u017e\u0192\u20ac]"
)
WORD = re.compile(r"[^\W\d_]+")
COMMON = frozenset(
    [
        "và",
        "của",
        "các",
        "được",
        "là",
        "có",
        "cho",
        "những",
        "với",
        "không",
        "này",
        "một",
        "trong",
        "khi",
        "đã",
        "để",
        "đến",
        "từ",
        "về",
        "tại",
        "trên",
        "cùng",
        "sở",
        "học",
        "nghệ",
        "công",
        "việc",
        "tỉnh",
        "phát",
        "triển",
        "đề",
        "hội",
        "nghị",
        "thực",
        "hiện",
        "năm",
        "ngày",
        "tháng",
        "quản",
        "lý",
        "ủy",
        "bộ",
        "đồng",
        "chí",
        "giám",
        "đốc",
        "thông",
        "tin",
        "tổ",
        "chức",
        "kết",
        "quả",
        "nghiên",
        "cứu",
        "ứng",
        "dụng",
        "đơn",
        "vị",
        "cơ",
        "sở",
        "hoạt",
        "động",
        "chương",
        "trình",
        "nhiệm",
        "vụ",
        "sản",
        "xuất",
        "doanh",
        "nghiệp",
        "phòng",
        "số",
        "thành",
        "phố",
        "việt",
        "nam",
        "người",
        "đảng",
        "bằng",
        "cấp",
        "chủ",
        "tịch",
        "văn",
        "bản",
        "kế",
        "hoạch",
        "đổi",
        "mới",
        "sáng",
        "tạo",
        "chất",
        "lượng",
    ]
)
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


def decode(body: bytes, content_type: str | None) -> Decoded:
    """The page as composed text without control or zero-width characters."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if body.startswith(mark):
            return Decoded(clean(body.decode(name, "replace")), name)
    try:
        text = body.decode("utf-8")
        notes: tuple[str, ...] = ()
        if CONTROLS.search(body):
            text, notes = _once_more(text)
        return Decoded(clean(text), "utf-8", notes)
    except UnicodeDecodeError:
        pass
    declared = _declared(body, content_type)
    lossy = body.decode("utf-8", "replace")
    if lossy.count("\ufffd") * FEW_LOSSES < len(VIETNAMESE.findall(lossy)):
        # UTF-8 with a few broken places: cut pages, a foreign fragment pasted in. Letters of two and
        # three bytes do not come out of other encodings.
        return Decoded(clean(lossy), "utf-8", ("decoded_with_losses",))
    candidates: dict[str, str] = {}
    for name in dict.fromkeys((declared or "latin-1", "cp1258", "cp1252")):
        try:
            candidates[name] = body.decode(name, "replace")
        except (LookupError, ValueError, UnicodeError):
            continue
    plain = body.decode("latin-1")
    candidates |= {"tcvn3": from_tcvn3(plain), "vni": from_vni(plain)}
    best = max(candidates, key=lambda name: (score(candidates[name]), name == declared))
    notes = () if best == declared else (f"decoded_as: {best}",)
    return Decoded(clean(candidates[best]), best, notes)


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
    if ENTITY.search(text):
        text = ENTITY.sub(lambda found: unescape(found[0]), text)
    # `translate` looks every character up; few pages hold more than a handful of odd ones.
    plain = ODD.sub(lambda found: _LATER[ord(found[0])] or "", text.replace("\xa0", " "))
    return _composed(plain)


def _composed(text: str) -> str:
    """NFC. On most pages only a few letters are taken apart, and composing them is all it takes."""
    written = text.encode("utf-8", "surrogatepass")
    if b"\xcc" in written or b"\xcd" in written:  # with which every such mark begins
        marks = list(islice(COMBINING.finditer(text), MANY_MARKS))
    else:
        marks = []
    if len(marks) == MANY_MARKS:
        return unicodedata.normalize("NFC", text)
    text = text.replace("\u212a", "K").replace("\u212b", "Å")
    pieces, at = [], 0
    for mark in marks:
        start = max(at, mark.start() - 1)
        pieces += [text[at:start], unicodedata.normalize("NFC", text[start : mark.end()])]
        at = mark.end()
    return "".join([*pieces, text[at:]]) if marks else text


def mend(text: str) -> tuple[str, str | None]:
    """Text that was decoded wrongly before it reached the page, put right; and a note of how."""
    if MOJIBAKE.search(text):
        import ftfy  # for few pages, and dear to load

        mended = clean(ftfy.fix_encoding(text))
        if mended != text and score(mended) > score(text):
            return mended, "mojibake_mended"
    if len(FOREIGN.findall(text)) * 20 > len(text):
        for name, table in (("tcvn3", from_tcvn3), ("vni", from_vni)):
            converted = clean(table(text))
            if score(converted) > max(score(text), 0) + len(text) // 30:
                return converted, f"decoded_as: {name}"
    return text, None


def score(text: str) -> int:
    """How Vietnamese a text looks: its commonest words, less what wrong tables leave behind."""
    composed = unicodedata.normalize("NFC", text[:200_000])
    words = sum(1 for word in WORD.findall(composed.casefold()) if word in COMMON)
    return 4 * words - len(FOREIGN.findall(composed)) - 5 * composed.count("\ufffd")


def from_tcvn3(text: str) -> str:
    """One character for one; the table's capitals with tones are small letters in a capital font."""
    return text.translate({ord(sign): letter for sign, letter in TCVN3.items()})


def from_vni(text: str) -> str:
    """A vowel and the sign behind it make one letter."""
    return _VNI_PAIR.sub(lambda found: VNI[found[0]], text)


def _declared(body: bytes, content_type: str | None) -> str | None:
    in_header = HEADER.search(content_type or "")
    in_page = DECLARED.search(body[:HEAD])
    for name in (in_header and in_header[1], in_page and in_page[1].decode("ascii", "replace")):
        if name:
            try:
                found = codecs.lookup(name).name
            except LookupError:
                continue
            if PAGES.match(found) and not found.startswith("utf-8"):
                return "cp1252" if found in ("iso8859-1", "ascii") else found
    return None

"""What a reader of scans confuses, undone where the form of a document leaves one reading.

Only values are mended, and only of recognised lines; what is printed there stays in `raws` as it was read.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from itertools import pairwise

from crawler.documents.facts.cells import plain
from crawler.documents.facts.kinds import KINDS
from crawler.documents.facts.phrases import PHRASES
from crawler.parsing import is_number
from crawler.text.family_names import FAMILIES
from crawler.text.spelling import canonical

# Letters that stand for digits where only digits can stand.
AS_DIGITS = str.maketrans("lIiíìÍÌ|!]ŁLOoQØDøSsBZz§", "1111111111" + "11" + "000000" + "5" * 2 + "8" + "22" + "8")  # fmt: skip
LIKE_DIGITS = r"0-9lIiíìÍÌ|!\]ŁLOoQØDøSsBZz§"
# The marks of offices that stand behind the kind in a symbol (Nghị định 30/2020/NĐ-CP, appendix I and VI).
MARKS = (
    "UBND", "HĐND", "SKHCN", "SKH&CN", "SKHCNMT", "BKHCN", "BKH&CN", "STTTT", "TTƯD", "TTƯDTBKH", "TĐC", "CCTĐC", "TCĐLCL", "VPUB", "VP", "BCĐ",
    "HĐKH", "HĐTV", "TTr", "QLKH", "QLCN", "QLCNg", "TTKT", "TTTT", "KHTC", "KHCN", "SNV", "STC", "SNN", "SYT", "SXD", "CP", "TTg", "TU", "CTUBND",
    "ĐKT", "LHH", "SHTT", "ĐMST", "CĐS",
)  # fmt: skip
SPACED_HYPHEN = re.compile(r"(?<=\d)\s?-\s(?=[A-ZĐ]{2,}/)|(?<=\d)\s-\s?(?=[A-ZĐ]{2,}/)")
SPECK = re.compile(r"(?<=\s)[-_|•·`'„,] (?=[a-zà-ỹ])")
QUARTER = re.compile(r"\b([Qq]uý |QUÝ )([IÍÌHTV1l|!]{1,5})(?=\s|$)")
LOST_R = {("TT", "TTr"), ("CT", "CTr")}  # thông tư, tờ trình; chỉ thị, chương trình
AGAINST = "đối với"
PERIOD = re.compile(r"(?<=[^\W\d_])\. (?=[“(]|[^\W\d_])|(?<=[nN][ăĂ][mM])\. (?=(?:19|20)\d\d)")
EDGE = re.compile(r"^[^\w“\"(\[]+|[^\w”\")\].%]+$")
ABBREVIATED = re.compile(r"(?:^|\s)(?:tp|tx|tt|ths|ts|gs|pgs|ks|ông|bà|v\.v)\.$", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+")


def _bare(text: str) -> str:
    """Letters alone: without accents, doubled letters once."""
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[^a-z0-9]", "", plain(text)))


def _unique(names: tuple[str, ...]) -> dict[str, str]:
    """Names by their bare letters, where no two have the same."""
    found: dict[str, set[str]] = {}
    for name in names:
        found.setdefault(_bare(name), set()).add(name)
    return {bare: next(iter(same)) for bare, same in found.items() if len(same) == 1}


_MARKS = _unique(MARKS)
_SHORTS = _unique(tuple(short for short in KINDS.values() if short))
_FAMILIES = _unique(tuple(FAMILIES))
_PHRASES: dict[str, set[str]] = {}
for phrase in (*PHRASES, AGAINST):
    _PHRASES.setdefault(plain(phrase), set()).add(phrase)
del phrase


def digits(text: str) -> str:
    """`I1` → `11`, where nothing but digits can stand."""
    return re.sub(r"\s", "", text).translate(AS_DIGITS)


def symbol(seen: str, kind: str | None) -> str:
    """`QĐĐ-HĐND` → `QĐ-HĐND`: kinds and offices have their marks; the title tells which kind it is."""
    first, *rest = seen.split("-")
    short = KINDS.get(kind or "", "")
    if (
        short
        and short != first
        and (first not in KINDS.values() or (first, short) in LOST_R)
        and _is_near(first, short)
    ):
        first = short
    elif first not in KINDS.values() and first not in MARKS:
        first = _SHORTS.get(_bare(first)) or _MARKS.get(_bare(first)) or first
    return "-".join(
        [first, *(part if part in MARKS else _MARKS.get(_bare(part), part) for part in rest)]
    )


def _is_near(seen: str, true: str) -> bool:
    """Whether what was seen is the same mark with a letter lost, doubled or without its accent."""
    one, other = _bare(seen), _bare(true)
    return (
        one == other
        or (seen, true) in LOST_R
        or (len(other) > 1 and bool(get_close_matches(one, [other], 1, 0.79)))
    )


def name(seen: str) -> str:
    """A person's name: a family's name whose accent was lost is put back where there is one such name."""
    parts = seen.split()
    known = [at for at, part in enumerate(parts) if part.casefold() in FAMILIES]
    if known and known[0] and len(parts) - known[0] > 1 and len(parts[0]) < 3:
        parts = parts[known[0] :]  # a stroke of the pen before it
    elif (
        parts and parts[0].casefold() not in FAMILIES and (family := _FAMILIES.get(_bare(parts[0])))
    ):
        parts[0] = family.capitalize()
    return " ".join(parts)


def is_family(seen: str) -> bool:
    """Whether it is a family's name, or one whose accents were lost."""
    return seen.casefold() in FAMILIES or _bare(seen) in _FAMILIES


def subject(seen: str) -> str:
    """Specks between words taken out, and the accents of words that go together put right."""
    text = SPECK.sub("", _unspecked(seen))
    text = SPACED_HYPHEN.sub("-", EDGE.sub("", text))
    text = QUARTER.sub(_quarter, text)
    return _accented(" ".join(text.split()))


def _quarter(found: re.Match[str]) -> str:
    """`quý IH` → `quý III`: there are four."""
    number = re.sub(r"[ÍÌ1l|!]", "I", found[2]).replace("H", "II").lstrip("T")
    return found[1] + (number if number in ("I", "II", "III", "IV") else found[2])


def _unspecked(text: str) -> str:
    """Periods within a sentence are specks, but for those of abbreviations."""

    def kept(found: re.Match[str]) -> str:
        follows = text[found.end()]
        goes_on = follows in "“(" or is_number(follows) or follows.islower() or text.isupper()
        return " " if goes_on and not ABBREVIATED.search(text[: found.start() + 1]) else found[0]

    return PERIOD.sub(kept, text)


def _accented(text: str) -> str:
    """`chỉ tiết` → `chi tiết`: of two words in a row that are none, where their letters leave one pair."""
    words = list(WORD.finditer(text))
    letters = list(text)
    for one, other in pairwise(words):
        if text[one.end() : other.start()] != " ":
            continue
        pair = text[one.start() : other.end()]
        known = _PHRASES.get(plain(pair), set())
        before = text[: one.start()].rsplit(maxsplit=1)[-1:]
        if known == {AGAINST} and before and plain(before[0]) in ("trao", "thay", "di"):
            continue  # trao đổi với, đi đôi với
        if len(known) != 1 or len(plain(pair)) != len(pair):
            continue
        right = next(iter(known))
        is_name = other[0][0].isupper() and not one[0].isupper()
        if is_name or [*map(canonical, right.split())] == [*map(canonical, pair.lower().split())]:
            continue
        letters[one.start() : other.end()] = [
            true.upper() if was.isupper() else true for was, true in zip(pair, right, strict=True)
        ]
    return "".join(letters)

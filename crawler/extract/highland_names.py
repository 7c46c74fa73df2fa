"""Names of the peoples of the Central Highlands, the Trường Sơn and the Chăm coast.

They do not follow the spelling of Vietnamese: `H'Hen Niê`, `Y Bhiông Byă`, `Rơ Châm H'Phik`. So they
are told by what opens them: a particle of the sex, or the name of a clan. Source: the names of the
Ê Đê, Gia Rai, Ba Na, Xơ Đăng, Cơ Ho, Mạ, M'Nông, Cơ Tu, Tà Ôi, Bru, Ra Glai, Chu Ru and Xtiêng as
the press of their provinces prints them.
"""

from __future__ import annotations

import re
from unicodedata import combining, normalize

MARKS = "'’‘ʼ`´′"
# Alone before a name: a man's (`Y`, `A`, `K'`), a woman's (`H'`, `Ka`).
PARTICLES = frozenset(("Y", "A", "H", "K", "Ka", "Kơ", "Lơ"))
_CLANS_TEXT = (
    "niê êban ayŭn ayun byă mlô kbuôr knul kpă kpơr ksor ksơr krông hđơk hmok hwing êñuôl ênuôl jdrêng "
    "adrơng ktul kdoh kriêng bdap bkrông alêô hlong mjâo ktla mdrang arul rơ ro rcom rmah rahlan "
    "rơchâm rơlan rơmah rơcom rlan nay siu kpuih puih ktơr pơloong bríu zơrâm alăng ating bhling bhnướch arất "
    "tơngôl blúp hốih clâu riah cil liêng păng krajăn touprong chamaléa chamalé katơr pinăng pi pupur "
    "kadă điểu zuram jrang kră brao ngưr bonniêng"
)
CLANS = frozenset(_CLANS_TEXT.split())
WORD = re.compile(rf"(?:[HKBMRJ][{MARKS}])?[^\W\d_]{{1,9}}(?:[-{MARKS}][^\W\d_]{{1,7}})?")
VOWEL = re.compile("[aeiouy]")
APART = re.compile(rf"(?<!\w)([HK][{MARKS}])\s+(?=[^\W\d_])")
MARKED = re.compile(rf"(?<!\w)[HK][{MARKS}](?=[^\W\d_])")


def highland_name(bare: str) -> str | None:
    """The name as printed, its particle joined to it; None when nothing tells that it is one."""
    text = APART.sub(r"\1", bare)
    if text.isupper() and MARKED.search(text):
        text = re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), text)
    tokens = text.split()
    if len(tokens) > 5 or not all(map(_is_word, tokens)):
        return None
    opened = MARKED.search(text) or (
        len(tokens) > 1 and (tokens[0] in PARTICLES or tokens[0].lower() in CLANS)
    )
    return text if opened else None


def _is_word(token: str) -> bool:
    """A capital, then small letters; marks may stand behind an onset."""
    if not token[:1].isupper() or not WORD.fullmatch(token):
        return False
    letters = re.split(f"[-{MARKS}]", token)
    plain = "".join(c for c in normalize("NFD", token.lower()) if not combining(c))
    return (bool(VOWEL.search(plain)) or token in PARTICLES) and all(
        part[1:].islower() or len(part) == 1 for part in letters
    )

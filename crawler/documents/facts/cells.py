"""The lines of a document as the cells of its columns, compared without accents: OCR loses them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.documents.draft import Line
from crawler.text.folding import PLAIN

# What is never a line by itself: its end stands on the next.
BEGUN = re.compile(r"\s*(?:[ỦU][YỶ]|UỶ|CỘNG|HỘI|[Ss]ố\s*:)\s*$")
# What a digital signature prints over a page; the form has none of it.
STAMP = re.compile(
    r"^\W*(?:ky (?:boi|so boi|ngay|ten boi)|nguoi ky|ngay ky|thoi gian(?: ky)?\s*:\s*\d|co quan\s*:|don vi ky|e-?mail\s*:|signature|signed by|digitally signed"
    r"|chu ky so|ly do(?: ky)?\s*:|location\s*:|reason\s*:|date\s*:|dn\s*:|so serial|duoc ky boi|tinh trang chu ky|\d{1,2}[./-]\d{1,2}[./-]\d{4} \d{1,2}:\d\d)"
)
STATE = re.compile(
    r"c.{1,2}ng\s*h[o0].{0,2}\s*x.{1,2}\s*h.{1,2}i\s*ch.{1,2}\s*ngh.{1,2}a(?:\s*v.{1,2}[tl]\s*nam)?"
)
MOTTO = re.compile(r"[dđ].{1,2}c\s*l.{1,2}p\W{0,5}t.{1,2}\s*do\W{0,5}h.{1,2}nh\s*ph.{1,2}c")
PARTY = re.compile(r"^\W*dang cong san viet nam\W*$")
LEFT_FOR_THE_PEN = re.compile(
    r"(?<=[:ố6ôóòỐ.])\s*\t\s*(?=[0-9]{0,5}\s*/\s*[A-ZĐ])"
)  # `Số:` and, far behind, `/QĐ-UBND`
LEFT_IN_A_DATE = re.compile(r"\b([Nn]gày|tháng|năm)[ ….]*\t[ ….]*(?=(?:tháng|năm|[0-9])(?:\b|\s))")
SPECKS = re.compile(r"^(?:[._ˆ^`'’~|¬:;,¿¡⁄\s]|[-–—](?=[-–—_]))+|[ˆ^`'’~|¬_\s]+$")
UPPER_ITEM = re.compile(r"[-–—](?=[^\W\d_])[^a-zà-ỹ]*$")  # a post in capitals is no item of a list
WORDLESS = re.compile(r"[^\w]|_")
SPACED_TITLE = re.compile(
    r"^\W*(?:to trinh|quyet dinh|thong bao|ke hoach|bao cao|bien ban|huong dan|chuong trinh|nghi quyet"
    r"|chi thi|giay moi)\W*$"
)
# What stands in English beside the Vietnamese of it; the facts are those of the latter.
ENGLISH = r"(?:of|and|independence|freedom|department|decision|notice|announcement|resolution|directive|january|february|march|april|june|july|august|september|october|november|december)"
ENGLISH_LINE = re.compile(rf"(?=.*\b{ENGLISH}\b)[\x20-\x7e–—]+", re.IGNORECASE)
ENGLISH_BESIDE = re.compile(
    rf"\s+[/|(]\s*(?=[\x20-\x7e]*\b{ENGLISH}\b)[\x20-\x7e]*$"
    r"|\s?[/(]\s?(?:no|number|date|day|month|year)\b\.?\)?(?=\s*[\d:.…]|\s+(?:tháng|năm)|\s*$)",
    re.IGNORECASE,
)
SPECK = 4  # letters
SPACED = re.compile(r"^(?:\w ){3,}\w$")


@dataclass(frozen=True, slots=True)
class Cell:
    """One column's part of a line."""

    text: str
    plain: str  # the same without accents and in small letters, letter for letter
    row: int
    column: int
    columns: int  # of this line
    page: int
    bold: bool | None
    centred: bool | None
    recognised: bool = False  # letters may be others than those that are there

    @property
    def is_upper(self) -> bool:
        letters = [sign for sign in self.text if sign.isalpha()]
        return bool(letters) and sum(map(str.isupper, letters)) >= 0.85 * len(letters)

    @property
    def is_rule(self) -> bool:
        """A drawn line: dashes, stars, or nothing at all."""
        return not any(sign.isalnum() for sign in self.text)


def plain(text: str) -> str:
    """Small letters without accents, as many as there were."""
    return "".join((PLAIN.get(ord(sign)) or sign.lower())[:1] or " " for sign in text)


def cells_of(lines: list[Line]) -> list[Cell]:
    """All cells in the order of reading, without those that a digital signature printed."""
    found = []
    begun = ""
    for row, line in enumerate(lines):
        text = LEFT_FOR_THE_PEN.sub(" ", f"{begun} {line.text}".strip())
        text = LEFT_IN_A_DATE.sub(r"\1 ", text)
        begun = text if BEGUN.match(text) else ""
        if begun and row + 1 < len(lines):
            continue
        parts = [part.strip() for part in text.split("\t")]
        if line.recognised:
            parts = _without_specks(parts)
            if SPACED_TITLE.match(plain(joined := " ".join(filter(None, parts)))):
                parts = [joined]
        kept = [part for part in parts if part]
        kept = [ENGLISH_BESIDE.sub("", part) for part in kept if not ENGLISH_LINE.fullmatch(part)]
        for column, text in enumerate(kept):
            text = text.replace(" ", "") if SPACED.match(text) and len(kept) == 1 else text
            cell = Cell(
                text, plain(text), row, column, len(kept), line.page, line.bold, line.centred, line.recognised,
            )  # fmt: skip
            if not STAMP.match(cell.plain):
                found.append(cell)
    return found


def _without_specks(parts: list[str]) -> list[str]:
    """What a fold, a ruler's dashes or a pen left beside the words of a recognised line taken out."""
    cleaned = [SPECKS.sub("", part) for part in parts]
    cleaned = [part[1:].lstrip() if UPPER_ITEM.match(part) else part for part in cleaned]
    if not any(len(part) > SPECK for part in cleaned):
        return cleaned
    return [part for part in cleaned if len(WORDLESS.sub("", part)) > 1]


def without(cell: Cell, *patterns: re.Pattern[str]) -> str:
    """A cell's text without what the patterns find in its plain form."""
    text, bare = cell.text, cell.plain
    for pattern in patterns:
        if found := pattern.search(bare):
            text = text[: found.start()] + "\t" + text[found.end() :]
            bare = bare[: found.start()] + "\t" + bare[found.end() :]
    return text

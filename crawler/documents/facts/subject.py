"""The kind of a document and what it is about."""

from __future__ import annotations

import re

from crawler.documents.facts.cells import MOTTO, STATE, Cell, plain
from crawler.documents.facts.head import DATED, NUMBER, OPENS
from crawler.documents.facts.kinds import BY_PLAIN, OPENING

ABOUT = re.compile(r"^\W*(?:v\s*/\s*v\.?|v/y|vv|ve viec)\s*[:.]?\s*")
# The same as OCR may give it.
SEEN_ABOUT = re.compile(
    r"^\W*(?:[vy]\s*[/|1l]\s*[vyw]\.?|[vy]w|[vy][/]?y|(?:[vy]|\\/)[eaếề]\s*viec|\S{0,2}e\s*viec)(?![a-z])\s*[:.]?\s*"
)
ADDRESSED = re.compile(r"^\W*kinh\s*g[uiơ]{1,2}i?\b")
# What opens the text itself.
TEXT = re.compile(
    r"^\W*(?:can cu|kinh g|thuc hien (?!tu|nam)\S+ (?:\S+ ){0,4}(?:so|ngay)\b|thuc hien (?:cong van|ke hoach|quyet dinh|chi thi|nghi quyet|thong bao|luat|nghi dinh)|theo (?:de nghi|quyet|ke hoach|cong van|chi dao)|xet |nham |de (?:trien|thuc|tang|dam|nang)|hom nay|thoi gian|vao luc"
    r"|phan (?:thu|[ivx\d])|chuong [ivx\d]|dieu \d|muc \d|[ivx]{1,4}\s?[.\-/)]\s|\d{1,2}\s?[.)]\s|a[.)] |\(?(?:ban hanh )?kem theo|\(ban hanh|\(trinh|trong |ngay \d|tai |sau khi|quyet dinh\s*:|quyet nghi|so khoa hoc va cong nghe(?: tinh| thanh pho)? \S+ (?:thong|bao|xin)|(?:\S{1,3}\s)?muc dich,? yeu cau|noi nhan|tiep theo|.{0,70}\bkinh moi\b)"
)
# Of these such as stand within a title in capitals too.
WITHIN = re.compile(r"^\W*(?:nham|de|thoi gian|trong|tai|ngay \d|sau khi|thuc hien)\b")
SPEAKER = re.compile(
    r"^\W*(?:chu tich|pho chu tich|giam doc|tong giam doc|bo truong|chi cuc truong|cuc truong|vien truong|hieu truong|truong (?:ban|phong)|chanh (?:van phong|thanh tra)|thu truong|thu tuong|bi thu|chu nhiem|hoi dong|uy ban|ubnd|ban thuong vu|ban chap hanh|hdnd)\b"
)
TRAILING = re.compile(r"[\s\-–—_*.…]+$")
LONGEST = 700
SPECK = 5  # letters that OCR makes of nothing


def opens_text(cell: Cell) -> bool:
    """Whether a line is the first of the text itself; one in small letters goes on with another."""
    begins = next((sign for sign in cell.text if sign.isalnum()), "a")
    if begins.islower() or (cell.is_upper and WITHIN.match(cell.plain)):
        return False
    return TEXT.match(cell.plain) is not None


def find_kind(cells: list[Cell]) -> tuple[int, str, str] | None:
    """Where the line with the kind stands, the kind, and the rest of that line."""
    for at, cell in enumerate(cells):
        found = OPENING.match(cell.plain)
        if found is None:
            continue
        rest = cell.text[found.end() :].strip(" :-–—*._")
        name = cell.text[found.start(1) : found.end(1)]
        if not name.isupper() or (cell.text.rstrip().endswith((":", ";")) and at and not rest):
            continue
        if rest and not (
            rest.isupper()
            or cell.centred
            or cell.bold
            or re.match(r"(?:số|Số|Về việc|V/v|lần)", rest)
        ):
            continue
        return at, BY_PLAIN[re.sub(r"\s", "", found[1])], rest
    return None


def subject_below(cells: list[Cell], at: int, rest: str) -> tuple[Cell, str] | None:
    """What stands below the kind, up to the text, and the cell in which it begins."""
    title = cells[at]
    lines: list[str] = []
    first = title
    if rest and not re.match(r"(?:số|của)\b", rest, re.IGNORECASE):
        lines.append(rest)
    for cell in cells[at + 1 : at + 12]:
        if cell.is_rule or (cell.recognised and not lines and len(cell.text) < 3):
            if lines:
                break
            continue
        if not TEXT.match(cell.plain) and _is_head(cell):
            continue
        opened = about(cell.plain, recognised=cell.recognised) is not None
        if opened and cell.recognised and sum(map(len, lines)) < SPECK:
            lines.clear()
        if not opened and (
            opens_text(cell)
            or (cell.is_upper and SPEAKER.match(cell.plain) and (lines or not rest))
        ):
            break
        if cell.columns > 2 or (lines and not _goes_on(lines[-1], cell, title)):
            break
        if not lines:
            first = cell
        lines.append(cell.text)
        if sum(map(len, lines)) > LONGEST:
            break
    return (first, "\n".join(lines)) if lines else None


def subject_beside(cells: list[Cell]) -> tuple[Cell, str] | None:
    """What a letter is about: `V/v …` below its number, up to whom it is addressed to."""
    for at, cell in enumerate(cells):
        if about(cell.plain, recognised=cell.recognised) is None:
            continue
        lines = [_own(cell)]
        for other in cells[at + 1 : at + 14]:
            if ADDRESSED.match(other.plain) or opens_text(other):
                break
            if other.is_rule or _is_head(other) or (other.is_upper and OPENS.match(other.plain)):
                continue
            if len(other.text) > 75 > len(lines[-1]) + 25:
                break
            lines.append(_own(other))
        return cell, "\n".join(filter(None, lines))
    return None


def _own(cell: Cell) -> str:
    """A cell without the date, where both columns came out as one line."""
    found = DATED.search(cell.plain)
    return (
        cell.text[: found.start()].rstrip(" ,")
        if found and found["place"] and found.start() > 3
        else cell.text
    )


def _is_head(cell: Cell) -> bool:
    dated = DATED.search(cell.plain)
    return bool(
        STATE.search(cell.plain) or MOTTO.search(cell.plain) or cell.plain.strip() == "viet nam"
        or (cell.plain.startswith("so") and NUMBER.match(cell.text)) or (dated and dated.start() < 3 and len(cell.plain) - dated.end() < 6)
    )  # fmt: skip


def _goes_on(before: str, cell: Cell, title: Cell) -> bool:
    """Whether a line is still what the document is about."""
    text = cell.text
    if title.bold and cell.bold is not None:
        return cell.bold
    begins = next((sign for sign in text if sign.isalnum()), "a")
    if before.isupper() and any(map(str.isalpha, text)) and not cell.is_upper and len(before) > 12:
        return False
    capitals = cell.is_upper and before.isupper()
    if before.rstrip().endswith((".", ";", ":")) and not (
        cell.recognised and (capitals or begins.islower() or text.startswith("“"))
    ):
        return False
    if begins.islower() or before.rstrip().endswith((",", "-", "–")):
        return True
    if cell.centred or capitals:
        return True
    told = title.centred and cell.centred is not None  # how lines are set
    return not told and len(text) < 75 and not text.rstrip().endswith((".", ";", ":"))


def about(bare: str, *, recognised: bool) -> re.Match[str] | None:
    """The words `V/v` that what a document is about may begin with."""
    return ABOUT.match(bare) or (SEEN_ABOUT.match(bare) if recognised else None)


def subject_of(printed: str, *, recognised: bool = False) -> str:
    """What a document is about without `V/v` and line ends."""
    text = " ".join(printed.split())
    found = about(plain(text), recognised=recognised)
    return TRAILING.sub("", text[found.end() :] if found else text)

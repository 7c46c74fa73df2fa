"""The facts of a document, each with the string it was read from and the page it stands on."""

from __future__ import annotations

from crawler.documents.draft import Line
from crawler.documents.facts import confusions
from crawler.documents.facts.cells import MOTTO, STATE, Cell, cells_of
from crawler.documents.facts.head import DATED, read_body, read_date_of, read_number_of
from crawler.documents.facts.kinds import kind_of_symbol
from crawler.documents.facts.signature import find_signature
from crawler.documents.facts.subject import (
    ABOUT,
    ADDRESSED,
    find_kind,
    opens_text,
    subject_below,
    subject_beside,
    subject_of,
)
from crawler.documents.model import DocumentFacts

HEAD = 60  # cells in which the head of a document stands
LEAST = 2  # signs of the form that make a document an administrative one


def read_facts(lines: list[Line]) -> DocumentFacts | None:
    """What an administrative document says of itself; None for anything else."""
    cells = cells_of(lines)
    if not cells:
        return None
    top = cells[:HEAD]
    titled = find_kind(top)
    head = top[: _end_of_head(top, titled[0] if titled else len(top))]
    number, dated = read_number_of(head), read_date_of(head)
    if titled is None:
        last = max((cell.row for cell in _of_the_form(head, number, dated)), default=0)
        head = [cell for cell in head if cell.row <= last]
    signs = [
        any(STATE.search(cell.plain) for cell in top), any(MOTTO.search(cell.plain) for cell in top),
        number is not None, dated is not None, titled is not None,
    ]  # fmt: skip
    if sum(signs) < LEAST or not (number or dated):
        return None
    found = _Found()
    if number is not None:
        cell, raw, digits, symbol = number
        if cell.recognised:
            symbol = confusions.symbol(symbol, titled[1] if titled else None)
            number = cell, raw, digits, symbol
        found.put("number", cell, raw, digits)
        found.put("symbol", cell, raw, symbol or None)
    if dated is not None:
        found.put("issued", *dated)
    body = read_body(head, number[0] if number else None, dated[0] if dated else None)
    if body is not None:
        found.put("body", body[0][0], body[1], body[2])
    where = top.index(number[0]) if number else 0
    _kind_and_subject(found, top, titled, number[3] if number else "", where)
    signature = find_signature(cells[len(head) :])
    if signature is not None:
        seen = signature.cell.recognised
        signer = confusions.name(signature.name) if seen else signature.name
        found.put("signer", signature.cell, signature.printed, signer)
        if signature.post:
            found.put("signed_as", signature.cell, signature.post, None)
    return DocumentFacts(**found.values, raws=found.raws, places=found.places)


def _of_the_form(
    cells: list[Cell], number: tuple[Cell, str, str | None, str] | None, dated: tuple[Cell, str, str | None] | None
) -> list[Cell]:  # fmt: skip
    """What only the head of a document has."""
    found = [cell for cell in cells if STATE.search(cell.plain) or MOTTO.search(cell.plain)]
    return found + [fact[0] for fact in (number, dated) if fact is not None]


class _Found:
    def __init__(self) -> None:
        self.values: dict[str, str | None] = dict.fromkeys(
            ("number", "symbol", "kind", "body", "issued", "signer", "subject")
        )
        self.raws: dict[str, str] = {}
        self.places: dict[str, int] = {}

    def put(self, name: str, cell: Cell, raw: str, value: str | None) -> None:
        if name in self.values:
            self.values[name] = value
        self.raws[name], self.places[name] = raw, cell.page


def _end_of_head(cells: list[Cell], title: int) -> int:
    """Where the head ends: at the kind, at whom it is addressed to, or where the text begins."""
    for at, cell in enumerate(cells[:title]):
        if ADDRESSED.match(cell.plain) or (
            at > 2
            and opens_text(cell)
            and not cell.plain.startswith("so")
            and not DATED.fullmatch(cell.plain.rstrip(" ."))
        ):
            return at
    return title


def _kind_and_subject(
    found: _Found, cells: list[Cell], titled: tuple[int, str, str] | None, symbol: str, where: int
) -> None:
    if titled is not None:
        at, kind, rest = titled
        found.put("kind", cells[at], cells[at].text, kind)
        subject = subject_below(cells, at, rest)
    else:
        subject = subject_beside(cells)
        letter = next(
            (cell for cell in cells if ADDRESSED.match(cell.plain) or ABOUT.match(cell.plain)), None
        )
        kind_by_symbol = kind_of_symbol(symbol)
        if kind_by_symbol is not None:
            found.put("kind", cells[where], symbol, kind_by_symbol)
        elif letter is not None:
            found.put("kind", letter, letter.text, "công văn")
    if subject is not None:
        cell, printed = subject
        text = subject_of(printed, recognised=cell.recognised)
        if cell.recognised:
            text = confusions.subject(text)
        found.put("subject", cell, printed, text or None)

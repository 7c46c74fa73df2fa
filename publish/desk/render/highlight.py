"""The passage of a text that answers the question, and what in it to mark."""

from __future__ import annotations

import re
from typing import NamedTuple

from markupsafe import Markup, escape

WIDTH = 240  # characters of a passage
LOOKED_AT = 60  # places in a text; more do not make the passage better


class Piece(NamedTuple):
    text: str
    marked: bool


def html(pieces: list[Piece]) -> Markup:
    """The pieces for a page, all of them escaped."""
    return Markup(
        "".join(
            f"<mark>{escape(text)}</mark>" if is_marked else escape(text)
            for text, is_marked in pieces
        )
    )


def marked(text: str, pattern: re.Pattern[str] | None) -> list[Piece]:
    """The whole text in pieces, hits apart."""
    if pattern is None:
        return [Piece(text, False)] if text else []
    pieces, at = [], 0
    for hit in pattern.finditer(text):
        if hit.start() > at:
            pieces.append(Piece(text[at : hit.start()], False))
        pieces.append(Piece(hit.group(), True))
        at = hit.end()
    if at < len(text):
        pieces.append(Piece(text[at:], False))
    return pieces


def passage(text: str, pattern: re.Pattern[str] | None, start: int) -> list[Piece]:
    """About two lines around a place: the one where most of the words stand together."""
    begin = text.rfind(" ", 0, max(0, start - 60)) + 1 if start > 60 else 0
    end = min(len(text), begin + WIDTH)
    if end < len(text):
        end = max(text.rfind(" ", begin, end), begin + WIDTH // 2)
    cut = " · ".join(text[begin:end].split("\n"))
    pieces = marked(cut, pattern)
    before = [Piece("… ", False)] if begin else []
    after = [Piece(" …", False)] if end < len(text) else []
    return before + pieces + after


def together(text: str, pattern: re.Pattern[str] | None) -> tuple[int, int]:
    """How many different words stand close together, at most, and where that begins."""
    spans = _spans(text, pattern)
    best, begin = 0, 0
    for at, (start, _) in enumerate(spans):
        near = {text[a:b].lower() for a, b in spans[at : at + 12] if b - start <= WIDTH * 0.8}
        if len(near) > best:
            best, begin = len(near), start
    return best, begin


def _spans(text: str, pattern: re.Pattern[str] | None) -> list[tuple[int, int]]:
    if pattern is None:
        return []
    found = pattern.finditer(text)
    return [hit.span() for hit, _ in zip(found, range(LOOKED_AT), strict=False)]

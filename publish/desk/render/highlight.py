"""The passage of a text that answers the question, and what in it to mark."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from markupsafe import Markup, escape

from publish.desk.query_parser import Marks

WIDTH = 240  # characters of a passage
CLOSE = WIDTH * 4 // 5  # characters that words together take
MOST_TOGETHER = 12
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


def marked(text: str, pattern: Marks | None) -> list[Piece]:
    """The whole text in pieces, hits apart."""
    if pattern is None:
        return [Piece(text, False)] if text else []
    pieces, at = [], 0
    for start, end in pattern.spans(text):
        if start > at:
            pieces.append(Piece(text[at:start], False))
        pieces.append(Piece(text[start:end], True))
        at = end
    if at < len(text):
        pieces.append(Piece(text[at:], False))
    return pieces


def passage(text: str, pattern: Marks | None, start: int, between: str = " · ") -> list[Piece]:
    """About two lines around a place: the one where most of the words stand together.

    `between`: what lines are joined by; those of a document end where its page does.
    """
    begin = text.rfind(" ", 0, max(0, start - 60)) + 1 if start > 60 else 0
    end = min(len(text), begin + WIDTH)
    if end < len(text):
        end = max(text.rfind(" ", begin, end), begin + WIDTH // 2)
    cut = between.join(line for line in text[begin:end].split("\n") if line.strip())
    pieces = marked(cut, pattern)
    before = [Piece("… ", False)] if begin else []
    after = [Piece(" …", False)] if end < len(text) else []
    return before + pieces + after


def together(text: str, pattern: Marks | None) -> tuple[int, int]:
    """How many different words stand close together, at most, and where that begins."""
    spans = pattern.spans(text, LOOKED_AT) if pattern else []
    words = [text[start:end].lower() for start, end in spans]
    best, begin = 0, 0
    held: Counter[str] = Counter()  # the words from `at` to before `last`
    last = 0
    for at, (start, _) in enumerate(spans):
        while last < min(len(spans), at + MOST_TOGETHER) and spans[last][1] - start <= CLOSE:
            held[words[last]] += 1
            last += 1
        if len(held) > best:
            best, begin = len(held), start
        if last == at:  # a hit that is longer than what stands together
            last += 1
        elif held[words[at]] > 1:
            held[words[at]] -= 1
        else:
            del held[words[at]]
    return best, begin

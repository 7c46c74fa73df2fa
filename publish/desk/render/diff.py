"""Two versions of a text, word by word, as a reader would mark them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

WORDS = re.compile(r"\s+|[\w]+|[^\w\s]")
MOST_LINES = 4000  # of two texts together; longer ones are compared by their lines' sets
MOST_WORDS = 3000  # in a changed line
KEPT = 1  # unchanged paragraphs shown around a change
LIKE = 0.35  # two lines that share less are not versions of one another


class Piece(NamedTuple):
    kind: str  # same, gone, new
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    kind: str  # same, changed, gone, new, skipped
    pieces: list[Piece]
    count: int = 0  # of paragraphs left out


def compared(before: str | None, after: str | None) -> list[Line]:
    """Paragraph by paragraph; unchanged ones far from any change are only counted."""
    old, new = (before or "").split("\n"), (after or "").split("\n")
    if len(old) + len(new) > MOST_LINES:
        old, new = old[: MOST_LINES // 2], new[: MOST_LINES // 2]
    lines: list[Line] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            lines += [Line("same", [Piece("same", text)]) for text in old[a:b]]
        else:
            lines += _changed(old[a:b], new[c:d])
    return _shortened([line for line in lines if any(p.text for p in line.pieces)])


def _changed(old: list[str], new: list[str]) -> Iterator[Line]:
    """Pairs of lines that are versions of one another; the rest came or went."""
    left = list(new)
    for text in old:
        at = next((at for at, other in enumerate(left) if _alike(text, other)), None)
        if at is None:
            yield Line("gone", [Piece("gone", text)])
            continue
        yield from (Line("new", [Piece("new", other)]) for other in left[:at])
        yield Line("changed", words(text, left[at]))
        left = left[at + 1 :]
    yield from (Line("new", [Piece("new", other)]) for other in left)


def _alike(one: str, two: str) -> bool:
    mine, theirs = set(WORDS.findall(one)), set(WORDS.findall(two))
    return len(mine & theirs) >= LIKE * max(1, min(len(mine), len(theirs)))


def words(before: str, after: str) -> list[Piece]:
    """The words of a line that stayed, went and came."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        return [Piece("gone", before), Piece("new", after)]
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        if a < b:
            pieces.append(Piece("gone", "".join(old[a:b])))
        if c < d:
            pieces.append(Piece("new", "".join(new[c:d])))
    return pieces


def _shortened(lines: list[Line]) -> list[Line]:
    near = {
        at + step
        for at, line in enumerate(lines)
        if line.kind != "same"
        for step in range(-KEPT, KEPT + 1)
    }
    found: list[Line] = []
    skipped = 0
    for at, line in enumerate(lines):
        if at in near:
            if skipped:
                found.append(Line("skipped", [], skipped))
            skipped = 0
            found.append(line)
        else:
            skipped += 1
    if skipped:
        found.append(Line("skipped", [], skipped))
    return found

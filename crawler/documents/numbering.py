"""The numbers that Word puts before paragraphs and that stand nowhere in their text: `1.2.`, `a)`, `III.`.

Source: ECMA-376 part 1, §17.9.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9
LARGEST = 9_999
PLACE = re.compile("%([1-9])")
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
# Bullets that old symbol fonts draw, by their places there.
DRAWN = re.compile("[\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Level:
    kind: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """The lists of a document, counted as its paragraphs come."""

    lists: dict[str, tuple[str, dict[int, Level]]] = field(default_factory=dict)  # numId → its form
    counts: dict[str, list[int]] = field(default_factory=dict)

    def label(self, number: str, level: int) -> str:
        """What stands before the next paragraph of a list; empty when nothing does."""
        if number not in self.lists or not 0 <= level < LEVELS:
            return ""
        form, levels = self.lists[number]
        counts = self.counts.setdefault(
            form, [levels.get(at, Level()).start - 1 for at in range(LEVELS)]
        )
        counts[level] = min(counts[level] + 1, LARGEST)
        for deeper in range(level + 1, LEVELS):
            counts[deeper] = levels.get(deeper, Level()).start - 1
        shown = levels.get(level, Level())
        if shown.kind == "none":
            return ""
        if shown.kind == "bullet":
            return DRAWN.sub("•", shown.text).strip() or "•"

        def written(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            kind = levels.get(at, Level()).kind
            return counted(max(counts[at], 1), "decimal" if kind == "bullet" else kind)

        return PLACE.sub(written, shown.text).strip()


def counted(number: int, kind: str) -> str:
    """A number as a list writes it."""
    if kind in ("lowerLetter", "upperLetter"):
        text = chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return text.upper() if kind == "upperLetter" else text
    if kind in ("lowerRoman", "upperRoman"):
        text = ""
        for size, letters in ROMAN:
            text += letters * (number // size)
            number %= size
        return text.upper() if kind == "upperRoman" else text
    return f"{number:02}" if kind == "decimalZero" else str(number)


def read_numbering(root: etree._Element | None) -> Numbering:
    """The lists that a document defines (`word/numbering.xml`)."""
    found = Numbering()
    if root is None:
        return found
    forms = {
        node.get(f"{W}abstractNumId", ""): _levels(node)
        for node in root.iterchildren(f"{W}abstractNum")
    }
    for node in root.iterchildren(f"{W}num"):
        number, form = node.get(f"{W}numId", ""), _value(node, "abstractNumId")
        levels = dict(forms.get(form, {}))
        overrides = list(node.iterchildren(f"{W}lvlOverride"))
        for override in overrides:
            at = _whole(override.get(f"{W}ilvl"), -1)
            levels |= _levels(override)
            if start := _value(override, "startOverride"):
                own = levels.get(at, Level())
                levels[at] = Level(own.kind, own.text, _whole(start, 1))
        found.lists[number] = f"{form} {number}" if overrides else form, levels
    return found


def _levels(parent: etree._Element) -> dict[int, Level]:
    return {
        _whole(node.get(f"{W}ilvl"), 0): Level(
            _value(node, "numFmt") or "decimal",
            _value(node, "lvlText"),
            _whole(_value(node, "start"), 1),
        )
        for node in parent.iterchildren(f"{W}lvl")
    }


def _value(parent: etree._Element, name: str) -> str:
    node = parent.find(f"{W}{name}")
    return node.get(f"{W}val", "") if node is not None else ""


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch("[0-9]{1,4}", text) else otherwise

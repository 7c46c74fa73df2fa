"""What changed between two readings of an article, and whether a reader would care."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Literal

FIELDS = ("title", "summary", "text", "byline", "published")
Class = Literal["first", "edit", "noise", "extractor"]

# Counters, clocks and temperatures change at every look; letters are what was written.
DIGITS = re.compile(r"\d+")
NOT_WORDS = re.compile(r"[^\w]+|_")


@dataclass(frozen=True, slots=True)
class Change:
    """Which fields differ, and of what class the difference is."""

    fields: tuple[str, ...]
    kind: Class

    def stored(self) -> str:
        return json.dumps({"fields": self.fields, "class": self.kind})


FIRST = Change((), "first")


def compare(before: dict[str, str | None], after: dict[str, str | None]) -> Change | None:
    """The change from one reading to the next; None when every field is the same.

    Noise is a difference in spacing, punctuation or letter case, in a number that stands alone on
    its line with at most three words (a counter, a widget), or a date touched within its day.
    """
    fields = tuple(name for name in FIELDS if before.get(name) != after.get(name))
    if not fields:
        return None
    same = all(
        _essence(name, before.get(name)) == _essence(name, after.get(name)) for name in fields
    )
    return Change(fields, "noise" if same else "edit")


def _essence(name: str, value: str | None) -> str:
    if not value:
        return ""
    if name == "published":
        return value[:10]
    lines = (NOT_WORDS.sub(" ", line.casefold()).strip() for line in value.split("\n"))
    return "\n".join(_masked(line) for line in lines if line)


def _masked(line: str) -> str:
    words = line.split()
    letters = [word for word in words if not word.isdigit()]
    return DIGITS.sub("#", line) if len(letters) <= 3 else line

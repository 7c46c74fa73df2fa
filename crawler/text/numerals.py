"""Dates and marks with figures in their other writings: `5/3/2024`, `05/03/2024`; `quý III`; `ST25`, `ST 25`."""

from __future__ import annotations

import re
from itertools import product

from crawler.parsing import number
from crawler.text.spelling import bare

MOST = 8
DATE = ("tháng", "năm")
DAYS, MONTHS = 31, 12
QUARTERS = (("1", "i"), ("2", "ii"), ("3", "iii"), ("4", "iv"))
YEAR = re.compile(r"(?:19|20)\d\d")
# Letters without accents: `năm 2024` is no mark.
MARK = re.compile(r"([a-z]{1,5})(\d{1,5})")
LETTERS, FIGURES = re.compile("[a-z]{1,5}"), re.compile(r"\d{1,5}")
Words = tuple[str, ...]


def other_numerals(words: Words) -> list[Words]:
    """The same words with a date, or what bears a number, as others write it."""
    found: list[Words] = []
    for begun in (_dates, _months, _marks):
        for at in range(len(words)):
            for size, ways in begun(words[at:]):
                found += [(*words[:at], *way, *words[at + size :]) for way in ways]
        if found:  # what stands around a date is no mark
            break
    return [way for way in dict.fromkeys(found) if way != words][:MOST]


def _dates(words: Words) -> list[tuple[int, list[Words]]]:
    """The date that these words begin with: how many they are, and all its writings."""
    if len(words) >= 5 and _says(words[1], DATE[0]) and _says(words[3], DATE[1]):
        size, (day, _, month, _, year) = 5, words[:5]
    elif len(words) >= 3:
        size, (day, month, year) = 3, words[:3]
    else:
        return []
    days, months = _written(day, DAYS), _written(month, MONTHS)
    if not days or not months or not YEAR.fullmatch(year):
        return []
    figures: list[Words] = [(d, m, year) for d, m in product(days, months)]
    # Nobody writes `5 tháng 03`.
    spoken = [
        (d, DATE[0], m, DATE[1], year) for d in days for m in months if d[0] == "0" or m[0] != "0"
    ]
    return [(size, [*figures, *spoken])]


def _months(words: Words) -> list[tuple[int, list[Words]]]:
    """The month of a year, or the quarter, that these words begin with."""
    if len(words) > 1 and _says(words[0], "quý"):
        for pair in QUARTERS:
            if words[1] in pair:
                return [(2, [(words[0], figure) for figure in pair])]
    if len(words) < 3 or not _says(words[0], DATE[0]):
        return []
    size = 4 if len(words) > 3 and _says(words[2], DATE[1]) else 3
    months, year = _written(words[1], MONTHS), words[size - 1]
    if not YEAR.fullmatch(year):
        return []
    return [
        (size, [way for m in months for way in ((DATE[0], m, DATE[1], year), (DATE[0], m, year))])
    ]


def _says(word: str, meant: str) -> bool:
    return word in (meant, bare(meant))


def _written(figures: str, most: int) -> list[str]:
    """A day or a month with and without its zero; none of another number."""
    day = number(figures) if len(figures) < 3 else None
    if day is None or not 1 <= day <= most:
        return []
    return list(dict.fromkeys([f"{day:02}", str(day)]))


def _marks(words: Words) -> list[tuple[int, list[Words]]]:
    """The mark that these words begin with, in one word or in two."""
    if apart := MARK.fullmatch(words[0]):
        return [(1, [(apart[1], apart[2])])]
    if len(words) > 1 and LETTERS.fullmatch(words[0]) and FIGURES.fullmatch(words[1]):
        return [(2, [(words[0] + words[1],)])]
    return []

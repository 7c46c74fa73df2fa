"""What somebody typed, as runs of words: whatever it was, it never is a syntax error."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice

from crawler.text.folding import fold
from crawler.text.spelling import SYLLABLE, Syllables, bare, canonical, composed, spellings

LONGEST = 200  # characters of a question that are looked at
MOST_WORDS = 24
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″＂", '"') | {"\0": " "})
SPACED = re.compile(r"\S+")
CHUNK = re.compile(r'([-−]?)"([^"]*)"?|([^\s"]+)')
OR = frozenset({"OR", "HOẶC", "|"})
AND, NOT = "AND", "NOT"  # what other searches know
OPERATORS = OR | {AND, NOT}
OF_HEADLINES = "HOẶC"  # in a headline in capitals it is a word like the others
VOWELS = frozenset("aeiouy")
IN_CAPITALS = re.compile("[A-Z]{2,}").fullmatch

# Every letter that folds to a plain one: a word typed without accents is looked for in any of them.
VARIANTS: dict[str, str] = {}
for _code in (*range(0xC0, 0x180), *range(0x1A0, 0x1B1), *range(0x1EA0, 0x1EFA)):
    _accented = chr(_code)
    _plain = fold(_accented)
    if _accented.islower() and _plain in set("aeiouyd"):
        VARIANTS[_plain] = VARIANTS.get(_plain, _plain) + _accented


@dataclass(frozen=True, slots=True)
class Run:
    """Words that follow each other in the question; in quotation marks they have to in the text."""

    words: Syllables
    quoted: bool = False
    capitals: bool = False  # one word in plain capitals, as abbreviations are: `AI`

    def __str__(self) -> str:
        said = " ".join(self.words)
        said = said.upper() if self.capitals else said
        return f'"{said}"' if self.quoted else said

    @property
    def is_phrase(self) -> bool:
        return len(self.words) > 1

    @property
    def has_accents(self) -> bool:
        return any(bare(word) != word for word in self.words)


Group = tuple[Run, ...]  # one of them has to be there


@dataclass(frozen=True)
class Asked:
    """A question as it is written: each group has to be there, nothing of what is excluded."""

    typed: str
    groups: tuple[Group, ...]
    excluded: tuple[Run, ...] = ()
    cut: bool = False  # more was typed than is looked for

    def __bool__(self) -> bool:
        return bool(self.groups or self.excluded)

    @cached_property
    def words(self) -> list[str]:
        return [word for group in self.groups for run in group for word in run.words]

    @property
    def looked_for(self) -> int:
        """How many words of it are, those that may not be there too."""
        return len(self.words) + sum(len(run.words) for run in self.excluded)

    @property
    def runs(self) -> list[Run]:
        return [run for group in self.groups for run in group]

    def without_accents(self) -> str | None:
        """The looser question, when this one has accents."""
        loose = fold(self.typed)
        return loose if loose != self.typed.casefold() else None

    def saying(self, instead: Mapping[Run, Syllables]) -> str:
        """The question as typed again, with other words in place of some runs."""
        said: list[str] = []
        open_end = False
        for group in self.groups:
            runs = [Run(instead[run], run.quoted) if run in instead else run for run in group]
            if open_end and not runs[0].quoted:
                said.append(AND)
            said.append(" OR ".join(map(str, runs)))
            open_end = not runs[-1].quoted
        return " ".join([*said, *(f"-{run}" for run in self.excluded)])

    def loosely(self) -> str:
        """The question without its accents; what stands between words stays."""
        return SPACED.sub(
            lambda found: found[0] if found[0] in OPERATORS else fold(found[0]), self.typed
        )


def spelt_pattern(words: Iterable[tuple[str, bool]]) -> str:
    """Words in a row as they may be printed, each with its own accents or, if free, with any."""
    return r"[\W_]+".join(_spelt(word, free) for word, free in words)


def whole_words(patterns: Iterable[str]) -> Marks | None:
    """What finds any of these, the longest first, none of them within a word."""
    found = tuple(dict.fromkeys(patterns))
    return Marks(tuple(map(_whole, found))) if found else None


@dataclass(frozen=True, slots=True)
class Marks:
    """Where a question's words stand in a text.

    Each way to print them is looked for alone: a pattern that begins with letters, and not with a
    look behind or a choice, is found ten times as fast.
    """

    ways: tuple[re.Pattern[str], ...]

    def spans(self, text: str, most: int | None = None) -> list[tuple[int, int]]:
        """The first places in the order of the text, none within another."""
        lower = _lowered(text)
        found = [
            (hit.start(), -hit.end())
            for way in self.ways
            for hit in islice(_begun(way.finditer(lower), lower), most)
        ]
        spans, end = [], 0
        for start, negative in sorted(found):
            if start >= end:
                end = -negative
                spans.append((start, end))
        return spans[:most]


def _begun(hits: Iterable[re.Match[str]], text: str) -> Iterator[re.Match[str]]:
    """Those that do not begin within a word."""
    return (hit for hit in hits if not hit.start() or not text[hit.start() - 1].isalnum())


def _lowered(text: str) -> str:
    """Lower case, each letter where it was."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@lru_cache(maxsize=5000)
def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"{pattern}(?![^\W_])")


@lru_cache(maxsize=5000)
def _spelt(word: str, free: bool) -> str:
    ways = spellings(bare(word) if free else word)
    return f"(?:{'|'.join(''.join(_letter(c, free) for c in way) for way in ways)})"


def _letter(letter: str, free: bool) -> str:
    if letter == "đ" or (free and letter == "d"):
        return "[dđðɖ]" if free else "[đðɖ]"
    return f"[{VARIANTS[letter]}]" if free and letter in VARIANTS else re.escape(letter)


def understand(typed: str) -> Asked:
    """Runs of words. What is glued together, as `KH&CN` or 07/07/2021, is part of one."""
    text, cut = _looked_at(composed(typed[: LONGEST * 2]).strip().translate(QUOTES))
    groups: list[list[Run]] = []
    excluded: list[Run] = []
    open_run: list[str] = []
    either = refused = False
    left = MOST_WORDS
    operators = OR - {OF_HEADLINES} if _is_headline(text) else OR

    def put(run: Run) -> None:
        nonlocal either
        if either and groups:
            groups[-1].append(run)
        else:
            groups.append([run])
        either = False

    def close() -> None:
        if open_run:
            put(_run(open_run))
            open_run.clear()

    for sign, quoted, plain in CHUNK.findall(text.replace("|", " | ")):
        if plain in operators or plain in (AND, NOT):
            close()
            either, refused = plain in operators, plain == NOT
            continue
        minus = refused or bool(sign) or plain.startswith(("-", "−"))
        words = SYLLABLE.findall(quoted or plain)
        cut = cut or len(words) > left
        words = words[:left]
        left -= len(words)
        if not words:
            continue
        refused = False
        if minus:
            close()
            excluded.append(_run(words, quoted=bool(quoted)))
        elif quoted:
            close()
            put(_run(words, quoted=True))
        else:
            open_run += words
    close()
    return Asked(text.strip(), tuple(map(tuple, groups)), tuple(excluded), cut)


def _looked_at(text: str) -> tuple[str, bool]:
    """As much of it as is looked at, without a part of a word at its end; whether that is not all."""
    if len(text) <= LONGEST:
        return text, False
    begin = text[:LONGEST]
    return (begin[: begin.rindex(" ")] if " " in begin else begin), True


def _run(words: Sequence[str], *, quoted: bool = False) -> Run:
    return Run(
        tuple(map(canonical, words)), quoted, len(words) == 1 and IN_CAPITALS(words[0]) is not None
    )


def _is_headline(text: str) -> bool:
    """Whether it is in capitals throughout, and not only abbreviations are."""
    return not any(letter.islower() for letter in text) and any(
        bare(letter) != letter and bare(letter) in VOWELS
        for word in text.split()
        if word not in OR
        for letter in word.lower()
    )

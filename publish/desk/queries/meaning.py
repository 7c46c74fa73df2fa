"""What a question means in this archive: which accents, which words belong together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from math import log

from crawler.text.abbreviations import OTHER, other_writings
from crawler.text.numerals import other_numerals
from crawler.text.spelling import Syllables, bare
from publish.desk.filters import ANY_ACCENTS, EXACT
from publish.desk.queries.plain_index import PlainIndex, is_bare
from publish.desk.queries.searched import Reading, Word
from publish.desk.query_parser import Asked, Marks, Run, spelt_pattern, whole_words

LONGEST_PIECE = 4  # syllables that are looked for as one
SHOWN = 4  # readings a reader may choose from
FEW = 20  # articles that print a question half of which has accents: with fewer others are named


@dataclass(frozen=True)
class Meant:
    """A run of words as this archive prints it."""

    run: Run
    phrases: tuple[Syllables, ...]  # to be found as they stand; none: nobody printed the run
    readings: tuple[Reading, ...] = ()  # other accents that are printed for these words
    words: tuple[Word, ...] = ()  # one by one, for articles that hold them apart
    pieces: tuple[tuple[Word, ...], ...] = ()  # of a run nobody printed: what was printed of it
    changed: bool = False  # other accents than those typed
    others: tuple[Syllables, ...] = ()  # with abbreviations written out, or names abbreviated
    free: bool = False  # with any accents, also those that `phrases` does not name


@dataclass(frozen=True)
class Meaning:
    asked: Asked
    groups: tuple[tuple[Meant, ...], ...]
    accents: str = ""
    excluded: tuple[Meant, ...] = ()

    @property
    def runs(self) -> list[Meant]:
        return [meant for group in self.groups for meant in group]

    def marks(self, kind: str) -> Marks | None:
        """What to mark of an article that is found so."""
        return self.words_pattern if kind in ("near", "words") else self.pattern

    @cached_property
    def pattern(self) -> Marks | None:
        """What to mark of an article that has it as it is meant, or in pieces."""
        found = []
        for meant in self.runs:
            if meant.free:
                found.append(spelt_pattern(meant.words))
            found += [_pattern(words) for words in (*meant.phrases, *meant.others)]
            found += [spelt_pattern(piece) for piece in meant.pieces]
            if not meant.phrases and not meant.pieces:
                found += [spelt_pattern([word]) for word in meant.words]
        return whole_words(found)

    @cached_property
    def words_pattern(self) -> Marks | None:
        """What to mark of an article that has the words apart."""
        return whole_words(spelt_pattern([word]) for meant in self.runs for word in meant.words)


def _pattern(words: Syllables) -> str:
    return spelt_pattern([(word, False) for word in words])


def meaning_of(index: PlainIndex, asked: Asked, accents: str) -> Meaning:
    groups = tuple(tuple(meant(index, run, accents) for run in group) for group in asked.groups)
    excluded = tuple(_read(index, run, accents) for run in asked.excluded)
    return Meaning(asked, groups, accents, excluded)


def meant(index: PlainIndex, run: Run, accents: str) -> Meant:
    """A run with what stands for the same: what is printed, else what it would be written out."""
    found = _read(index, run, accents)
    ways = found.phrases[:SHOWN] or (run.words,)
    others = [other for words in ways for other in other_writings(words)]
    if not found.phrases:
        others = [
            read[0].words if (read := index.readings(_typed(other))) else other for other in others
        ]
    others += [other for words in ways for other in other_numerals(words)]
    return replace(found, others=tuple(dict.fromkeys(others)))


def _typed(words: Syllables) -> tuple[Word, ...]:
    """Words as they are typed: those without accents may have any."""
    return tuple(Word(word, bare(word) == word) for word in words)


def _read(index: PlainIndex, run: Run, accents: str) -> Meant:
    """The words with the accents that articles print; typed accents are meant, unless nobody does."""
    exact = tuple(Word(word, False) for word in run.words)
    loose = tuple(Word(word, True) for word in run.words)
    half = _typed(run.words)
    if accents == EXACT:
        return Meant(run, (run.words,), words=exact)
    if accents == ANY_ACCENTS:
        found = index.readings(loose)
        return _any(run, found, loose)
    if run.has_accents or (run.capitals and run.words in OTHER):
        literal = index.reading(run.words)
        if literal.articles:
            others = index.readings(half) if literal.articles < FEW and half != exact else []
            named = [reading for reading in others if reading.words != run.words]
            return Meant(run, (run.words,), (literal, *named), exact)
    if not run.has_accents and not run.is_phrase:
        # A syllable alone may be any word: none is preferred.
        found = index.readings(loose)
        return _any(run, found, loose)
    for words in dict.fromkeys((half, loose)):
        if found := index.readings(words):
            phrases = _meant_by(found)
            best = phrases[0]
            return Meant(run, phrases, tuple(found), tuple(Word(word, False) for word in best),
                         changed=best != run.words)  # fmt: skip
    parts = pieces(index, half)
    return Meant(run, (), words=tuple(word for part in parts for word in part), pieces=parts
                 if len(parts) < len(run.words) else ())  # fmt: skip


def _meant_by(found: list[Reading]) -> tuple[Syllables, ...]:
    """The commonest reading that has accents, with that without where it is the commonest of all.

    Names of files are written so, and mean the same: `quyet-dinh-1.pdf` beside *quyết định*.
    """
    best = next((one.words for one in found if not is_bare(one.words)), found[0].words)
    return (best,) if best == found[0].words else (best, found[0].words)


def _any(run: Run, found: list[Reading], words: tuple[Word, ...]) -> Meant:
    return Meant(run, tuple(reading.words for reading in found), tuple(found), words, free=True)


def pieces(index: PlainIndex, words: tuple[Word, ...]) -> tuple[tuple[Word, ...], ...]:
    """The fewest phrases that articles print, of equally many the commonest; a word may be alone."""
    printed: dict[tuple[int, int], Reading | None] = {}
    for size in range(2, LONGEST_PIECE + 1):
        for at in range(len(words) - size + 1):
            shorter = [(at, size - 1), (at + 1, size - 1)]
            if size == 2 or all(printed.get(part) for part in shorter):
                ways = index.readings(words[at : at + size])
                printed[at, size] = ways[0] if ways else None
    best: list[tuple[int, float, tuple[tuple[Word, ...], ...]]] = [(0, 0.0, ())]
    for end in range(1, len(words) + 1):
        count, weight, before = best[end - 1]
        choices = [(count + 1, weight, (*before, (words[end - 1],)))]
        for size in range(2, min(LONGEST_PIECE, end) + 1):
            if way := printed.get((end - size, size)):
                count, weight, before = best[end - size]
                piece = tuple(Word(word, False) for word in way.words)
                choices.append((count + 1, weight - log(way.articles), (*before, piece)))
        best.append(min(choices))
    return best[-1][2]

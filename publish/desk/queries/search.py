"""From a question to articles: the phrase as it is meant first, then what comes close to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from publish.desk.filters import ALL_WORDS, BY_FIT, IN_TITLE, Question
from publish.desk.queries.columns import Columns, Mask
from publish.desk.queries.facets import Counts, facets
from publish.desk.queries.meaning import Meaning, Meant, meaning_of
from publish.desk.queries.pair_index import index_of
from publish.desk.queries.portals import Place, portals_of
from publish.desk.queries.searched import ARTICLES, Searched
from publish.desk.query_parser import Asked

PAGE = 20


@dataclass(frozen=True, slots=True)
class Section:
    """Articles that hold the question in one way, as far as they stand on a page."""

    kind: str  # all, phrase, other, pieces, near, words
    count: int
    articles: list[int]
    begins: bool  # its first article is on this page


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits, how many there are of the best kind, and what they could be narrowed by."""

    sections: list[Section]
    kind: str  # of what is counted
    total: int
    more: bool  # a page follows
    meaning: Meaning
    tallies: dict[str, Counts] = field(default_factory=dict)

    @property
    def articles(self) -> list[int]:
        return [ident for section in self.sections for ident in section.articles]


def search(
    conn: sqlite3.Connection,
    asked: Asked,
    question: Question,
    known: dict[str, Place],
    columns: Columns,
    searched: Searched = ARTICLES,
    *,
    tallied: bool = True,
) -> Found:
    """What the question finds; an empty question finds everything."""
    source = Source(conn, asked, question, known, columns, searched)
    first, last = (question.page - 1) * PAGE, question.page * PAGE
    shown: list[Section] = []
    head: tuple[str, Mask] = ("", columns.none())
    passed = 0
    for kind, hits in source.sections():
        count = int(np.count_nonzero(hits))
        if not head[0]:
            head = (kind, hits)
        if passed > last:
            break
        part = source.ordered(hits, kind)[max(0, first - passed) : max(0, last - passed)]
        if len(part):
            begins = passed >= first
            shown.append(Section(kind, count, columns.ids[part].tolist(), begins))
        passed += count
        if passed > last:
            break
    kind, hits = head
    tallies = facets(columns, hits, known, question.filters) if kind and tallied else {}
    return Found(shown, kind, int(np.count_nonzero(hits)), passed > last, source.meaning, tallies)


def found_articles(
    conn: sqlite3.Connection, asked: Asked, question: Question, known: dict[str, Place],
    columns: Columns, most: int, searched: Searched = ARTICLES,
) -> tuple[list[int], int]:  # fmt: skip
    """The hits of the best kind for a file or a feed, in the order of the question; and how many."""
    source = Source(conn, asked, question, known, columns, searched)
    for kind, hits in source.sections():
        ordered = source.ordered(hits, kind)
        return columns.ids[ordered[:most]].tolist(), len(ordered)
    return [], 0


def _may_part(meant: Meant) -> bool:
    """Whether the words of a run may stand apart: what was in pieces already was looked for."""
    return len(meant.words) > 1 and not meant.run.quoted and not meant.pieces


class Source:
    """The articles of one question, kind by kind; each in one kind only."""

    def __init__(
        self, conn: sqlite3.Connection, asked: Asked, question: Question,
        known: dict[str, Place], columns: Columns, searched: Searched = ARTICLES,
    ) -> None:  # fmt: skip
        filters = question.filters
        self.columns, self.question, self.asked = columns, question, asked
        self.index = index_of(conn, columns, searched)
        self.meaning = meaning_of(self.index, asked, question.accents)
        portals = portals_of(known, tinh=filters.tinh, tinh_cu=filters.tinh_cu, cong=filters.cong)
        left = columns.narrowed(filters, portals)
        self._left = columns.all() if left is None else left

    def sections(self) -> Iterator[tuple[str, Mask]]:
        """Those that are not empty, the closest first."""
        left = self._left.copy()
        for meant in self.meaning.excluded:
            left &= ~self._printed(meant)
        for kind, hits in self._kinds():
            hits = hits & left
            if hits.any():
                left &= ~hits
                yield kind, hits

    def _kinds(self) -> Iterator[tuple[str, Mask]]:
        asked, meaning, index = self.asked, self.meaning, self.index
        if not asked.groups:
            if asked or not self.question.q:
                yield "all", self.columns.all()
            return
        if self.question.place == IN_TITLE:
            yield "title", self._each(partial(self._in_part, "title", others=False))
            if any(meant.others for meant in meaning.runs):
                yield "title_other", self._each(partial(self._in_part, "title"))
            if not all(meant.run.quoted for meant in meaning.runs):
                yield "title_words", self._each(self._title_apart)
            return
        if self.question.place != ALL_WORDS:
            yield "phrase", self._each(self._printed)
            if any(meant.others for meant in meaning.runs):
                yield "other", self._each(lambda m: self._printed(m) | index.phrases(m.others))
            if any(meant.pieces for meant in meaning.runs):
                yield "pieces", self._each(self._in_pieces)
            if any(_may_part(meant) for meant in meaning.runs):
                yield "near", self._each(self._near)
        yield "words", self._each(self._apart)

    def _each(self, hold: Callable[[Meant], Mask]) -> Mask:
        """The articles that hold one run of every group."""
        hits = self.columns.all()
        for group in self.meaning.groups:
            one = self.columns.none()
            for meant in group:
                one |= hold(meant)
            hits &= one
            if not hits.any():
                break
        return hits

    def _printed(self, meant: Meant) -> Mask:
        """The articles that print a run as it is meant."""
        return self.index.anyhow(meant.words) if meant.free else self.index.phrases(meant.phrases)

    def _in_pieces(self, meant: Meant) -> Mask:
        if not meant.pieces or meant.run.quoted:
            return self._printed(meant)
        # Words that stand alone are asked for together: one of them is in most articles.
        alone = [piece[0] for piece in meant.pieces if len(piece) == 1]
        hits = self.index.all_words(alone) if alone else self._left
        for piece in meant.pieces:
            if len(piece) > 1 and hits.any():
                hits = hits & self.index.phrases([tuple(word.text for word in piece)])
        return hits

    def _near(self, meant: Meant) -> Mask:
        if not _may_part(meant):
            return self._in_pieces(meant)
        if len(meant.words) == 2:
            return self.index.near(meant.words)
        # Words of which two follow each other are about it; no index is asked for distances.
        every = self.index.all_words(meant.words)
        if not every.any():
            return every
        partly = self.columns.none()
        for two in pairwise(meant.words):
            partly |= self.index.in_a_row(two)
        return every & partly

    def _apart(self, meant: Meant) -> Mask:
        if meant.run.quoted:
            return self._printed(meant)
        return self.index.all_words(meant.words)

    def _title_apart(self, meant: Meant) -> Mask:
        if meant.run.quoted:
            return self._in_part("title", meant, others=False)
        return self.index.in_title(meant.words)

    def _in_part(self, part: str, meant: Meant, *, others: bool = True) -> Mask:
        phrases = [*meant.phrases, *(meant.others if others else ())]
        hits = self.index.in_part(phrases, part)
        return hits | self.index.anyhow_in_part(meant.words, part) if meant.free else hits

    def ordered(self, hits: Mask, kind: str) -> NDArray[np.intp]:
        """Newest first, or those first that say it in their title, then in their summary."""
        places = np.flatnonzero(hits)
        if self.question.order != BY_FIT or not self.asked.groups:
            return places
        score = np.zeros(len(self.columns), dtype=np.int8)
        for part, worth in (("title", 2), ("summary", 1)):
            score[self._each(partial(self._in_part, part))] += worth
        if kind == "words":
            score[self._each(lambda meant: self.index.in_title(meant.words))] += 2
        return places[np.argsort(-score[places], kind="stable")]

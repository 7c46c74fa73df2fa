"""How a question was understood, and what else it may mean: one click away."""

from __future__ import annotations

from typing import NamedTuple

from crawler.text.spelling import bare
from publish.desk.filters import ANY_ACCENTS, EXACT, Question
from publish.desk.queries.meaning import SHOWN, Meaning, Meant


class Choice(NamedTuple):
    """Words a reader may mean, in how many articles they are, and where they are shown."""

    words: str
    articles: int
    query: str
    chosen: bool


class Said(NamedTuple):
    """One run of the question as it was understood."""

    typed: str
    kind: str  # restored: accents were added; mended: others than typed; any; typed
    choices: list[Choice]
    pieces: list[str]
    any_query: str  # the address of all spellings
    any_chosen: bool
    exact_query: str


def meanings(question: Question, meaning: Meaning) -> list[Said]:
    """What there is to say of each run: nothing when it is what was typed and only that."""
    return [
        said
        for meant in meaning.runs
        if (said := _said(question, meaning, meant)).choices or said.pieces
    ]


def _said(question: Question, meaning: Meaning, meant: Meant) -> Said:
    run = meant.run
    several = len(meant.readings) > 1
    worth_saying = meant.changed or several or meaning.accents == ANY_ACCENTS
    choices = [
        Choice(
            " ".join(reading.words),
            reading.articles,
            question.query(q=meaning.asked.saying(run, reading.words), dau=""),
            reading.words in meant.phrases and meaning.accents != ANY_ACCENTS,
        )
        for reading in meant.readings[: SHOWN if run.is_phrase else 2 * SHOWN]
    ]
    if meaning.accents == ANY_ACCENTS or (not run.is_phrase and not run.has_accents):
        kind = "any"
    elif meant.changed:
        kind = "mended" if run.has_accents else "restored"
    else:
        kind = "typed"
    return Said(
        " ".join(run.words),
        kind,
        choices if worth_saying else [],
        [" ".join(word.text for word in piece) for piece in meant.pieces],
        question.query(dau=ANY_ACCENTS, q=" ".join(map(bare, [question.q]))),
        kind == "any",
        question.query(dau=EXACT),
    )

"""How a question was understood, and what else it may mean: one click away."""

from __future__ import annotations

from typing import NamedTuple

from crawler.text.spelling import bare
from publish.desk.filters import ANY_ACCENTS, EXACT, Question
from publish.desk.queries.meaning import SHOWN, Meaning, Meant
from publish.desk.queries.searched import Reading


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
            _asking(question, meaning, meant, reading),
            reading.words in meant.phrases and not meant.free,
        )
        for reading in meant.readings[: SHOWN if run.is_phrase else 2 * SHOWN]
    ]
    if meant.free:
        kind = "any"
    elif meant.changed:
        kind = "mended" if run.has_accents else "restored"
    else:
        kind = "typed"
    return Said(
        " ".join(run.words),
        kind,
        choices if worth_saying else [],
        list(dict.fromkeys(" ".join(word.text for word in piece) for piece in meant.pieces)),
        question.query(dau=ANY_ACCENTS, q=meaning.asked.loosely()),
        kind == "any",
        question.query(dau=EXACT),
    )


def _asking(question: Question, meaning: Meaning, meant: Meant, reading: Reading) -> str:
    """The question that means this reading, and of its other runs what it means already."""
    if any(bare(word) != word for word in reading.words):
        return question.query(q=meaning.asked.saying({meant.run: reading.words}), dau="")
    # Without accents it would be read as any: it is asked for as it is written, and so is the rest.
    known = {one.run: one.phrases[0] for one in meaning.runs if one.phrases}
    return question.query(q=meaning.asked.saying(known | {meant.run: reading.words}), dau=EXACT)


def left_out(meaning: Meaning) -> list[str]:
    """What the articles do not hold: a minus takes one word, or a phrase in quotation marks."""
    return [
        " ".join(meant.run.words if meant.free or not meant.phrases else meant.phrases[0])
        for meant in meaning.excluded
    ]

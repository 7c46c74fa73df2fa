"""Pieces are bounded and complete; whatever becomes of one, every look comes back in its place."""

from __future__ import annotations

from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.archive.articles.unchanged import Unchanged
from crawler.archive.captures import Captured
from crawler.backfill import division as divided
from crawler.backfill.division import Division
from crawler.backfill.looks import DAMAGED, Outcome
from crawler.backfill.pieces import RECORD, cut, tapered
from crawler.items import Article

SAME = Unchanged(is_version=True, is_shown=True)


def look(number: int, *, file: str = "a.warc.gz", offset: int = 0, article: int = 1) -> Captured:
    at = f"2025-06-20T00:{number // 60:02}:{number % 60:02}Z"
    return Captured("p", f"http://p.vn/{number}", at, Path(file), offset, None, article, "k")


PLACES = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 500_000)), max_size=60)


@given(PLACES, st.integers(1, 9), st.integers(1, 400_000))
def test_a_cut_is_complete_in_order_and_bounded(places, most, size):
    looks = [look(n, file=file, offset=at) for n, (file, at) in enumerate(places)]
    pieces = cut(looks, most=most, size=size)
    read = [at for piece in pieces for at in piece]
    assert sorted(read) == list(range(len(looks)))
    in_files = [(str(looks[at].path), looks[at].offset) for at in read]
    assert in_files == sorted(in_files)
    assert all(0 < len(piece) <= most for piece in pieces)


@pytest.mark.parametrize(
    ("offsets", "most", "size", "pieces"),
    [
        ([0, 10, 20, 30], 2, 10**9, [[0, 1], [2, 3]]),
        ([30, 0, 20, 10], 3, 10**9, [[1, 3, 2], [0]]),
        ([0, 900, 1_000, 1_100], 9, 1_000, [[0, 1], [2], [3]]),
        ([0, 10**9], 9, 2 * RECORD, [[0, 1]]),
        ([], 9, 9, []),
    ],
)
def test_where_a_cut_is_made(offsets, most, size, pieces):
    assert cut([look(n, offset=at) for n, at in enumerate(offsets)], most=most, size=size) == pieces


@pytest.mark.parametrize(
    ("lengths", "workers", "wanted"),
    [
        ([8, 8, 8, 5], 1, [8, 8, 2, 2, 2, 2, 2, 2, 1]),
        ([8], 2, [2, 2, 2, 2]),
        ([3, 1], 2, [1, 1, 1, 1]),
        ([], 2, []),
    ],
)
def test_the_last_pieces_are_small(lengths, workers, wanted):
    """Whoever has nothing left waits for a few looks of another one, not for a whole piece."""
    numbers = iter(range(100))
    pieces = [[next(numbers) for _ in range(length)] for length in lengths]
    made = tapered(pieces, workers)
    assert [len(piece) for piece in made] == wanted
    assert [at for piece in made for at in piece] == list(range(sum(lengths)))


class Faulty(Executor):
    """Answers each piece as it is told: by outcomes, by an error, or never."""

    def __init__(self, answer) -> None:
        self.answer, self.asked = answer, []

    def submit(self, fn, /, piece, **kwargs):
        self.asked.append([captured.url for captured in piece])
        future: Future = Future()
        try:
            answer = self.answer(piece)
        except Exception as error:  # noqa: BLE001
            future.set_exception(error)
        else:
            if answer is not None:
                future.set_result(answer)
        return future


def told(captured: Captured, by: str = "") -> Outcome:
    return Outcome(stamp=by + captured.url, article=Article(captured.url, "k"))


def read(executor, looks, *, concerns=(), damaged=(), **sizes):
    """What came of it; a look that was read by itself is marked so."""

    def alone(captured):
        if captured.url in damaged:
            return None
        future: Future = Future()
        future.set_result(None)
        return future, lambda: told(captured, by="alone ")

    made = Division(
        executor, 2, make=lambda pieces, _: pieces, alone=alone,
        concerns=lambda captured, _: concerns, **sizes,
    )  # fmt: skip
    found = [pair for some in made.read(looks) for pair in some]
    assert [captured for captured, _ in found] == looks
    return [outcome for _, outcome in found], made


LOOKS = [look(number, offset=1_000 * (number * 7 % 40)) for number in range(40)]
STAMPS = [captured.url for captured in LOOKS]


@pytest.mark.parametrize("sizes", [{}, {"window": 7, "most": 3}, {"window": 1, "most": 1}])
def test_all_come_back_in_order(sizes):
    outcomes, made = read(Faulty(lambda piece: [told(one) for one in piece]), LOOKS, **sizes)
    assert [outcome.stamp for outcome in outcomes] == STAMPS
    assert made.left_alone == 0


def test_what_a_piece_gives_back_is_handed_out_again():
    executor = Faulty(lambda piece: [told(piece[0])])
    outcomes, made = read(executor, LOOKS, most=5)
    assert [outcome.stamp for outcome in outcomes] == STAMPS
    assert made.left_alone == 0 and len(executor.asked) == len(LOOKS)


@pytest.mark.parametrize("error", [TimeoutError, BrokenProcessPool, MemoryError])
def test_a_piece_that_cost_its_process_is_read_look_by_look(error):
    bomb = min(LOOKS, key=lambda one: one.offset).url  # in a whole piece: the last ones are small

    def answer(piece):
        if bomb in [one.url for one in piece]:
            raise error
        return [told(one) for one in piece]

    outcomes, made = read(Faulty(answer), LOOKS, most=4)
    alone = [outcome.stamp for outcome in outcomes if outcome.stamp.startswith("alone")]
    assert f"alone {bomb}" in alone and len(alone) == made.left_alone == 4
    assert [outcome.stamp.removeprefix("alone ") for outcome in outcomes] == STAMPS


def test_workers_that_never_answer_are_done_without(monkeypatch):
    monkeypatch.setattr(divided, "PATIENCE", 0.02)
    executor = Faulty(lambda piece: None)
    outcomes, made = read(executor, LOOKS, window=8, most=2)
    assert made.left_alone == len(LOOKS)
    assert len(executor.asked) == 2 * 2 * divided.AHEAD  # nobody goes on waiting for ever
    assert [outcome.stamp.removeprefix("alone ") for outcome in outcomes] == STAMPS


def test_a_record_that_a_worker_cannot_read_is_looked_for_here():
    gone, elsewhere = LOOKS[3].url, LOOKS[4].url
    executor = Faulty(
        lambda piece: [DAMAGED if one.url in (gone, elsewhere) else told(one) for one in piece]
    )
    outcomes, _ = read(executor, LOOKS, damaged=(gone,))
    assert outcomes[3].damaged and outcomes[4].stamp == f"alone {elsewhere}"


def test_that_nothing_changes_is_believed_only_while_nothing_else_is_saved():
    """Of two articles one has a look that says something new: all of its looks are told whole."""
    looks = [look(number, article=number % 2) for number in range(30)]

    def answer(piece):
        return [told(one) if one is looks[13] else Outcome(one.url, same=SAME) for one in piece]

    # In one piece, so that what is told of the later look is known before the first is saved.
    outcomes, _ = read(Faulty(answer), looks, concerns=(1,), most=30, window=30)
    for captured, outcome in zip(looks, outcomes, strict=True):
        assert (outcome.same is None) == (captured.article == 1)

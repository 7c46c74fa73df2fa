"""Reading anew in many processes: pieces are handed out, and what they came to comes back in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

from crawler.archive.captures import Captured
from crawler.backfill.looks import DAMAGED, Outcome
from crawler.backfill.pieces import LOOKS, SLICE, Piece, cut, read_piece, tapered
from crawler.extraction_pool import TIMEOUT, in_batches

WINDOW = 1_000  # looks, in the order of time, that are divided by file and offset
AHEAD = 3  # pieces for each worker that are under way or waiting for it
PATIENCE = 4 * (
    SLICE + TIMEOUT
)  # seconds without any answer: whoever has a piece will not give one
TOGETHER = 50  # looks that are handed on at once


@dataclass(slots=True)
class Slot:
    """A look in its place in the order, and what it came to when that is known."""

    captured: Captured
    outcome: Outcome | None = None


Read = tuple[Captured, Outcome]
# Begins to read a look by itself; the outcome is asked for when the future is done. None: damaged.
Alone = Callable[[Captured], tuple[Future[Any], Callable[[], Outcome]] | None]


class Division:
    """Divides looks among the workers of an executor.

    What a worker could not do, having died of a page, been too slow or not found a file, is done
    `alone`, look by look. `concerns` says which articles an outcome may be saved to: of these the
    archive may soon say something else than it did when other looks at them were compared with it.
    """

    def __init__(
        self,
        executor: Executor,
        workers: int,
        *,
        make: Callable[[Sequence[Captured], frozenset[int]], Piece],
        alone: Alone,
        concerns: Callable[[Captured, Outcome], Iterable[int]],
        window: int = WINDOW,
        most: int = LOOKS,
    ) -> None:
        self.left_alone = 0  # looks that no worker could read together with others
        self._executor: Executor | None = executor
        self._workers, self._ahead, self._silences = workers, AHEAD * workers, 0
        self._make, self._alone, self._concerns = make, alone, concerns
        self._window, self._most = window, most
        self._held = 4 * max(window, most * self._ahead)  # looks in memory
        self._order: deque[Slot] = deque()
        self._planned: deque[list[Slot]] = deque()
        self._out: dict[Future[Any], list[Slot] | Callable[[], None]] = {}
        self._done: SimpleQueue[Future[Any]] = SimpleQueue()
        self._suspects: set[int] = set()

    def read(self, looks: Iterable[Captured]) -> Iterator[list[Read]]:
        """All looks in their order with what they came to, some at a time.

        Whoever is given some puts them into the archive before asking for more.
        """
        windows = in_batches(looks, self._window)
        while True:
            self._hand_out(windows)
            if not self._order:
                return
            if self._order[0].outcome is None:
                self._take()
            elif ready := self._ready():
                yield ready

    def _hand_out(self, windows: Iterator[list[Captured]]) -> None:
        while len(self._out) < self._ahead:
            if not self._planned and len(self._order) < self._held:
                self._plan(next(windows, []))
            if not self._planned:
                return
            self._submit(self._planned.popleft())

    def _plan(self, looks: list[Captured]) -> None:
        slots = [Slot(captured) for captured in looks]
        self._order += slots
        pieces = cut(looks, most=self._most)
        if len(looks) < self._window:  # the last
            pieces = tapered(pieces, self._workers)
        self._planned += ([slots[at] for at in piece] for piece in pieces)

    def _submit(self, slots: list[Slot]) -> None:
        if self._executor is None:
            self._leave_alone(slots)
            return
        looks = [slot.captured for slot in slots]
        told = {look.article for look in looks if look.article is not None} & self._suspects
        try:
            future = self._executor.submit(read_piece, self._make(looks, frozenset(told)))
        except RuntimeError:  # it was shut down, or broke
            self._leave_alone(slots)
            return
        self._watch(future, slots)

    def _watch(self, future: Future[Any], of: list[Slot] | Callable[[], None]) -> None:
        self._out[future] = of
        future.add_done_callback(self._done.put)

    def _take(self) -> None:
        """Wait for an answer and put it where it belongs."""
        try:
            future = self._done.get(timeout=PATIENCE)
        except Empty:
            self._give_up()
            return
        given = self._out.pop(future, [])
        if not isinstance(given, list):
            given()
        elif given:
            self._settle(given, future)

    def _give_up(self) -> None:
        """Do without those who have pieces; should one answer after all, nobody listens."""
        self._silences += 1
        if self._silences > 1:
            self._executor = None
        for future, slots in list(self._out.items()):
            if isinstance(slots, list):
                future.cancel()
                del self._out[future]
                self._leave_alone(slots)

    def _settle(self, slots: list[Slot], future: Future[list[Outcome]]) -> None:
        try:
            outcomes = future.result()
        except Exception:  # noqa: BLE001
            # Whatever it was: each look is read again in a process that only it can break.
            self._leave_alone(slots)
            return
        self._silences = 0
        for slot, outcome in zip(slots, outcomes, strict=False):
            if outcome.damaged:  # or that machine does not have the file
                self._read_alone(slot)
            else:
                self._put(slot, outcome)
        if rest := slots[len(outcomes) :]:
            self._planned.appendleft(rest)

    def _leave_alone(self, slots: list[Slot]) -> None:
        self.left_alone += len(slots)
        for slot in slots:
            self._read_alone(slot)

    def _read_alone(self, slot: Slot) -> None:
        begun = self._alone(slot.captured)
        if begun is None:
            self._put(slot, DAMAGED)
            return
        future, outcome = begun
        self._watch(future, lambda: self._put(slot, outcome()))

    def _put(self, slot: Slot, outcome: Outcome) -> None:
        slot.outcome = outcome
        if outcome.same is None:
            self._suspects.update(self._concerns(slot.captured, outcome))

    def _ready(self) -> list[Read]:
        """The first looks in the order that are done; [] when some must be read once more.

        That an article says the same holds only while nothing else is saved to it.
        """
        ready: list[Read] = []
        again: list[Slot] = []
        for slot in self._order:
            if slot.outcome is None or len(ready) == TOGETHER:
                break
            if slot.outcome.same and slot.captured.article in self._suspects:
                slot.outcome = None
                again.append(slot)
            else:
                ready.append((slot.captured, slot.outcome))
        for slot in again:
            self._read_alone(slot)
        if again:
            return []
        for _ in ready:
            self._order.popleft()
        return ready

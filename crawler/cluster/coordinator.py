"""Deals a command's groups to workers, and takes what they bring into one archive, as it comes."""

from __future__ import annotations

import signal
import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from types import FrameType

from crawler.archive.database import Archive, ArchiveBusyError
from crawler.cluster.collection import Collection
from crawler.cluster.lease import Beating, Found, Lease, LostLeaseError, take
from crawler.cluster.store import Store, StoreError
from crawler.cluster.task import Job, Outcome, Task
from crawler.cluster.workers import Workers
from crawler.messages import say, say_short

TRIES = 3  # of a task, each on another worker where there is one
PLACE = "coordinator"
LOOKED = 0.5  # seconds between two looks at who is free


@dataclass(slots=True)
class Dealt:
    """How a job went: groups by what became of them, and what the operator is told beside."""

    done: dict[str, Outcome] = field(default_factory=dict)
    failed: dict[str, Outcome] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)  # never had their turn
    remarks: list[str] = field(default_factory=list)
    interrupted: bool = False


@contextmanager
def coordinating(store: Store, owner: str, lasts: float) -> Iterator[tuple[Lease, Beating]]:
    """Be the only one who deals out of a store. Raises ArchiveBusyError while another one is."""
    first: dict[int, bytes | None] = {}

    def is_alive(found: Found) -> bool:
        if found.ended:
            return False
        beat = store.get(f"{PLACE}/{found.token:08d}/beat.json")
        return first.setdefault(found.token, beat) != beat

    taken = take(store, PLACE, owner, lasts=lasts, enough=is_alive)
    if isinstance(taken, Found):
        raise ArchiveBusyError(say("store_busy", store=store.address, owner=taken.owner))
    with Beating(taken, lasts) as beating:
        try:
            yield taken, beating
        finally:
            with suppress(LostLeaseError, StoreError):
                taken.end(None)


class Coordinator:
    """One job over the groups of portals."""

    def __init__(
        self, archive: Archive, store: Store, workers: Workers, collection: Collection, job: Job,
        *, beating: Beating, patience: float, told: Callable[[str], None],
    ) -> None:  # fmt: skip
        self.dealt = Dealt()
        self._archive, self._store, self._workers = archive, store, workers
        self._collection, self._job, self._beating = collection, job, beating
        self._patience, self._tell = patience, told
        self._tries: Counter[str] = Counter()
        self._avoided: defaultdict[str, set[str]] = defaultdict(set)
        self._going: dict[str, Task] = {}
        self._asked = threading.Event()  # somebody pressed Ctrl-C
        self._at_once = threading.Event()  # and once more

    def deal(
        self,
        groups: Mapping[str, tuple[str, ...]],
        words: Callable[[str, tuple[str, ...]], Task],
        *,
        merged: Callable[[Outcome, tuple[str, ...]], None],
        hours: Callable[[], float | None] = lambda: None,
        most: int | None = None,
    ) -> Dealt:
        """Do it all. `words` makes the task of a group, `merged` is called when one is in the archive.

        `hours`: what is left of the night; nothing is begun any more when it is 0. `most`: tasks at once.
        """
        queue = deque(groups)
        alone_since: float | None = None
        with _signals(self._asked, self._at_once):
            while queue or self._going:
                left = hours()
                if self._ends_here(left is not None and left <= 0):
                    self.dealt.waiting += queue
                    queue.clear()
                if self._at_once.is_set():
                    self._leave(queue)
                    return self.dealt
                room = self._workers.room()
                if room + len(self._going) > 0:
                    alone_since = None
                elif alone_since is None:
                    alone_since = time.monotonic()
                    self._tell(say_short("cluster_alone"))
                elif time.monotonic() - alone_since > self._patience_left():
                    self._give_up(queue)
                    return self.dealt
                if most is not None:
                    room = min(room, most - len(self._going))
                while queue and room > 0:
                    room -= 1
                    self._begin(queue.popleft(), groups, words, left)
                for outcome in self._workers.ended(LOOKED):
                    if again := self._settle(outcome, groups, merged):
                        queue.append(again)
        return self.dealt

    def _ends_here(self, out_of_time: bool) -> bool:
        if self._asked.is_set() and not self.dealt.interrupted:
            self.dealt.interrupted = True
            self._tell(say_short("cluster_stopping", count=len(self._going)))
            self._store.put(self._job.stop, b"stop")
        if self._beating.over.is_set():
            raise ArchiveBusyError(say("store_taken", store=self._store.address))
        return out_of_time or self.dealt.interrupted

    def _patience_left(self) -> float:
        """Seconds without any worker: whoever waits for an end waits as long as for the dead."""
        return min(self._patience, self._job.lasts) if self.dealt.interrupted else self._patience

    def _begin(
        self, group: str, groups: Mapping[str, tuple[str, ...]],
        words: Callable[[str, tuple[str, ...]], Task], left: float | None,
    ) -> None:  # fmt: skip
        task = replace(words(group, groups[group]), hours=left)
        self._collection.collect(group)  # what a task of an earlier coordinator has left meanwhile
        task = self._collection.seeded(task, self._job.id)
        self._going[group] = task
        self._workers.begin(self._job, task, but=frozenset(self._avoided[group]))

    def _settle(
        self, outcome: Outcome, groups: Mapping[str, tuple[str, ...]],
        merged: Callable[[Outcome, tuple[str, ...]], None],
    ) -> str | None:  # fmt: skip
        """Take in what a task brought; the group's name when it has to be done again."""
        group = outcome.group
        if self._going.pop(group, None) is None:
            return None
        for worker in outcome.silent:
            self._remark("cluster_silent", group=group, worker=worker, by=outcome.worker)
        if outcome.trouble is None and outcome.exit_code in (0, 1):
            self._collection.collect(group)
            if not self._job.keeps or self._collection.has(group, outcome.token):
                self.dealt.done[group] = outcome
                merged(outcome, groups[group])
                return None
            outcome = replace(outcome, trouble="gone", exit_code=74)
        if outcome.trouble is None:
            self.dealt.failed[group] = outcome
            return None
        if outcome.trouble == "stopped":
            self.dealt.waiting.append(group)
            return None
        self._tries[group] += 1
        self._avoided[group].add(outcome.address)
        why = say(f"trouble_{outcome.trouble}")
        detail = _last_line(outcome.said)
        again = self._tries[group] < TRIES and not self.dealt.interrupted
        self._remark(
            "cluster_again" if again else "cluster_failed",
            group=group, worker=outcome.worker, why=why, detail=detail,
        )  # fmt: skip
        if again:
            return group
        if self.dealt.interrupted and outcome.exit_code != 74:
            self.dealt.waiting.append(group)  # it was stopped before it had anything
        else:
            self.dealt.failed[group] = outcome
        return None

    def _give_up(self, queue: deque[str]) -> None:
        self._remark("cluster_nobody", seconds=round(self._patience_left()))
        self._leave(queue)

    def _leave(self, queue: deque[str]) -> None:
        """Wait for nobody any more: what tasks still bring, the next command takes in."""
        self.dealt.waiting += [*self._going, *queue]
        self._going.clear()

    def _remark(self, code: str, **values: object) -> None:
        line = say_short(code, **values)
        self.dealt.remarks.append(line)
        self._tell(line)


def _last_line(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1][:300] if lines else "-"


@contextmanager
def _signals(asked: threading.Event, at_once: threading.Event) -> Iterator[None]:
    """Ctrl-C and SIGTERM ask for an end in order; a second time, to wait for nobody; then, for an end."""

    def hear(number: int, frame: FrameType | None) -> None:
        if at_once.is_set():
            raise KeyboardInterrupt
        (at_once if asked.is_set() else asked).set()

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, hear) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

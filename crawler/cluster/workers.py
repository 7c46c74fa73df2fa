"""Whoever does the tasks: this machine alone, or all that a scheduler knows (dask.py)."""

from __future__ import annotations

import os
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from typing import Protocol

from crawler.cluster.task import Job, Outcome, Task, perform


class Workers(Protocol):
    """Does tasks. One that nobody can say the outcome of any more comes back as trouble, too."""

    def room(self) -> int:
        """How many tasks may be begun now; none while no worker is there."""

    def begin(self, job: Job, task: Task, *, but: frozenset[str]) -> None:
        """Begin a task, on none of these workers as long as there are others."""

    def ended(self, seconds: float) -> list[Outcome]:
        """What has ended; waits at most so long for something."""

    def close(self) -> None: ...


class LocalWorkers:
    """This machine: a command a core, as the store's only worker."""

    def __init__(self, count: int | None = None) -> None:
        self._count = count or os.cpu_count() or 1
        self._threads = ThreadPoolExecutor(self._count, thread_name_prefix="shard")
        self._going: set[Future[Outcome]] = set()

    def room(self) -> int:
        return self._count - len(self._going)

    def begin(self, job: Job, task: Task, *, but: frozenset[str]) -> None:
        self._going.add(self._threads.submit(perform, job, task))

    def ended(self, seconds: float) -> list[Outcome]:
        done, self._going = wait(self._going, timeout=seconds, return_when=FIRST_COMPLETED)
        return [replace(future.result(), address="local") for future in done]

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

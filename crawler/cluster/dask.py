"""Dask's scheduler and workers. The only user of distributed."""

from __future__ import annotations

import itertools
import logging
import time
from contextlib import suppress
from dataclasses import replace
from typing import Any

from distributed import Client, get_worker
from distributed.cfexecutor import ClientExecutor
from distributed.comm.core import CommClosedError

from crawler.archive.database import ArchiveError
from crawler.backfill.processes import Readers
from crawler.cluster.task import Job, Outcome, Task, perform
from crawler.messages import say

AWAY = (OSError, TimeoutError, CommClosedError, ValueError)


class SchedulerError(ArchiveError):
    """There is no scheduler at that address. Exit code 1."""

    exit_code = 1


class DaskWorkers:
    """All workers of one scheduler; a scheduler that comes back is found again."""

    def __init__(self, address: str, connect: float) -> None:
        """`connect`: seconds for one try at the scheduler. Raises SchedulerError."""
        self._address, self._connect = address, connect
        self._client: Client | None = None
        self._numbers = itertools.count(1)
        self._going: dict[Any, Task] = {}
        self._lost: list[Outcome] = []
        self._tried = 0.0
        self._client = _client(address, connect)

    def room(self) -> int:
        threads = self._threads()
        return sum(threads.values()) - len(self._going)

    def begin(self, job: Job, task: Task, *, but: frozenset[str]) -> None:
        others = [address for address in self._threads() if address not in but]
        if self._client is None:
            self._lost.append(_away(task))
            return
        key = f"{job.command}-{task.group}-{job.id}-{next(self._numbers)}"
        try:
            future = self._client.submit(
                on_worker, job, task, key=key, pure=False, retries=0, workers=others or None
            )
        except AWAY:
            self._lost.append(_away(task))
            return
        self._going[future] = task

    def ended(self, seconds: float) -> list[Outcome]:
        until = time.monotonic() + seconds
        while True:
            found, self._lost = self._lost, []
            for future, task in list(self._going.items()):
                if future.done():
                    del self._going[future]
                    found.append(_outcome(future, task))
            if found or time.monotonic() >= until:
                return found
            time.sleep(0.1)

    def close(self) -> None:
        if self._client is not None:
            with suppress(*AWAY):
                self._client.close(timeout=5)

    def _threads(self) -> dict[str, int]:
        """Each worker's threads; of a scheduler that went away, none."""
        if self._client is None or self._client.status not in ("running", "connecting"):
            self._reconnect()
        if self._client is None:
            return {}
        try:
            return dict(self._client.nthreads())
        except AWAY:
            self._reconnect()
            return {}

    def _reconnect(self) -> None:
        """What was going is nobody's task any more: whoever does it again finds it done, or does it."""
        self._lost += [_away(task) for task in self._going.values()]
        self._going.clear()
        if self._client is not None:
            self.close()
            self._client = None
        if time.monotonic() - self._tried < 1:
            return
        self._tried = time.monotonic()
        with suppress(SchedulerError):
            self._client = _client(self._address, self._connect)


def on_worker(job: Job, task: Task) -> Outcome:
    """`perform`, on a disk of the worker's own choice (`dask worker --local-directory`)."""
    worker = get_worker()
    outcome = perform(job, task, scratch=worker.local_directory)
    return replace(outcome, address=worker.address)


def executor(address: str, connect: float) -> Readers:
    """The workers of a scheduler as an Executor; it lets go of them when it is shut down.

    Raises SchedulerError when nobody answers there, or no worker is there yet.
    """
    found = _Executor(_client(address, connect))
    if not found.count:
        found.shutdown()
        raise SchedulerError(say("scheduler_alone", address=address))
    return found


class _Executor(ClientExecutor, Readers):
    def __init__(self, client: Client) -> None:
        super().__init__(client, pure=False)
        self.count = sum(client.nthreads().values())

    def shutdown(self, wait: bool = True, **more: Any) -> None:
        super().shutdown(wait=wait, **more)
        self._client.close(timeout=5)


def _client(address: str, connect: float) -> Client:
    # What it says of a scheduler that went away are tracebacks; whoever deals says it in a sentence.
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    try:
        return Client(address, timeout=connect, set_as_default=False, name="khcn")
    except AWAY as error:
        detail = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise SchedulerError(say("scheduler_away", address=address, detail=detail[:200])) from None


def _outcome(future: Any, task: Task) -> Outcome:
    if future.status == "finished":
        return future.result()
    if future.status != "error":
        return _away(task)
    error = future.exception()
    said = f"{type(error).__name__}: {error}".splitlines()[0][:300]
    last = getattr(error, "last_worker", None)  # of a task that workers died over
    if last is None:
        return replace(_away(task), said=said, trouble="unfit")
    return replace(
        _away(task), said=said, trouble="killed", worker=last.address, address=last.address
    )


def _away(task: Task) -> Outcome:
    return Outcome(task.group, "?", trouble="away", exit_code=1)

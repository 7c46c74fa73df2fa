"""Work in processes that can be killed: one bad input costs a worker, never whoever waits for it."""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from pebble import ProcessPool

Found = TypeVar("Found")

TRIES = 3  # pools that may break under a piece of work before it is given up
WATCHED = 1.0  # seconds between two looks at the pool
GARBAGE = 50_000  # objects between two runs of the garbage collector: a large page makes thousands
GRACE = 5.0  # seconds a pool may take to start


@dataclass(slots=True)
class _Submission:
    """What was given to a pool: how often, to which one now, and when."""

    arguments: tuple[Any, ...]
    pool: ProcessPool | None = None
    tries: int = 0
    sent: float = 0.0  # when, on time.monotonic's clock


class WorkerPool(Generic[Found]):
    """A pool of processes, started when the first work comes; a subclass says what they do."""

    work: ClassVar[Callable[..., Any]]  # a function of a module, wrapped in staticmethod
    memory: ClassVar[int]  # bytes of address space of a worker
    tasks: ClassVar[int]  # pieces of work before a worker makes way for a fresh one
    preload: ClassVar[tuple[str, ...]] = ()  # modules that each of them needs

    def __init__(self, count: int | None, *, timeout: float) -> None:
        self.count = count or os.cpu_count() or 1
        self._timeout = timeout
        self._pool: ProcessPool | None = None
        self._lock = threading.RLock()
        self._waiting: dict[Future[Found], _Submission] = {}
        self._answered = 0.0  # when the last answer came
        self._closed = threading.Event()
        self._watcher: threading.Thread | None = None

    def prepare(self) -> None:
        """Begin to load what the processes need, while whoever will give them work has other things to do."""
        _context(self.preload)
        with suppress(OSError):  # it is tried again when there is work
            forkserver.ensure_running()

    def submit(self, *arguments: Any) -> Future[Found]:
        """Have `work` done on the arguments in a worker."""
        wanted: Future[Found] = Future()
        wanted.set_running_or_notify_cancel()
        submission = _Submission(arguments)
        with self._lock:
            self._waiting[wanted] = submission
            self._send(wanted, submission)
        return wanted

    def _send(self, wanted: Future[Found], submission: _Submission) -> None:
        """Give work to the pool; to a new one when the old one is broken."""
        submission.tries += 1
        if submission.tries > TRIES:
            self._done(wanted, error=BrokenProcessPool(f"no worker lived, {TRIES} times"))
            return
        try:
            if self._pool is None:
                self._pool = _start(self.count, self.memory, self.tasks, self.preload)
                if self._watcher is None:
                    self._watcher = threading.Thread(target=self._watch, daemon=True)
                    self._watcher.start()
            submission.pool = self._pool
            submission.sent = time.monotonic()
            sent = self._pool.schedule(
                type(self).work, args=submission.arguments, timeout=self._timeout
            )
        except RuntimeError:
            self._replace(submission.pool)
        except OSError as error:
            self._done(wanted, error=error)
        else:
            pool = submission.pool
            sent.add_done_callback(lambda answer: self._settle(wanted, submission, pool, answer))

    def _settle(
        self,
        wanted: Future[Found],
        submission: _Submission,
        pool: ProcessPool | None,
        answer: Future[Found],
    ) -> None:
        error = answer.exception() if not answer.cancelled() else BrokenProcessPool("stopped")
        if isinstance(error, BrokenProcessPool):
            self._replace(pool)
        elif submission.pool is pool:
            self._done(wanted, None if error else answer.result(), error)

    def _replace(self, broken: ProcessPool | None) -> None:
        """Start anew with all that a broken pool had not done.

        A pool breaks when a worker is killed from outside while it waits: by the kernel, out of
        memory, or by an operator.
        """
        with self._lock:
            if self._closed.is_set() or broken is None or self._pool is not broken:
                return
            self._pool = None
            threading.Thread(target=_stop, args=(broken,), daemon=True).start()
            for wanted, submission in list(self._waiting.items()):
                if submission.pool is broken:
                    self._send(wanted, submission)

    def _watch(self) -> None:
        """Notice a pool that broke while nobody was giving it anything, and one that is stuck.

        A worker that is killed while it takes work takes that along, or the lock under which
        all of them take theirs: nobody ever answers.
        """
        while not self._closed.wait(WATCHED):
            pool = self._pool
            if pool is not None and (not pool.active or self._is_stuck()):
                self._replace(pool)

    def _is_stuck(self) -> bool:
        """No answer for longer than work may take, or one piece passed over by all others."""
        with self._lock:
            now = time.monotonic()
            if not self._waiting:
                return False
            oldest = min(submission.sent for submission in self._waiting.values())
            silent = now - max(self._answered, oldest) > self._timeout + GRACE
            queue = self._timeout * (1 + len(self._waiting) / self.count) + GRACE
            return silent or now - oldest > queue

    def _done(self, wanted: Future[Found], found: Found | None = None, error: Any = None) -> None:
        """Hand out what came of a piece of work: what was found, or the error that kept it from being done."""
        with self._lock:
            if self._waiting.pop(wanted, None) is None:
                return
            self._answered = time.monotonic()
        if found is None:
            wanted.set_exception(error)
        else:
            wanted.set_result(found)

    def close(self) -> None:
        with self._lock:
            self._closed.set()
            pool, self._pool = self._pool, None
        if pool is not None:
            _stop(pool)


def _stop(pool: ProcessPool) -> None:
    pool.stop()
    pool.join()


def _start(count: int, memory: int, tasks: int, preload: tuple[str, ...]) -> ProcessPool:
    return ProcessPool(
        max_workers=count, max_tasks=tasks, context=_context(preload),
        initializer=partial(_bound, memory),
    )  # fmt: skip


def _context(preload: tuple[str, ...]) -> ForkServerContext:
    # A fork server without Scrapy's threads and sockets; what every worker needs is loaded once.
    context = multiprocessing.get_context("forkserver")
    # It is one for all pools of a process: what reads pages is there, whoever starts it.
    context.set_forkserver_preload(["crawler.extract.page", "trafilatura", *preload])
    script = sys.modules["__main__"]
    if script.__spec__ is None and Path(getattr(script, "__file__", None) or "").name == "scrapy":
        script.__file__ = None  # or each worker runs that script anew, and loads all of Scrapy
    return context


def _bound(memory: int) -> None:
    """In a worker process: bound its memory, and leave Ctrl-C to the crawl that started it."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    gc.set_threshold(GARBAGE)
    gc.freeze()  # what a worker starts with is never looked at again
    signal.signal(signal.SIGINT, signal.SIG_IGN)

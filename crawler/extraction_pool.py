"""Extraction in processes that can be killed: one bad page costs a worker, never the crawl."""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, TimeoutError
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from crawler.documents.media_types import UNKNOWN
from crawler.documents.model import DocumentReading
from crawler.http.limits import MAX_BODY
from crawler.items import Expected, Fetched, Reading, Refusal
from crawler.portals.model import Portal

T = TypeVar("T")

TIMEOUT = 20.0  # seconds of wall clock for a page; the heaviest real ones take 0.1
MEMORY = 2**30  # bytes of address space
DOCUMENT_TIMEOUT = 60.0  # seconds for an attached file; 2,000 pages of text take 20
OCR_TIMEOUT = 600.0  # for one whose pages are recognised, a second or two each
DOCUMENT_MEMORY = 600 * 2**20
DOCUMENTS_PER_WORKER = 500
PAGES_PER_WORKER = 2_000  # lxml keeps what it interned; a fresh process gives it back
TRIES = 3  # pools that may break under a page before it is given up
WATCHED = 1.0  # seconds between two looks at the pool
GARBAGE = 50_000  # objects between two runs of the garbage collector: a large page makes thousands
GRACE = 5.0  # seconds a pool may take to start
# Pages read ahead for each worker, enough to keep it busy while others are saved; and their bytes.
AHEAD, AHEAD_BYTES = 40, 32 * 2**20


@dataclass(frozen=True, slots=True)
class ExtractionJob:
    """A page to be read, and what its reader needs to know; `place` says where it came from."""

    fetched: Fetched
    portal: Portal
    key: str = ""
    expect: Expected | None = None
    place: Any = None
    boilerplate: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Submission:
    """A page that was given to a pool: how often, to which one now, and when."""

    arguments: tuple[Any, ...]
    pool: ProcessPool | None = None
    tries: int = 0
    sent: float = 0.0  # when, on time.monotonic's clock


class _Workers:
    """Processes that do one thing to what they are given, started when the first comes."""

    def __init__(
        self, count: int | None, work: Callable[..., Any], timeout: float, memory: int, tasks: int
    ) -> None:
        self._count = count or os.cpu_count() or 1
        self._work, self._timeout, self._memory, self._tasks = work, timeout, memory, tasks
        self._pool: ProcessPool | None = None
        self._lock = threading.RLock()
        self._unread: dict[Future[Any], _Submission] = {}
        self._answered = 0.0  # when the last answer came
        self._closed = threading.Event()
        self._watcher: threading.Thread | None = None

    def _submit(self, *arguments: Any) -> Future[Any]:
        reading: Future[Any] = Future()
        reading.set_running_or_notify_cancel()
        submission = _Submission(arguments)
        with self._lock:
            self._unread[reading] = submission
            self._send(reading, submission)
        return reading

    def _send(self, reading: Future[Any], submission: _Submission) -> None:
        """Give a page to the pool; to a new one when the old one is broken."""
        submission.tries += 1
        if submission.tries > TRIES:
            self._done(reading, error=BrokenProcessPool(f"no worker lived, {TRIES} times"))
            return
        try:
            if self._pool is None:
                self._pool = _start(self._count, self._memory, self._tasks)
                if self._watcher is None:
                    self._watcher = threading.Thread(target=self._watch, daemon=True)
                    self._watcher.start()
            submission.pool = self._pool
            submission.sent = time.monotonic()
            sent = self._pool.schedule(self._work, args=submission.arguments, timeout=self._timeout)
        except RuntimeError:
            self._replace(submission.pool)
        except OSError as error:
            self._done(reading, error=error)
        else:
            pool = submission.pool
            sent.add_done_callback(lambda answer: self._settle(reading, submission, pool, answer))

    def _settle(
        self,
        reading: Future[Any],
        submission: _Submission,
        pool: ProcessPool | None,
        answer: Future[Any],
    ) -> None:
        error = answer.exception() if not answer.cancelled() else BrokenProcessPool("stopped")
        if isinstance(error, BrokenProcessPool):
            self._replace(pool)
        elif submission.pool is pool:
            self._done(reading, None if error else answer.result(), error)

    def _replace(self, broken: ProcessPool | None) -> None:
        """Start anew with all pages that a broken pool had not read.

        A pool breaks when a worker is killed from outside while it waits: by the kernel, out of
        memory, or by an operator.
        """
        with self._lock:
            if self._closed.is_set() or broken is None or self._pool is not broken:
                return
            self._pool = None
            threading.Thread(target=_stop, args=(broken,), daemon=True).start()
            for reading, submission in list(self._unread.items()):
                if submission.pool is broken:
                    self._send(reading, submission)

    def _watch(self) -> None:
        """Notice a pool that broke while nobody was giving it anything, and one that is stuck.

        A worker that is killed while it takes a page takes along the page, or the lock under which
        all of them take theirs: nobody ever answers.
        """
        while not self._closed.wait(WATCHED):
            pool = self._pool
            if pool is not None and (not pool.active or self._is_stuck()):
                self._replace(pool)

    def _is_stuck(self) -> bool:
        """No answer for longer than a page may take, or one page passed over by all others."""
        with self._lock:
            now = time.monotonic()
            if not self._unread:
                return False
            oldest = min(submission.sent for submission in self._unread.values())
            silent = now - max(self._answered, oldest) > self._timeout + GRACE
            queue = self._timeout * (1 + len(self._unread) / self._count) + GRACE
            return silent or now - oldest > queue

    def _done(self, reading: Future[Any], found: Any = None, error: Any = None) -> None:
        """Hand out what came of a page: its reading, or the error that kept it from being read."""
        with self._lock:
            if self._unread.pop(reading, None) is None:
                return
            self._answered = time.monotonic()
        if found is None:
            reading.set_exception(error)
        else:
            reading.set_result(found)

    def close(self) -> None:
        with self._lock:
            self._closed.set()
            pool, self._pool = self._pool, None
        if pool is not None:
            _stop(pool)


class ExtractionPool(_Workers):
    """A pool of processes that extract pages."""

    def __init__(
        self, count: int | None = None, *, timeout: float = TIMEOUT, largest: int = MAX_BODY
    ) -> None:
        super().__init__(count, _read, timeout, MEMORY, PAGES_PER_WORKER)
        self.largest = largest  # bytes of a page

    def read(
        self,
        fetched: Fetched,
        portal: Portal,
        *,
        key: str = "",
        expect: Expected | None = None,
        boilerplate: frozenset[str] = frozenset(),
        links: bool = True,
    ) -> Future[Reading]:
        """Extract a page in a worker; `reading_of` turns the future into a Reading.

        Without `links` those of the page stay behind: nobody follows them.
        """
        return self._submit(fetched, portal, key, expect, boilerplate, self.largest, links)

    def read_job(self, job: ExtractionJob) -> Future[Reading]:
        """Extract a page whose links nobody follows."""
        return self.read(
            job.fetched,
            job.portal,
            key=job.key,
            expect=job.expect,
            boilerplate=job.boilerplate,
            links=False,
        )

    def read_all(self, jobs: Iterable[ExtractionJob]) -> Iterator[tuple[ExtractionJob, Reading]]:
        """Extract many pages on all cores; results come in the order of the jobs."""
        ahead: deque[tuple[ExtractionJob, Future[Reading]]] = deque()
        held = 0
        for job in jobs:
            ahead.append((job, self.read_job(job)))
            held += len(job.fetched.body)
            while len(ahead) >= self._count * AHEAD or held > AHEAD_BYTES:
                done, future = ahead.popleft()
                held -= len(done.fetched.body)
                yield done, reading_of(future)
        while ahead:
            done, future = ahead.popleft()
            yield done, reading_of(future)


class DocumentPool(_Workers):
    """A pool of processes that read attached files; with `ocr` they recognise scans."""

    def __init__(
        self, count: int | None = None, *, ocr: bool = False, timeout: float | None = None
    ) -> None:
        limit = timeout or (OCR_TIMEOUT if ocr else DOCUMENT_TIMEOUT)
        super().__init__(count, _read_document, limit, DOCUMENT_MEMORY, DOCUMENTS_PER_WORKER)
        self._ocr = ocr

    def read(
        self, content: bytes, *, name: str = "", media_type: str | None = None
    ) -> Future[DocumentReading]:
        """Read a file in a worker; `document_of` turns the future into a DocumentReading."""
        return self._submit(content, name, media_type, self._ocr)


def document_of(future: Future[DocumentReading]) -> DocumentReading:
    """What a file holds, or the name of what became of the worker that read it."""
    try:
        return future.result()
    except TimeoutError:
        problem = "timeout"
    except MemoryError:
        problem = "memory"
    except Exception:  # noqa: BLE001
        # A file that breaks its reader, or the process around it, is named, and the next is read.
        problem = "crashed"
    return DocumentReading(UNKNOWN, problem=problem)


def reading_of(future: Future[Reading]) -> Reading:
    """The page's reading, or the named refusal of a page that cost a worker its life."""
    try:
        return future.result()
    except TimeoutError:
        return Reading(refusal=Refusal("extraction_timeout", f"{TIMEOUT:.0f} s"))
    except MemoryError:
        return Reading(refusal=Refusal("extraction_memory", f"{MEMORY // 2**20} MiB"))
    except BrokenProcessPool as error:
        return Reading(refusal=Refusal("extraction_crashed", str(error)))
    except ProcessExpired as error:
        return Reading(refusal=Refusal("extraction_crashed", f"exit {error.exitcode}"))
    except Exception as error:  # noqa: BLE001
        # A page that breaks the extractor is refused with the reason, and the crawl goes on.
        return Reading(
            refusal=Refusal("extraction_error", f"{type(error).__name__}: {error}"[:200])
        )


def in_batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Consecutive items, `size` at a time."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def _stop(pool: ProcessPool) -> None:
    pool.stop()
    pool.join()


def _start(count: int, memory: int, tasks: int) -> ProcessPool:
    # A fork server without Scrapy's threads and sockets; what every worker needs is loaded once.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["crawler.extract.page", "trafilatura"])
    script = sys.modules["__main__"]
    if script.__spec__ is None and Path(getattr(script, "__file__", None) or "").name == "scrapy":
        script.__file__ = None  # or each worker runs that script anew, and loads all of Scrapy
    return ProcessPool(
        max_workers=count, max_tasks=tasks, context=context, initializer=_bound, initargs=(memory,)
    )


def _bound(memory: int) -> None:
    """In a worker process: bound its memory, and leave Ctrl-C to the crawl that started it."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    gc.set_threshold(GARBAGE)
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _read(
    fetched: Fetched,
    portal: Portal,
    key: str,
    expect: Expected | None,
    boilerplate: frozenset[str],
    largest: int,
    links: bool,
) -> Reading:
    from crawler.extract.page import read_page

    reading = read_page(
        fetched,
        portal,
        key=key,
        expect=expect,
        boilerplate=boilerplate,
        largest=largest,
        follow=links and not portal.described,
    )
    if not links:
        reading.links = []
    return reading


def _read_document(content: bytes, name: str, media_type: str | None, ocr: bool) -> DocumentReading:
    from crawler.documents.reader import read_document

    reading = read_document(content, name=name, media_type=media_type, ocr=ocr)
    gc.collect()  # trees of XML weigh nothing to the collector; what was there at the start is frozen
    return reading

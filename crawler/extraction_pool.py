"""Extraction in processes that can be killed: one bad page costs a worker, never the crawl."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, TimeoutError
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from pebble import ProcessExpired

from crawler.http.limits import MAX_BODY
from crawler.items import Expected, Fetched, Reading, Refusal
from crawler.portals.model import Portal
from crawler.worker_pool import WorkerPool

T = TypeVar("T")

TIMEOUT = 20.0  # seconds of wall clock for a page; the heaviest real ones take 0.1
MEMORY = 2**30  # bytes of address space
PAGES_PER_WORKER = 2_000  # lxml keeps what it interned; a fresh process gives it back
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
    rescue: Rescue | None = None


@dataclass(frozen=True, slots=True)
class Rescue:
    """What is asked of a page out of a web archive, beside its article."""

    entries: bool = False  # a list's headlines, with their dates
    sold: bool = False  # its domain had another owner by then: only an office's page is believed


def _read(
    fetched: Fetched,
    portal: Portal,
    key: str,
    expect: Expected | None,
    boilerplate: frozenset[str],
    largest: int,
    links: bool,
    rescue: Rescue | None,
) -> Reading:
    from crawler.extract.page import read_page
    from crawler.extract.rescued import look_again

    reading = read_page(
        fetched,
        portal,
        key=key,
        expect=expect,
        boilerplate=boilerplate,
        largest=largest,
        follow=links and not portal.described,
    )
    if rescue:
        look_again(reading, fetched, entries=rescue.entries, sold_by_then=rescue.sold)
    if not links:
        reading.links = []
    return reading


class ExtractionPool(WorkerPool[Reading]):
    """A pool of extracting processes, started when the first page comes."""

    work = staticmethod(_read)
    memory = MEMORY
    tasks = PAGES_PER_WORKER

    def __init__(
        self, count: int | None = None, *, timeout: float = TIMEOUT, largest: int = MAX_BODY
    ) -> None:
        super().__init__(count, timeout=timeout)
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
        rescue: Rescue | None = None,
    ) -> Future[Reading]:
        """Extract a page in a worker; `reading_of` turns the future into a Reading.

        Without `links` those of the page stay behind: nobody follows them.
        """
        return self.submit(fetched, portal, key, expect, boilerplate, self.largest, links, rescue)

    def read_job(self, job: ExtractionJob) -> Future[Reading]:
        """Extract a page whose links nobody follows."""
        return self.submit(*_arguments(job, self.largest))

    def read_all(self, jobs: Iterable[ExtractionJob]) -> Iterator[tuple[ExtractionJob, Reading]]:
        """Extract many pages on all cores; results come in the order of the jobs."""
        ahead: deque[tuple[ExtractionJob, Future[Reading]]] = deque()
        held = 0
        for job in jobs:
            ahead.append((job, self.read_job(job)))
            held += len(job.fetched.body)
            while len(ahead) >= self.count * AHEAD or held > AHEAD_BYTES:
                done, future = ahead.popleft()
                held -= len(done.fetched.body)
                yield done, reading_of(future)
        while ahead:
            done, future = ahead.popleft()
            yield done, reading_of(future)


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


def read_here(job: ExtractionJob, largest: int) -> Reading:
    """Extract a page in this very process, which must be one that may be killed."""
    future: Future[Reading] = Future()
    try:
        future.set_result(_read(*_arguments(job, largest)))
    except Exception as error:  # noqa: BLE001
        future.set_exception(error)
    return reading_of(future)


def _arguments(job: ExtractionJob, largest: int) -> tuple[Any, ...]:
    """What `_read` is given of a page whose links nobody follows."""
    return (
        job.fetched, job.portal, job.key, job.expect, job.boilerplate, largest, False, job.rescue,
    )  # fmt: skip


def in_batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Consecutive items, `size` at a time."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch

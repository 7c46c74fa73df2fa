"""An executor whose processes can be killed: a page that costs one is read by itself afterwards."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, ParamSpec, TypeVar

from crawler.backfill.pieces import LOOKS, SLICE
from crawler.extraction_pool import MEMORY, PAGES_PER_WORKER, TIMEOUT
from crawler.worker_pool import WorkerPool

P = ParamSpec("P")
T = TypeVar("T")


def _call(work: Callable[..., Any], arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
    return work(*arguments, **named)


class _Workers(WorkerPool[Any]):
    work = staticmethod(_call)
    memory = MEMORY
    tasks = PAGES_PER_WORKER // LOOKS
    preload = ("crawler.backfill.pieces",)


class Readers(Executor):
    """Whoever reads pieces, so many at once."""

    count: int


class Processes(Readers):
    """So many processes, bounded in memory; one that is too long at a piece is killed."""

    def __init__(self, count: int | None = None, *, timeout: float = SLICE + TIMEOUT) -> None:
        self._workers = _Workers(count, timeout=timeout)
        self._workers.prepare()  # pieces come when the rules and the archive have been looked at
        self.count = self._workers.count

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have it done in one of the processes; errors are those of `WorkerPool.submit`."""
        return self._workers.submit(fn, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Kill the processes, whatever they are at."""
        self._workers.close()

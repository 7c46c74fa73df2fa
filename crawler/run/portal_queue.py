"""Portals of a run in a queue: PORTALS_AT_ONCE are crawled, the next starts when one is done."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from scrapy.crawler import AsyncCrawlerProcess

from crawler.run.run import Run


class PortalQueue:
    """Starts a portal's crawler when it has its turn: a crawler that waits costs nothing."""

    def __init__(
        self,
        process: AsyncCrawlerProcess,
        run: Run,
        names: Iterable[str],
        arguments: Mapping[str, str],
        *,
        then: Callable[[], None] | None = None,
    ) -> None:
        self._process = process
        self._run = run
        self._names = deque(names)
        self._arguments = arguments
        self._then, self._going = then, 0  # what begins when no portal is going any more

    @property
    def waiting(self) -> list[str]:
        """The portals that have not had their turn."""
        return list(self._names)

    def begin(self) -> None:
        for _ in range(max(1, self._process.settings.getint("PORTALS_AT_ONCE"))):
            self._next()

    def _next(self) -> None:
        while self._names and not (self._run.stopping or self._run.storage.failure):
            name = self._names.popleft()
            try:
                crawler = self._run.attach(self._process.create_crawler(name))
                task = self._process.crawl(crawler, **self._arguments)
            except Exception as error:  # noqa: BLE001
                self._run.ledger.never_began(name, f"{type(error).__name__}: {error}")
                continue
            task.add_done_callback(partial(self._done, name))
            self._going += 1
            return

    def _done(self, name: str, task: asyncio.Task[None]) -> None:
        """Start the next portal; an error while a spider was made is booked as its portal's failure."""
        error = None if task.cancelled() else task.exception()
        if error:
            self._run.ledger.never_began(name, f"{type(error).__name__}: {error}")
        self._going -= 1
        self._next()
        if not self._going and self._then is not None:
            self._then()

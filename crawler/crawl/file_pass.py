"""After the pages of a night: the files, portal by portal, a few portals at once."""

from __future__ import annotations

import asyncio
from collections import deque

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.spiderloader import get_spider_loader

from crawler.clock import now
from crawler.crawl.file_spider import FileSpider
from crawler.run.portal_run import PortalRun
from crawler.run.run import Run


class FilePass:
    """Begins when the last page of the run is saved: files cost the articles of a night nothing."""

    def __init__(self, process: AsyncCrawlerProcess, run: Run) -> None:
        self._process, self._run = process, run
        self._waiting: deque[PortalRun] = deque()
        self._begun = False

    def begin(self) -> None:
        run, settings = self._run, self._process.settings
        if self._begun or run.stopping or run.storage.failure or not settings.getbool("FILES"):
            return
        self._begun = True
        self._waiting.extend(
            going for going in run.portals.values() if not going.crash and self._has_work(going)
        )
        for _ in range(max(1, settings.getint("FILE_PORTALS_AT_ONCE"))):
            self._next()

    def _has_work(self, going: PortalRun) -> bool:
        """Whether any file of a portal is wanted, due, or has not been read."""
        portal = going.portal.slug
        return bool(
            self._run.archive.conn.execute(
                "select exists (select 1 from _frontier where portal = :portal and state = 'wanted') "
                "or exists (select 1 from _frontier where portal = :portal and due <= :now "
                "and kind = 'file') or exists (select 1 from files join article_files on file = sha256 "
                "join articles on articles.id = article where text_from is null "
                "and portal = :portal)",
                {"portal": portal, "now": now()},
            ).fetchone()[0]
        )

    def _next(self) -> None:
        run = self._run
        if not self._waiting or run.stopping or run.out_of_time or run.storage.failure:
            return
        portal = self._waiting.popleft().portal
        crawler = run.attach(self._process.create_crawler(FileSpider))
        loader = get_spider_loader(self._process.settings)
        if portal.slug in loader.list():
            # What its spider says of requests holds for its files, too: the pause between them.
            own = loader.load(portal.slug).custom_settings or {}
            crawler.settings.setdict(own, priority="spider")
            FileSpider.update_settings(crawler.settings)
        self._process.crawl(crawler, portal=portal).add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        error = None if task.cancelled() else task.exception()
        if error is not None:
            self._run.progress.say(f"{type(error).__name__}: {error}")
        self._next()

"""The files of one portal, after its pages: asked for one by one, kept, then read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings

from crawler.archive.database import ArchiveError
from crawler.clock import now
from crawler.crawl.file_loop import FileLoop
from crawler.documents.kept_types import kept_type
from crawler.downloader.responses import capture_of, header_of
from crawler.http.outcomes import (
    detail_of_failure,
    outcome_of_failure,
    outcome_of_status,
    retry_after,
)
from crawler.items import Capture, FileLook, Refusal
from crawler.parsing import join_url
from crawler.portals.hosts import may_hold_files
from crawler.portals.model import Portal
from crawler.run.run import Run

NOT_KEPT = "not_a_file"  # a page, a script or a program in the place of a file


class FileSpider(Spider):
    """Asks for what the articles of a portal carry. Its answers are files, never pages."""

    name = "files"
    loop: FileLoop

    def __init__(self, portal: Portal, **named: Any) -> None:
        super().__init__(portal.slug, **named)
        self.portal = portal

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        super().update_settings(settings)
        settings.set("DOWNLOAD_MAXSIZE", settings.getint("FILE_MAXSIZE"), priority="spider")
        settings.set("DOWNLOAD_TIMEOUT", settings.getint("FILE_TIMEOUT"), priority="spider")
        settings.set("ITEM_PIPELINES", {}, priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> FileSpider:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.loop = FileLoop(Run.of(crawler), spider.portal, crawler.settings)
        return spider

    @property
    def keeps_files(self) -> str:
        """The name of the portal's captures that hold its files."""
        return self.loop.captures

    def may_ask(self, url: str) -> bool:
        return may_hold_files(url, self.portal)

    async def start(self) -> AsyncIterator[Request]:
        async for request in self.loop.requests(self.parse, self.parse_failure):
            yield request

    async def parse(self, response: Response, **kwargs: Any) -> None:
        """Save what an answer is."""
        visit = response.meta["file"]
        outcome, passing = outcome_of_status(response.status)
        look = FileLook(
            self.portal.slug, visit.id, visit.address, capture_of(response, outcome), retry=passing
        )
        if self.loop.run.replayed and look.capture.warc is None:
            self.loop.go_on()  # nobody has ever asked for it: nothing is known
            return
        if outcome == "redirect":
            self._follow(response, look)
        elif outcome == "ok":
            look.content = response.body
            look.disposition = header_of(response, "Content-Disposition")
            look.type = kept_type(
                response.body, name=visit.address, declared=header_of(response, "Content-Type")
            )
            if look.type is None:
                detail = header_of(response, "Content-Type") or ""
                look.refusal = Refusal(NOT_KEPT, detail[:200])
        elif passing:
            asked = retry_after(header_of(response, "Retry-After"), datetime.now(UTC))
            if asked is not None and not self.loop.run.replayed:
                self.loop.run.network.hosts.hold(response.url, asked)
        await self._save(look)

    async def parse_failure(self, failure: Any) -> None:
        """A request without an answer is a look, too."""
        visit = failure.request.meta["file"]
        outcome, passing = outcome_of_failure(failure.value)
        capture = Capture(
            visit.url, now(), outcome=outcome, detail=detail_of_failure(failure.value)
        )
        await self._save(
            FileLook(self.portal.slug, visit.id, visit.address, capture, retry=passing)
        )

    def _follow(self, response: Response, look: FileLook) -> None:
        target = join_url(response.url, (look.capture.location or "").strip())
        if not target or target == response.url:
            look.capture.outcome = "redirect_nowhere"
        elif not self.may_ask(target):
            look.capture.outcome = "redirect_outside"
        else:
            look.target = target.partition("#")[0]

    async def _save(self, look: FileLook) -> None:
        try:
            await self.loop.saved(look)
        except ArchiveError as error:
            # Not in the archive is not acknowledged: the file is still wanted.
            self.logger.critical("%s", error)
        finally:
            self.loop.go_on()

    def closed(self, reason: str) -> None:
        self.loop.end(reason)

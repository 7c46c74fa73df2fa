"""Keeps every answer of the network in the run's WARC file."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.archive.database import ArchiveError
from crawler.archive.files.keep import Original
from crawler.clock import now
from crawler.downloader.responses import Kept, header_pairs
from crawler.http.outcomes import Forbidden
from crawler.run.run import Run


class CaptureMiddleware:
    """Writes whole answers, as they came over the wire, before anything else sees them."""

    def __init__(self, crawler: Crawler, run: Run) -> None:
        self.crawler, self.storage = crawler, run.storage

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CaptureMiddleware:
        return cls(crawler, Run.of(crawler))

    def process_response(self, request: Request, response: Response) -> Response:
        if "kept" in request.meta:  # answered from a WARC file
            return response
        if "download_stopped" in response.flags:  # a robots.txt of which the rest is not read
            return response
        fetched_at = now()
        spider: Any = self.crawler.spider
        keeper = getattr(spider, "keeps_files", spider.name)
        try:
            if original := self._original(request, response):
                name, offset = self.storage.keep_again(
                    keeper, request.url, fetched_at=fetched_at, original=original
                )
                request.meta["kept"] = Kept(fetched_at, name, offset)
                return response
            name, offset = self.storage.keep(
                keeper,
                request.meta.get("address", request.url),
                fetched_at=fetched_at,
                status=response.status,
                headers=header_pairs(response.headers),
                body=response.body,
                method=request.method,
                request_headers=header_pairs(request.headers),
                request_body=request.body,
                wire=request.meta.get("wire"),
                ip=str(response.ip_address) if response.ip_address else None,
            )
        except ArchiveError as error:
            raise Forbidden("storage") from error
        request.meta["kept"] = Kept(fetched_at, name, offset)
        return response

    def _original(self, request: Request, response: Response) -> Original | None:
        """The earlier look that found the same file, so that its bytes are kept once."""
        if "file" not in request.meta or response.status != 200:
            return None
        body = request.meta.get("unpacked", response.body)
        return self.storage.original_of(sha256(body).hexdigest())

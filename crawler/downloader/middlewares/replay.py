"""Offline: answers come from WARC files, never from the network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from w3lib.url import canonicalize_url

from crawler.archive.captures import remember_warc
from crawler.captures import RecordPlace, check_warc, read_capture, responses
from crawler.clock import now
from crawler.downloader.responses import Kept
from crawler.http.limits import largest_body
from crawler.run.run import Run


class ReplayMiddleware:
    """Answers every request from WARC files (`REPLAY_WARC`) and none from the network."""

    def __init__(self, crawler: Crawler) -> None:
        paths = [Path(path) for path in crawler.settings.getlist("REPLAY_WARC")]
        if not paths:
            raise NotConfigured
        self._largest = largest_body(crawler.settings)
        self._places = index_of(paths)
        self._absent_at = max((place.fetched_at for place in self._places.values()), default=now())
        self._names: dict[Path, str] = {}
        if Run.has(crawler):
            run = Run.of(crawler)
            with run.archive.transaction() as conn:
                folder = run.storage.folder
                self._names = {path: remember_warc(conn, path, folder) for path in paths}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ReplayMiddleware:
        return cls(crawler)

    def process_request(self, request: Request) -> Response:
        place = self._places.get(_page_name(request.meta.get("address", request.url)))
        if place is None:
            request.meta["kept"] = Kept(self._absent_at, None, None)
            return Response(request.url, status=404, request=request)
        fetched = read_capture(place, largest=self._largest)
        headers = Headers(_grouped(fetched.headers))
        request.meta["kept"] = Kept(place.fetched_at, self._names.get(place.path), place.offset)
        kind = responsetypes.from_args(headers=headers, url=request.url, body=fetched.body)
        return kind(
            request.url,
            status=fetched.status,
            headers=headers,
            body=fetched.body,
            request=request,
        )


def index_of(paths: list[Path]) -> dict[str, RecordPlace]:
    """Each page's newest capture in the files. Raises CaptureError on a file that is not whole."""
    places: dict[str, RecordPlace] = {}
    for path in paths:
        check_warc(path)
        for place in responses(path):
            name = _page_name(place.url)
            if name not in places or places[name].fetched_at <= place.fetched_at:
                places[name] = place
    return places


def _page_name(url: str) -> str:
    """An address in the one form under which requests and records meet."""
    return canonicalize_url(url).partition("://")[2]


def _grouped(pairs: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    grouped: dict[str, list[str]] = {}
    for name, value in pairs:
        grouped.setdefault(name, []).append(value)
    return grouped

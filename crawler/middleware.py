"""Between the crawl and the network: what is fetched is kept, or comes from what was kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from w3lib.url import canonicalize_url

from crawler.archive import ArchiveError
from crawler.archive.captured import remember_warc
from crawler.captures import Place, check_warc, read_capture, responses
from crawler.clock import now
from crawler.outcomes import Forbidden
from crawler.run import Run


@dataclass(frozen=True, slots=True)
class Kept:
    """Where an answer lies and when it was given."""

    fetched_at: str
    warc: str | None
    offset: int | None


class CaptureMiddleware:
    """Writes every whole answer of the network to the run's WARC file, as it came over the wire."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CaptureMiddleware:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        if "kept" in request.meta:  # answered from a WARC file
            return response
        if "download_stopped" in response.flags:  # a robots.txt of which the rest is not read
            return response
        fetched_at = now()
        try:
            name, offset = Run.of(self.crawler).keep(
                self.crawler.spider.name,
                request.meta.get("address", request.url),
                fetched_at=fetched_at,
                status=response.status,
                headers=_pairs(response.headers),
                body=response.body,
                method=request.method,
                request_headers=_pairs(request.headers),
                request_body=request.body,
                ip=str(response.ip_address) if response.ip_address else None,
            )
        except ArchiveError as error:
            raise Forbidden("storage") from error
        request.meta["kept"] = Kept(fetched_at, name, offset)
        return response


class UnpackedMiddleware:
    """Gives everybody but the WARC file the answer without its content codings."""

    def process_response(self, request: Request, response: Response) -> Response:
        body = request.meta.pop("unpacked", None)
        return response if body is None else _with_body(response, body)


class ReplayMiddleware:
    """Answers every request from WARC files (`REPLAY_WARC`) and none from the network."""

    def __init__(self, crawler: Crawler) -> None:
        paths = [Path(path) for path in crawler.settings.getlist("REPLAY_WARC")]
        if not paths:
            raise NotConfigured
        self.crawler = crawler
        self._places = index_of(paths)
        self._absent_at = max((place.fetched_at for place in self._places.values()), default=now())
        with Run.of(crawler).archive.transaction() as conn:
            self._names = {path: remember_warc(conn, path) for path in paths}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ReplayMiddleware:
        return cls(crawler)

    def process_request(self, request: Request) -> Response:
        place = self._places.get(_page_name(request.meta.get("address", request.url)))
        if place is None:
            request.meta["kept"] = Kept(self._absent_at, None, None)
            return Response(request.url, status=404, request=request)
        fetched = read_capture(place)
        headers = Headers(_grouped(fetched.headers))
        request.meta["kept"] = Kept(place.fetched_at, self._names[place.path], place.offset)
        kind = responsetypes.from_args(headers=headers, url=request.url, body=fetched.body)
        return kind(
            request.url,
            status=fetched.status,
            headers=headers,
            body=fetched.body,
            request=request,
        )


def _with_body(response: Response, body: bytes) -> Response:
    """The answer with its content codings undone."""
    headers = response.headers.copy()
    headers.pop("Content-Encoding", None)
    kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
    return response.replace(cls=kind, headers=headers, body=body)


def index_of(paths: list[Path]) -> dict[str, Place]:
    """Each page's newest capture in the files. Raises CaptureError on a file that is not whole."""
    places: dict[str, Place] = {}
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


def _pairs(headers: Headers) -> list[tuple[str, str]]:
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in headers.items()
        for value in values
    ]


def _grouped(pairs: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    grouped: dict[str, list[str]] = {}
    for name, value in pairs:
        grouped.setdefault(name, []).append(value)
    return grouped

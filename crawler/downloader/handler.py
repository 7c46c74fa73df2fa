"""Requests as they go out: in turn, to public addresses, bounded in size and time.

Scrapy's own handler for HTTP/1.1 does the talking; this one sees to the manners.
"""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.internet.defer import Deferred
from twisted.internet.error import ConnectionDone
from twisted.python.failure import Failure
from twisted.web.http import _DataLoss, _IdentityTransferDecoder

from crawler.downloader.tls import TlsPolicy
from crawler.http.content_coding import (
    ACCEPTED,
    TooLargeError,
    UnpackingError,
    decode_body,
    is_plain,
)
from crawler.http.outcomes import PRIVATE, FetchError, outcome_of_failure, said_by
from crawler.http.public_addresses import may_connect, place_of
from crawler.portals.urls import is_own
from crawler.run.run import Run

LARGEST_HEAD = 256 * 1024  # bytes of status line and headers, informational answers included


class HeadTooLargeError(Exception):
    """Headers without end."""


class PoliteHandler(HTTP11DownloadHandler):
    """One request at a time and host, a name for every failure, and never half an answer."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.tls = TlsPolicy()
        self._contextFactory: Any = self.tls
        self._pool._factory = _Factory
        self._largest = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        self._told: set[tuple[str, int]] = set()

    async def download_request(self, request: Request) -> Response:
        """Raises FetchError, whose outcome says what was wrong."""
        request.headers.setdefault("Accept-Encoding", ACCEPTED)
        try:
            return await self._whole(request)
        except FetchError as failed:
            if failed.outcome in ("bad_encoding", "truncated") and failed.packed:
                # What a server packs wrongly it may send right when asked for it as it is.
                request.headers["Accept-Encoding"] = "identity"
                return await self._whole(request)
            if failed.outcome.startswith("tls_") and self._may_overlook(request):
                self.tls.problems.setdefault(place_of(request.url), failed.outcome)
                self.tls.unverified.add(place_of(request.url))
                return await self._whole(request)
            raise

    async def _whole(self, request: Request) -> Response:
        """The answer, known to be all there; what it unpacks to is in `meta`."""
        place = place_of(request.url)
        async with Run.of(self._crawler).hosts.turn(request.url):
            try:
                response = await super().download_request(request)
            except Exception as error:
                outcome, passing = outcome_of_failure(error)
                if request.url.startswith("https:") and outcome in ("connection", "truncated"):
                    outcome = self._tls_outcome(place, error) or outcome
                raise FetchError(outcome, said_by(error), passing=passing) from error
        if response.ip_address and not may_connect(str(response.ip_address), place, self._allowed):
            # A name that leads elsewhere now than when it was looked up.
            raise FetchError(PRIVATE, str(response.ip_address))
        if response.status == 206:
            raise FetchError("truncated", "206, a part nobody asked for")
        problem = self.tls.problems.get(place)
        if problem and place not in self._told and "for_robots" not in request.meta:
            self._told.add(place)
            request.meta["tls_problem"] = problem
        if response.headers.get("Content-Encoding") is not None:
            request.meta["unpacked"] = self._unpacked(request, response)
        return response

    @property
    def _allowed(self) -> list[str]:
        return self._crawler.settings.getlist("PRIVATE_HOSTS_ALLOWED")

    def _unpacked(self, request: Request, response: Response) -> bytes:
        coding = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1")
        if not coding or not response.body:
            return response.body
        try:
            largest = request.meta.get("download_maxsize") or self._largest
            return decode_body(response.body, coding, largest)
        except TooLargeError as error:
            raise FetchError(error.reason, str(error)) from error
        except UnpackingError as error:
            first = request.headers.get("Accept-Encoding") != b"identity"
            if not first and is_plain(response.body):
                return response.body  # only the header lies
            raise FetchError(error.reason, str(error), packed=first) from error

    def _may_overlook(self, request: Request) -> bool:
        portal = self._crawler.spider.portal  # type: ignore[union-attr]
        return (
            portal.tls == "unverified"
            and is_own(request.url, portal)
            and place_of(request.url) not in self.tls.unverified
        )

    def _tls_outcome(self, place: tuple[str, int], error: BaseException) -> str | None:
        name = self.tls.name_of(place, said_by(error))
        if name is None and place not in self.tls.shaken:
            return "tls_unsupported"  # hung up on in the handshake
        return name


class _Parser(_LenientHTTPClientParser):
    """Counts the bytes of an answer's head, and knows a cut body from one that has ended."""

    heard = 0

    def lineReceived(self, line: bytes) -> None:  # noqa: N802
        self.heard += len(line) + 2
        if self.heard > LARGEST_HEAD:
            raise HeadTooLargeError(f"more than {LARGEST_HEAD} bytes of headers")
        super().lineReceived(line)

    def connectionLost(self, reason: Failure | None = None) -> None:  # noqa: N802
        decoder = self.bodyDecoder
        if (
            isinstance(decoder, _IdentityTransferDecoder)
            and decoder.contentLength is None
            and reason is not None
            and not reason.check(ConnectionDone)
            and self.request.absoluteURI.startswith(b"http:")
        ):
            # A body without a length ends where its connection ends, unless that was torn. (Under
            # TLS many an old server hangs up without saying so.)
            self.response._bodyDataFinished(Failure(_reset(reason)))
            return
        super().connectionLost(reason)


def _reset(reason: Failure) -> Exception:
    from twisted.web.client import ResponseFailed

    return ResponseFailed([reason, Failure(_DataLoss())])


class _Protocol(_LenientHTTP11ClientProtocol):
    def request(self, request: Any) -> Deferred[Any]:
        answer = super().request(request)
        self._parser.__class__ = _Parser
        return answer


class _Factory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: Any) -> _Protocol:  # noqa: N802
        return _Protocol(self._quiescentCallback)

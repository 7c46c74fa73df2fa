"""Requests as they go out: in turn, to public addresses, bounded in size and time.

Scrapy's own handler for HTTP/1.1 does the talking; this one sees to the manners.
"""

from __future__ import annotations

import asyncio
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future

from crawler.downloader.tls import TlsPolicy
from crawler.downloader.wire import WireAgent, WireFactory
from crawler.http.content_coding import (
    ACCEPTED,
    TooLargeError,
    UnpackingError,
    decode_body,
    is_plain,
)
from crawler.http.head import header_text
from crawler.http.limits import largest_body
from crawler.http.outcomes import PRIVATE, FetchError, outcome_of_failure, said_by
from crawler.http.public_addresses import may_connect, place_of
from crawler.portals.hosts import is_own
from crawler.run.network import Network

LARGE = 2**16  # packed bytes that are unpacked beside the reactor, not in it


class PoliteHandler(HTTP11DownloadHandler):
    """One request at a time and host, a name for every failure, and never half an answer."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.tls = TlsPolicy()
        self._contextFactory: Any = self.tls
        # A connection for each request: what a server says unasked on one that is kept alive would
        # be taken for the answer to the next.
        self._pool.persistent = False
        self._pool._factory = WireFactory
        self._largest = largest_body(crawler.settings)
        self._delay = crawler.settings.getfloat("DOWNLOAD_DELAY")  # a spider may have its own
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
        hosts = Network.of(self._crawler).hosts
        async with hosts.turn(request.url, self._delay):
            try:
                response = await self._answer(request)
            except Exception as error:
                outcome, passing = outcome_of_failure(error)
                if request.url.startswith("https:") and outcome in ("connection", "truncated"):
                    outcome = self._tls_outcome(place, error) or outcome
                raise FetchError(outcome, said_by(error), passing=passing) from error
            latency = request.meta.get("download_latency", 0.0)
            hosts.answered(request.url, latency, well=response.status == 200)
        if response.ip_address and not may_connect(str(response.ip_address), place, self._allowed):
            # A name that leads elsewhere now than when it was looked up.
            raise FetchError(PRIVATE, str(response.ip_address))
        if response.status == 206 and b"Range" not in request.headers:
            raise FetchError("truncated", "206, a part nobody asked for")
        problem = self.tls.problems.get(place)
        if problem and place not in self._told and "for_robots" not in request.meta:
            self._told.add(place)
            request.meta["tls_problem"] = problem
        if response.headers.get("Content-Encoding") is not None:
            request.meta["unpacked"] = await self._unpacked(request, response)
        return response

    async def _answer(self, request: Request) -> Response:
        agent = WireAgent(
            contextFactory=self._contextFactory,
            bindAddress=self._bind_address,
            pool=self._pool,
            maxsize=self._largest,
            warnsize=0,
            fail_on_dataloss=True,
            crawler=self._crawler,
        )
        with wrap_twisted_exceptions():
            return await maybe_deferred_to_future(agent.download_request(request))

    @property
    def _allowed(self) -> list[str]:
        return self._crawler.settings.getlist("PRIVATE_HOSTS_ALLOWED")

    async def _unpacked(self, request: Request, response: Response) -> bytes:
        coding = header_text(b",".join(response.headers.getlist("Content-Encoding")))
        if not coding or not response.body:
            return response.body
        try:
            largest = request.meta.get("download_maxsize") or self._largest
            if len(response.body) < LARGE:
                return decode_body(response.body, coding, largest)
            return await asyncio.to_thread(decode_body, response.body, coding, largest)
        except TooLargeError as error:
            raise FetchError(error.reason, str(error)) from error
        except UnpackingError as error:
            first = request.headers.get("Accept-Encoding") != b"identity"
            if not first and is_plain(response.body):
                return response.body  # only the header lies
            raise FetchError(error.reason, str(error), packed=first) from error

    def _may_overlook(self, request: Request) -> bool:
        portal = getattr(self._crawler.spider, "portal", None)
        return (
            portal is not None
            and portal.tls == "unverified"
            and is_own(request.url, portal)
            and place_of(request.url) not in self.tls.unverified
        )

    def _tls_outcome(self, place: tuple[str, int], error: BaseException) -> str | None:
        name = self.tls.name_of(place, said_by(error))
        if name is None and place not in self.tls.shaken:
            return "tls_unsupported"  # hung up on in the handshake
        return name

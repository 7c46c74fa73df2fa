"""HTTP/1.1 as old servers speak it: what came over the wire is kept, and read as browsers read it.

Built on parts of Scrapy and Twisted that are not public; tests/test_dependencies.py names them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
    _ScrapyAgent,
)
from twisted.internet.defer import Deferred
from twisted.internet.error import ConnectionDone
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS, ParseError
from twisted.web.client import ResponseFailed
from twisted.web.http import _ChunkedTransferDecoder, _DataLoss, _IdentityTransferDecoder

from crawler.http.chunks import ChunkReader
from crawler.http.head import LARGEST_HEAD, Wire, coding_of, read_field, read_status

TRANSFER, LENGTH = b"Transfer-Encoding", b"Content-Length"
MOST_ANSWERS = 20  # informational ones (RFC 9110 §15.2) before the one that counts, itself included


class HeadTooLargeError(Exception):
    """Headers without end."""


class WireAgent(_ScrapyAgent):
    """Hands on what went over the wire, in the request's `meta`."""

    def _cb_bodyready(self, txresponse: Any, request: Request) -> Any:
        request.meta["wire"] = txresponse.wire
        return super()._cb_bodyready(txresponse, request)


class WireFactory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: Any) -> _Protocol:  # noqa: N802
        return _Protocol(self._quiescentCallback)


class _Protocol(_LenientHTTP11ClientProtocol):
    """One connection for one request: whatever else comes over it answers nothing."""

    def request(self, request: Any) -> Deferred[Any]:
        wire = Wire()
        write = request._writeHeaders
        request._writeHeaders = lambda transport, framing: write(_Tee(transport, wire), framing)
        answer = super().request(request)
        parser: Any = self._parser
        parser.__class__ = _Parser
        parser.wire = wire
        return answer


class _Tee:
    """Notes the head of a request while it is written."""

    def __init__(self, transport: Any, wire: Wire) -> None:
        self._transport, self._wire = transport, wire

    def writeSequence(self, lines: list[bytes]) -> None:  # noqa: N802
        self._wire.request = b"".join(lines)
        self._transport.writeSequence(lines)


class _Parser(_LenientHTTPClientParser):
    """Reads an answer's head line by line, and knows a cut body from one that has ended."""

    MAX_LENGTH = LARGEST_HEAD
    heard = answers = 0
    wire: Wire

    def lineReceived(self, line: bytes) -> None:  # noqa: N802
        self.heard += len(line) + 1
        if self.heard > LARGEST_HEAD:
            raise HeadTooLargeError(f"more than {LARGEST_HEAD} bytes of headers")
        written, line = line + b"\n", line.removesuffix(b"\r")
        if self.state == STATUS:
            if not line.strip():
                return  # blank lines before an answer
            self.answers += 1
            if self.answers > MOST_ANSWERS:
                raise HeadTooLargeError(f"more than {MOST_ANSWERS} informational answers")
            self.wire.lines = [written]
            self.statusReceived(line)
            self.response.wire = self.wire
            self.state = HEADER
            return
        self.wire.lines.append(written)
        if self._partialHeader is not None and line[:1] in (b" ", b"\t"):
            self._partialHeader.append(b" " + line.strip())
            return
        if self._partialHeader is not None:
            found = read_field(b"".join(self._partialHeader))
            if found:
                self.headerReceived(*found)
        self._partialHeader = [line]
        if not line:
            self._partialHeader = None
            self._agree()
            self._measure()
            self.allHeadersReceived()

    def lineLengthExceeded(self, line: bytes) -> None:  # noqa: N802
        raise HeadTooLargeError(f"a line of more than {LARGEST_HEAD} bytes")

    def statusReceived(self, status: bytes) -> None:  # noqa: N802
        found = read_status(status)
        if found is None:
            raise ParseError("no status line", status)
        major, minor, code, reason = found
        super().statusReceived(b"HTTP/%d.%d %d %s" % (major, minor, code, reason))

    def _agree(self) -> None:
        """Put the transfer coding in the one form that Twisted knows."""
        values = self.connHeaders.getRawHeaders(TRANSFER)
        if not values:
            return
        coding = coding_of(values)
        if coding is None:
            self.connHeaders.removeHeader(TRANSFER)
        else:
            self.connHeaders.setRawHeaders(TRANSFER, [coding])

    def _measure(self) -> None:
        """Put the length in the one form that Twisted knows; one that says nothing is none."""
        values = self.connHeaders.getRawHeaders(LENGTH) or []
        said = [value.strip().removeprefix(b"+") for value in values if value.strip()]
        if said:
            self.connHeaders.setRawHeaders(LENGTH, said)
        else:
            self.connHeaders.removeHeader(LENGTH)

    def switchToBodyMode(self, decoder: Any) -> None:  # noqa: N802
        if isinstance(decoder, _ChunkedTransferDecoder):
            self.wire.chunks = []
            decoder = _Chunks(decoder.dataCallback, decoder.finishCallback, self.wire.chunks)
        super().switchToBodyMode(decoder)

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
            torn = ResponseFailed([reason, Failure(_DataLoss())])
            self.response._bodyDataFinished(Failure(torn))
            return
        super().connectionLost(reason)


class _Chunks:
    """Hands a chunked body on a network packet at a time, and keeps it as it came."""

    def __init__(
        self, data: Callable[[bytes], None], finish: Callable[[bytes], None], kept: list[bytes]
    ) -> None:
        self._reader = ChunkReader()
        self._hand_on, self._finish, self._kept = data, finish, kept

    def dataReceived(self, data: bytes) -> None:  # noqa: N802
        self._kept.append(data)
        body = self._reader.feed(data)
        if body:
            self._hand_on(body)
        rest = self._reader.rest
        if rest is None:
            return
        if rest:  # behind the answer, and no part of it
            self._kept[-1] = self._kept[-1][: -len(rest)]
        self._finish(rest)

    def noMoreData(self) -> None:  # noqa: N802
        if not self._reader.ended:
            raise _DataLoss("the last chunk is missing")

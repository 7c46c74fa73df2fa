"""Answers taken off the wire piece by piece."""

from __future__ import annotations

import pytest
from twisted.internet.testing import StringTransport
from twisted.python.failure import Failure
from twisted.web._newclient import Request
from twisted.web.client import ResponseDone
from twisted.web.http_headers import Headers

from crawler.downloader.wire import WireFactory


class Body:
    """Takes a body in, as Scrapy's reader does."""

    def __init__(self):
        self.data, self.reason, self.taken = b"", None, False

    def makeConnection(self, transport):  # noqa: N802
        pass

    def dataReceived(self, data):  # noqa: N802
        self.data += data

    def connectionLost(self, reason):  # noqa: N802
        self.reason = reason


def answer(*packets, persistent=False):
    """What comes of the packets: the response or failure, its body, and what stayed of the wire."""
    transport = StringTransport()
    protocol = WireFactory(lambda _: None, "test").buildProtocol(None)
    protocol.makeConnection(transport)
    headers = Headers({b"Host": [b"a.example"], b"Accept-Language": [b"vi"]})
    deferred = protocol.request(Request(b"GET", b"/tin?a=1", headers, None, persistent))
    got = []
    deferred.addBoth(got.append)
    body = Body()
    for packet in packets:
        protocol.dataReceived(packet)
        if got and not isinstance(got[0], Failure) and not body.taken:
            body.taken = True
            got[0].deliverBody(body)
    return got[0] if got else None, body, transport


def test_the_wire_is_kept_byte_for_byte():
    head = (
        b"HTTP/1.1 200 R\xe1\xba\xa5t t\xe1\xbb\x91t\r\nseRVer:IIS\r\nX  Odd Name: 1\r\n"
        b"Location:  /h\xe1\xbb\x99i \r\nX-A: 1\r\n\tfolded\r\nx-a: 2\nContent-length: 2\r\n\r\n"
    )
    got, body, transport = answer(head[:30], head[30:51], head[51:] + b"xy")
    assert got.wire.head == head and body.data == b"xy" and got.wire.chunks is None
    assert got.wire.request == transport.value()
    assert got.wire.request.startswith(b"GET /tin?a=1 HTTP/1.1\r\nConnection: close\r\n")
    assert b"\r\nHost: a.example\r\n" in got.wire.request
    assert got.headers.getRawHeaders(b"x-a") == [b"1 folded", b"2"]
    assert got.headers.getRawHeaders(b"location") == [b"/h\xe1\xbb\x99i"]


def test_chunks_are_kept_and_handed_on_a_packet_at_a_time():
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunks = b"1\r\na\r\n1;x=y\r\nb\r\n2\r\ncd\r\n0\r\nX-T: 1\r\n\r\n"
    got, body, _ = answer(head, chunks[:3], chunks[3:20], chunks[20:] + b"HTTP/1.1 200 OK\r\n")
    assert body.data == b"abcd" and body.reason.check(ResponseDone)
    assert b"".join(got.wire.chunks) == chunks, "and nothing of what stands behind it"


def test_an_informational_answer_is_no_part_of_it():
    said = (
        b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"
    )
    got, body, _ = answer(said)
    assert got.wire.head == b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" and body.data == b"x"


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 abc OK\r\n\r\n", b"<html>\r\n\r\n", b"HTTP/1.1 099 X\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 300_000,
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 60_000,
        b"\r\n" * 200_000,
        b"HTTP/1.1 100 Continue\r\n\r\n" * 30,
    ],
    ids=range(9),
)  # fmt: skip
def test_what_is_no_answer(said):
    got, _, transport = answer(*(said[at : at + 2**16] for at in range(0, len(said), 2**16)))
    assert isinstance(got, Failure) and transport.disconnecting


def test_a_connection_answers_once():
    one = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n"
    _, body, transport = answer(one + b"x" + one + b"y", one + b"z")
    assert body.data == b"x" and transport.disconnecting

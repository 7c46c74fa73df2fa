"""One record out of a part of a file, and whether a digest is that of some bytes."""

from __future__ import annotations

import gzip
from hashlib import sha1, sha256

import pytest

from crawler.captures import CaptureError, digest_of, fits, read_fragment, same_digest
from samples.common_crawl import Month

BODY = "<html>Tin khoa học và công nghệ</html>".encode()
URL = "https://sokhcn.example.vn/1"


@pytest.mark.parametrize("packed", [True, False])
def test_a_record_by_itself(packed):
    month = Month("CC-MAIN-2019-35", packed=packed)
    month.add("https://sokhcn.example.vn/0", "20190801000000", b"x")
    row = month.add(URL, "20190902030405", BODY)
    start, length = int(row["offset"]), int(row["length"])
    found = read_fragment(bytes(month.data[start : start + length]), source="f")
    assert (found.url, found.date, found.status, found.body) == (
        URL,
        "2019-09-02T03:04:05Z",
        200,
        BODY,
    )
    assert found.head.startswith(b"HTTP/1.1 200 OK\r\n") and ("Server", "IIS") in found.headers
    assert found.ip == "203.0.113.9" and fits(row["digest"], found.body)
    for first, size in ((start + 1, length), (start, length // 2), (start, length - 12), (0, 3)):
        with pytest.raises(CaptureError):
            read_fragment(bytes(month.data[first : first + size]), source="f")


HEX = sha1(BODY, usedforsecurity=False).hexdigest()
PACKED, CHUNKED = gzip.compress(BODY), b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY)


@pytest.mark.parametrize(
    ("digest", "body", "headers", "does"),
    [
        (digest_of(BODY), BODY, (), True),
        (f"sha1:{digest_of(BODY)}", BODY, (), True),
        (f"SHA1:{HEX}", BODY, (), True),
        (f"sha256:{sha256(BODY).hexdigest()}", BODY, (), True),
        (digest_of(BODY), BODY + b"x", (), False),
        (f"sha-256:{sha256(BODY).hexdigest()}", b"", (), False),
        # Of the bytes as they came, or with what the transfer did undone.
        (digest_of(PACKED), PACKED, (("Content-Encoding", "gzip"),), True),
        (digest_of(BODY), PACKED, (("Content-Encoding", "gzip"),), True),
        (digest_of(BODY), CHUNKED, (("Transfer-Encoding", "chunked"),), True),
        (digest_of(BODY), PACKED, (), False),
        # Nobody can tell.
        ("-", BODY, (), True),
        ("", BODY, (), True),
        ("md5:abc", BODY, (), True),
    ],
)
def test_digests(digest, body, headers, does):
    assert fits(digest, body, headers) is does


def test_one_way_of_writing_a_digest():
    assert same_digest(f"sha1:{digest_of(BODY).lower()}") == same_digest(HEX) == digest_of(BODY)
    assert same_digest("-") == same_digest(None) == ""
    assert same_digest("X") == "X"

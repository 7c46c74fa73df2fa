"""What web archives answer, in both dialects."""

from __future__ import annotations

import json

import pytest

from crawler.portals.model import Portal
from crawler.wayback.cdx import (
    INTERNET_ARCHIVE,
    CdxRow,
    Period,
    captured_at,
    endpoints,
    is_wanted,
    memento_timestamp,
    original_headers,
    prefixes,
    read_index,
)

PORTAL = Portal("p", "x", "d", ("www.h.gov.vn", "cu.h.gov.vn"), article_urls=(r"/(?P<id>\d+)$",))
WHOLE_HOST = Portal("p", "x", "d", ("h.gov.vn",))
ROW = CdxRow("http://h.gov.vn/1", "20200102030405", "text/html", "200", "AAA")


@pytest.mark.parametrize(
    ("given", "index", "captures"),
    [
        (INTERNET_ARCHIVE, "https://web.archive.org/cdx/search/cdx", "https://web.archive.org/web/"),
        (f"{INTERNET_ARCHIVE}/web/", "https://web.archive.org/cdx/search/cdx",
         "https://web.archive.org/web/"),
        ("https://web.archive.org/cdx/search/cdx", "https://web.archive.org/cdx/search/cdx",
         "https://web.archive.org/web/"),
        ("http://127.0.0.1:8080/khcn", "http://127.0.0.1:8080/khcn/cdx",
         "http://127.0.0.1:8080/khcn/"),
        ("http://127.0.0.1:8080/khcn/", "http://127.0.0.1:8080/khcn/cdx",
         "http://127.0.0.1:8080/khcn/"),
        ("http://127.0.0.1:8080/khcn/cdx", "http://127.0.0.1:8080/khcn/cdx",
         "http://127.0.0.1:8080/khcn/"),
        ("http://127.0.0.1:8080/khcn-index", "http://127.0.0.1:8080/khcn-index",
         "http://127.0.0.1:8080/khcn/"),
        ("https://arquivo.pt/wayback", "https://arquivo.pt/wayback/cdx",
         "https://arquivo.pt/wayback/"),
    ],
)  # fmt: skip
def test_endpoints(given, index, captures):
    first = endpoints(given)[0]
    assert (first.index, first.captures) == (index, captures)


def test_addresses_that_are_asked_for():
    archive = endpoints(INTERNET_ARCHIVE)[0]
    assert archive.capture("20200102030405", "http://h.vn/a?b=c d&e=ạ") == (
        "https://web.archive.org/web/20200102030405id_/http://h.vn/a?b=c%20d&e=%E1%BA%A1"
    )
    assert archive.query("http://h.vn/", {"limit": 5, "to": None}).endswith(
        "?url=http%3A%2F%2Fh.vn%2F&matchType=prefix&output=json&limit=5"
    )
    assert prefixes(PORTAL) == ["http://h.gov.vn/", "http://cu.h.gov.vn/"]
    within = Portal("p", "x", "d", ("tinh.gov.vn",), within=("/khcn", "so-khcn"))
    assert prefixes(within) == ["http://tinh.gov.vn/khcn", "http://tinh.gov.vn/so-khcn"]


HEAD = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]
CELLS = ["vn,gov,h)/1", "20200102030405", "http://h.gov.vn/1", "text/html", "200", "AAA", "9"]
THEIRS = {"urlkey": "vn,gov,h)/1", "timestamp": "20200102030405", "url": "http://h.gov.vn/1",
          "mime": "text/html", "status": "200", "digest": "AAA", "source-coll": "k"}  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "rows", "key", "whole"),
    [
        (b"", [], None, True),
        (b"[]", [], None, True),
        (json.dumps([HEAD, CELLS]), [ROW], None, True),
        (json.dumps([HEAD, CELLS, [], ["vn,gov,h)/2 2020"]]), [ROW], "vn,gov,h)/2 2020", True),
        (json.dumps([CELLS]), [ROW], None, True),  # no head, as OutbackCDX may
        (json.dumps([THEIRS]), [ROW], None, True),
        (json.dumps(THEIRS), [ROW], None, True),
        (f"{json.dumps(THEIRS)}\n{json.dumps(THEIRS)}\n", [ROW, ROW], None, False),
        (json.dumps({**THEIRS, "timestamp": "2020"}), [], None, True),
        (json.dumps({**THEIRS, "timestamp": "20209999999999"}), [], None, True),
        (json.dumps({**THEIRS, "url": "dns:h.gov.vn"}), [], None, True),
    ],
)
def test_both_dialects(answer, rows, key, whole):
    index = read_index(answer.encode() if isinstance(answer, str) else answer, limit=2)
    assert (index.rows, index.resume_key, index.whole) == (rows, key, whole)


@pytest.mark.parametrize("answer", [b"<html>", b"org.archive.Error", b'[["urlkey"', b'{"a": '])
def test_what_is_no_index(answer):
    with pytest.raises(ValueError, match=r".+"):
        read_index(answer, limit=2)


@pytest.mark.parametrize(
    ("portal", "changed", "wanted"),
    [
        (PORTAL, {}, True),
        (PORTAL, {"url": "https://www.h.gov.vn:443/1"}, True),
        (PORTAL, {"url": "http://h.gov.vn:80/1"}, True),
        (PORTAL, {"mime": "warc/revisit", "status": "-"}, True),
        (PORTAL, {"mime": "text/html;charset=UTF-8"}, True),
        (PORTAL, {"status": "404"}, False),
        (PORTAL, {"status": "302"}, False),
        (PORTAL, {"mime": "image/png"}, False),
        (PORTAL, {"mime": "application/pdf"}, False),
        (PORTAL, {"url": "http://h.gov.vn/gioi-thieu"}, False),
        (WHOLE_HOST, {"url": "http://h.gov.vn/gioi-thieu"}, True),
        (WHOLE_HOST, {"url": "http://h.gov.vn/print/1"}, False),
        (WHOLE_HOST, {"url": "http://elsewhere.vn/1"}, False),
    ],
)
def test_what_is_worth_asking_for(portal, changed, wanted):
    fields = {name: getattr(ROW, name) for name in ROW.__slots__}
    assert is_wanted(CdxRow(**{**fields, **changed}), portal) is wanted


def test_headers_of_the_original():
    internet_archive = [
        ("Server", "nginx"), ("Content-Type", "text/html"), ("x-archive-orig-server", "IIS"),
        ("x-archive-orig-content-encoding", "gzip"), ("x-archive-src", "a.warc.gz"),
        ("Memento-Datetime", "Thu, 02 Jan 2020 03:04:05 GMT"),
    ]  # fmt: skip
    assert original_headers(internet_archive) == [("server", "IIS"), ("content-type", "text/html")]
    pywb = [("Content-Type", "text/html; charset=utf-8"), ("ETag", '"1"'), ("Link", "<x>"),
            ("Memento-Datetime", "x"), ("Content-Location", "x"), ("Content-Length", "5")]  # fmt: skip
    assert original_headers(pywb) == [
        ("content-type", "text/html; charset=utf-8"),
        ("etag", '"1"'),
    ]


def test_dates():
    assert memento_timestamp("Thu, 02 Jan 2020 03:04:05 GMT") == "20200102030405"
    assert memento_timestamp("soon") is None
    assert captured_at("/web/20200102030405id_/http://h.vn/1?a=b") == (
        "20200102030405", "http://h.vn/1?a=b",
    )  # fmt: skip
    assert captured_at("https://web.archive.org/web/20200102030405/http:/h.vn/1") == (
        "20200102030405", "http://h.vn/1",
    )  # fmt: skip
    assert captured_at("/login") is None
    assert Period.of("2015", "2015-06").bounds == ("20150000000000", "20150699999999")
    for wrong in ("15", "2015-6", "June"):
        with pytest.raises(ValueError, match=wrong.replace("-", "")):
            Period.of(wrong, None)

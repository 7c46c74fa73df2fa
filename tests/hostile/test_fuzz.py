"""Bytes and words at random: nothing that reads the web crashes or takes long, and none invents."""

from __future__ import annotations

import gzip
import os
import re
import tempfile
import time
import zipfile
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from twisted.internet.error import ConnectionDone
from twisted.internet.testing import StringTransport
from twisted.python.failure import Failure
from twisted.web._newclient import Request as Asking
from twisted.web.http_headers import Headers as TwistedHeaders

from crawler.captures import (
    CaptureError,
    CaptureWriter,
    RecordPlace,
    Scan,
    read_capture,
    readable_files,
)  # fmt: skip
from crawler.downloader.wire import WireFactory
from crawler.extract.bylines import find_byline
from crawler.extract.dates import parse_date
from crawler.extract.decode import decode
from crawler.extract.feeds import is_xml_list, read_feed, read_sitemap
from crawler.extract.mojibake import mend
from crawler.extract.page import read_page
from crawler.http.content_coding import UnpackingError, decode_body, unchunked
from crawler.http.head import header_text, read_head
from crawler.http.outcomes import retry_after
from crawler.http.public_addresses import is_public, place_of
from crawler.http.robotstxt import read_robots, robots_text
from crawler.items import Fetched
from crawler.portals.canonical import canonical
from crawler.portals.hosts import is_own
from crawler.portals.model import Portal
from crawler.portals.urls import classify_url
from crawler.text.characters import nfc, visible
from crawler.wayback.cdx import is_wanted, read_index
from pipelines.normalise_text import tidy
from tests.hostile.content_cases import CASES as CONTENT
from tests.hostile.fuzzed_words import CHECKS as WORDY
from tests.hostile.pages import DATE, LINES, article
from tests.hostile.world import World

NOW = "2026-11-25T00:00:00Z"
PORTAL = Portal("any", "yen_bai", "Sở Khoa học và Công nghệ", hosts=("a.example", "[::1]:80"))
WORLD = World("http://a.example", "http://127.0.0.1:9")
SEEDS = [case.reply(WORLD) for case in CONTENT if case.group in ("encoding", "pretence", "date")]
BODIES = [seed.partition(b"\r\n\r\n")[2] for seed in SEEDS if isinstance(seed, bytes)]
# Few in the suite, many when there is time: `FUZZ_MINUTES=30 pytest -m long tests/hostile/test_fuzz.py`
# takes so long for all of them together.
MINUTES = float(os.environ.get("FUZZ_MINUTES", "30"))
FEW = settings(
    max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), database=None,
    derandomize=True,
)  # fmt: skip
MANY = settings(FEW, max_examples=500, derandomize=False)
SECONDS = 5.0  # of processor time for one try: how long a shared machine takes says nothing
# A page that fails is shown in full, however large it is.
pytestmark = pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")
WORDS = st.sampled_from(
    [*" \n\t.,:;-/|()[]<>&#\"'", "ngày", "tháng", "năm", "05", "3", "2024", "32", "13", "0001", "99999",
     "Tác giả", "Theo", "Nguyễn Văn An", "Sở Khoa học và Công nghệ", "(TH)", "Ảnh:", "Nguồn", "\u202e",
     "\x00", "\ud800", "\u0301", "Ð", "AM", "hôm qua", "<p>", "</p>", "&#xD800;", "&nbsp;"]
)  # fmt: skip
LINE = st.lists(WORDS | st.text(max_size=6), max_size=40).map("".join)
ADDRESS = st.lists(
    st.sampled_from(
        ["http:", "https:", "file:", "javascript:", "//", "/", "\\", "a.example", "127.0.0.1", "[::1]", "@",
         "user:pw@", ":80", ":99999", ":x", "?", "#", "%", "%2e", "%00", "..", ".", ";jsessionid=1", "(S(a))",
         "\t", "\r\n", "localhost", "０", "①", "tin-5.html", "page=2", "&", "=", "xn--", "\ud800"]
    ) | st.text(max_size=4),
    max_size=12,
).map("".join)  # fmt: skip


@st.composite
def spoilt(draw):
    """A page of the hostile cases with pieces cut out, doubled, or overwritten."""
    body = bytearray(draw(st.sampled_from(BODIES))[:20_000])
    for _ in range(draw(st.integers(0, 4))):
        at, much = draw(st.integers(0, max(0, len(body) - 1))), draw(st.integers(0, 400))
        change = draw(st.sampled_from(["cut", "double", "write", "truncate"]))
        if change == "cut":
            del body[at : at + much]
        elif change == "double":
            body[at:at] = body[at : at + much] * draw(st.integers(1, 30))
        elif change == "write":
            body[at : at + 8] = draw(st.binary(max_size=16))
        else:
            del body[at:]
    return bytes(body)


def check_decoder(body, header):
    found = decode(body, header)
    found.text.encode()
    assert "\x00" not in found.text
    mended, _ = mend(found.text[:2_000])
    mended.encode()


def check_dates(line):
    for order in ("DMY", "MDY"):
        found = parse_date(line, captured_at=NOW, order=order)
        # `hôm qua` is read by the day of the look.
        if found and found.value and len(found.value) >= 10 and "hôm" not in line:
            day = date.fromisoformat(found.value[:10])
            # Every number of the date stands in the line.
            assert str(day.year) in line or f"{day.year % 100:02}" in line
            assert re.search(rf"(?<!\d)0?{day.day}(?!\d)", line)


def check_bylines(lines):
    found = find_byline(lines, portal=PORTAL)
    if found:
        assert all(0 <= at < len(lines) for at in found.at)


def check_addresses(url, base):
    found = classify_url(url, PORTAL, base="http://a.example/x/")
    again = canonical(found.url, PORTAL) if found.kind not in ("outside",) else None
    if again is not None:
        assert again == canonical(again, PORTAL), "a canonical address is its own"
        assert is_own(again, PORTAL)
        assert place_of(again)[0] in ("a.example", "::1")
    is_public(base)


def check_pages(body):
    for expect in ("article", None, "list"):
        fetched = Fetched("http://a.example/tin/x-1.html", NOW, 200, (), body)
        reading = read_page(fetched, PORTAL, key="1", expect=expect)
        assert reading.article or reading.refusal or reading.links is not None
        if reading.article:
            reading.article.text.encode()


def check_lists(body):
    is_xml_list(body)
    for link in (*read_feed(body), *read_sitemap(body)):
        assert link.url.startswith(("http://", "https://"))


def check_robots(body, path):
    rules = read_robots(robots_text(body), "khcn-archive")
    rules.allows("http://a.example/" + path)
    assert rules.delay is None or rules.delay >= 0


def check_packing(body, coding):
    try:
        assert len(decode_body(body, coding, 2**20)) <= 2**20
    except UnpackingError as error:
        assert error.reason in ("bad_encoding", "truncated", "too_large")


@lru_cache(maxsize=1)
def record(folder: Path) -> bytes:
    """A WARC file as the crawler writes it, unpacked once so that its inside can be spoilt."""
    path = folder / "whole.warc.gz"
    path.unlink(missing_ok=True)
    writer = CaptureWriter(path, software="test", portal="any")
    headers = [("Content-Type", "text/html"), ("Content-Encoding", "gzip")]
    body = gzip.compress(article().encode())
    at = writer.keep("http://a.example/", fetched_at=NOW, status=200, headers=headers, body=body)
    writer.close()
    return gzip.decompress(path.read_bytes()[at:])


def check_records(at, piece, cut, folder: Path):
    path, whole = folder / "spoilt.warc", record(folder)
    path.write_bytes((whole[:at] + piece + whole[at + len(piece) :])[:cut])
    try:
        fetched = read_capture(RecordPlace(path, 0, "http://a.example/", NOW))
    except CaptureError:
        return
    assert len(fetched.body) <= 8 * 2**20


def check_waits(text):
    asked = retry_after(text, datetime(2026, 11, 25, tzinfo=UTC))
    assert asked is None or asked >= 0


HEAD_BYTES = st.lists(
    st.sampled_from(
        [b"HTTP/1.1 200 OK", b"HTTP/", b"1.1", b" ", b"200", b"\r\n", b"\n", b"\r", b":", b"\t", b"\x00",
         b"Content-Length", b"Transfer-Encoding", b"Location", b"chunked", b"identity", b"5", b"-1",
         b"\xc2\xb2", b"\xff", b"HTTP/1.1 100 Continue\r\n\r\n", b"\r\n\r\n"]
    ) | st.binary(max_size=6),
    max_size=25,
).map(b"".join)  # fmt: skip


def check_heads(head):
    status, pairs = read_head(head)
    assert status == 0 or 100 <= status <= 999
    for name, value in pairs:
        header_text(name).encode(), header_text(value).encode()
        assert b"\x00" not in value and b":" not in name


def check_wire(first, packets):
    """An answer in any pieces: it comes whole, or fails, and the connection is given up."""
    transport = StringTransport()
    protocol = WireFactory(lambda _: None, "fuzz").buildProtocol(None)
    protocol.makeConnection(transport)
    headers = TwistedHeaders({b"Host": [b"a.example"]})
    outcome = protocol.request(Asking(b"GET", b"/", headers, None, False))
    outcome.addErrback(lambda failure: None)
    for packet in (first, *packets):
        if not transport.disconnecting:
            protocol.dataReceived(packet)
    protocol.connectionLost(Failure(ConnectionDone()))
    assert outcome.called


def check_chunks(body):
    try:
        whole = unchunked(body)
    except UnpackingError:
        return
    assert whole is None or len(whole) <= len(body)


def check_files(kind, at, piece, cut):
    """A file of captures with something overwritten or cut off: read, or said to be damaged."""
    whole = files()[kind]
    at %= len(whole)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "spoilt"
        path.write_bytes((whole[:at] + piece + whole[at + len(piece) :])[: len(whole) - cut])
        try:
            for readable in readable_files(path, Path(folder)):
                for record in Scan(readable):
                    with suppress(CaptureError):
                        read_capture(record.place)
        except CaptureError:
            return


@lru_cache(maxsize=1)
def files() -> dict[str, bytes]:
    """Our own file, the same as one stream and uncompressed, and in a WACZ."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "whole.warc.gz"
        writer = CaptureWriter(path, software="test", portal="any")
        for number in range(3):
            body = gzip.compress(article(f"Bài số {number} của cổng").encode())
            headers = [("Content-Type", "text/html"), ("Content-Encoding", "gzip")]
            url = f"http://a.example/{number}"
            writer.keep(url, fetched_at=NOW, status=200, headers=headers, body=body)
        writer.close()
        packed = path.read_bytes()
    plain, bundle = gzip.decompress(packed), BytesIO()
    with zipfile.ZipFile(bundle, "w") as archive:
        archive.writestr("archive/data.warc.gz", packed)
    stream = gzip.compress(plain)
    return {"members": packed, "plain": plain, "stream": stream, "wacz": bundle.getvalue()}


def check_index(text, limit):
    try:
        found = read_index(text.encode("utf-8", "replace"), limit=limit)
    except ValueError:
        return
    for row in found.rows:
        is_wanted(row, PORTAL)


def check_characters(text):
    clean = visible(nfc(text))
    assert visible(clean) == clean and "\x00" not in clean
    clean.encode()
    assert tidy(tidy(text)) == tidy(text)


INDEX = st.lists(
    st.sampled_from([*"[]{}:,\"\n", '"timestamp"', '"url"', '"20220827054449"', '"http://a.example/1"',
                     '"\\ud800"', "1e999", "null", '["urlkey","timestamp","original"]', '"mime"', '"200"'])
    | st.text(max_size=4), max_size=30,
).map("".join)  # fmt: skip
CHECKS = {
    **WORDY,
    "heads": (check_heads, HEAD_BYTES),
    "wire": (check_wire, HEAD_BYTES.map(lambda head: b"HTTP/1.1 200 OK\r\n" + head), st.lists(HEAD_BYTES, max_size=4)),
    "chunks": (check_chunks, HEAD_BYTES | st.lists(st.sampled_from([b"1\r\n", b"x\r\n", b"0\r\n\r\n", b"ffffffff\r\n", b";a=b\n", b"\n"]), max_size=20).map(b"".join)),
    "files": (check_files, st.sampled_from(["members", "plain", "stream", "wacz"]), st.integers(0, 10_000), st.binary(max_size=12), st.sampled_from([0, 0, 0, 1, 7, 100, 900])),
    "indexes": (check_index, INDEX, st.sampled_from([None, 1, 50])),
    "characters": (check_characters, st.text(max_size=60)),
    "decoder": (check_decoder, st.binary(max_size=400) | st.sampled_from(BODIES),
                st.sampled_from([None, "text/html; charset=utf-8", "text/html; charset=x", "charset=utf-16", "text/html;charset=windows-1258"])),
    "dates": (check_dates, LINE),
    "bylines": (check_bylines, st.lists(LINE, max_size=8).map(lambda lines: [*LINES, *lines])),
    "addresses": (check_addresses, ADDRESS, st.text(max_size=20)),
    "pages": (check_pages, spoilt()),
    "lists": (check_lists, st.binary(max_size=200) | st.lists(st.sampled_from([b"<?xml version='1.0'?>", b"<rss>", b"<urlset>", b"<url><loc>", b"http://a.example/", b"javascript:x", b"</loc></url>", b"<channel><item><link>", b"</link></item>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"\xff"]), max_size=20).map(b"".join)),
    "robots": (check_robots, st.lists(st.sampled_from([b"user-agent: *", b"User-Agent: khcn-archive", b"\n", b"\r", b"disallow: /", b"allow: *", b"$", b"*", b"crawl-delay: 9e9", b":", b"\xff", b"%", b"#"]), max_size=30).map(b"".join), st.text(max_size=10)),
    "packing": (check_packing, st.binary(max_size=200) | st.binary(max_size=50).map(gzip.compress), st.sampled_from(["gzip", "br", "zstd", "deflate", "gzip, br", "x", ", ,", "identity"])),
    "waits": (check_waits, st.text(max_size=30) | st.integers().map(str)),
}  # fmt: skip


def bounded(check, drawn):
    began = time.process_time()
    check(*drawn)
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("name", CHECKS)
def test_a_few(name):
    check, *strategies = CHECKS[name]
    FEW(given(st.tuples(*strategies))(lambda drawn: bounded(check, drawn)))()


@pytest.mark.long
@pytest.mark.parametrize("name", CHECKS)
def test_many(name, record_property):
    """Its share of the minutes, another beginning each time."""
    check, *strategies = CHECKS[name]
    until, tried = time.monotonic() + MINUTES * 60 / len(CHECKS), 0

    def counted(drawn):
        nonlocal tried
        tried += 1
        bounded(check, drawn)

    while time.monotonic() < until:
        MANY(given(st.tuples(*strategies))(counted))()
    print(f"{name}: {tried} tries in {MINUTES * 60 / len(CHECKS):.0f} s")
    record_property("tries", tried)


@FEW
@given(st.integers(0, 900), st.binary(max_size=12), st.integers(0, 2_000))
def test_records(tmp_path_factory, at, piece, cut):
    check_records(at, piece, cut, tmp_path_factory.getbasetemp())


def test_the_seeds_are_read():
    assert len(BODIES) > 60 and DATE

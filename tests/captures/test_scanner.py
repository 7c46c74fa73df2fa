"""Files of captures in every form that others write, and what is left of damaged ones."""

from __future__ import annotations

import gzip
import json
import random
import subprocess
import sys
import time
import zipfile
from io import BytesIO

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.captures import (
    CaptureError,
    CaptureWriter,
    RecordPlace,
    Scan,
    check_warc,
    read_capture,
    readable_files,
)
from crawler.captures.containers import windows
from crawler.captures.index import CaptureIndex
from crawler.http.head import Wire
from crawler.portals.model import Portal
from tests.scrapy_command import scrapy

PORTAL = Portal("p", "x", "d", ("h.vn",), article_urls=(r"/(?P<id>\d+)\.html",))
PAGES = {
    f"https://h.vn/{n}.html": f"<html><p>Trang số {n} của cổng.</p></html>".encode() * n
    for n in range(1, 40)
}
AT = "2023-05-01T02:03:04Z"


def write(file, *, compressed=True, chunked=False, encoding=None, angle=False, kind="response"):
    writer = WARCWriter(file, gzip=compressed)
    writer.write_record(writer.create_warcinfo_record("x.warc", {"software": "somebody's"}))
    for url, body in PAGES.items():
        headers = [("Content-Type", "text/html; charset=utf-8")]
        if encoding:
            body = gzip.compress(body)
            headers.append(("Content-Encoding", encoding))
        if chunked:
            halves = body[:7], body[7:]
            body = b"".join(b"%x\r\n%s\r\n" % (len(half), half) for half in halves) + b"0\r\n\r\n"
            headers.append(("Transfer-Encoding", "chunked"))
        http = None if kind == "resource" else StatusAndHeaders("200 OK", headers, "HTTP/1.1")
        record = writer.create_warc_record(
            f"<{url}>" if angle else url, kind, payload=BytesIO(body), length=len(body),
            warc_content_type="text/html" if kind == "resource" else "",
            http_headers=http, warc_headers_dict={"WARC-Date": AT},
        )  # fmt: skip
        writer.write_record(record)
        # What stands between answers: requests, metadata, names that were looked up.
        writer.write_record(
            writer.create_warc_record("dns:h.vn", "resource", payload=BytesIO(b"1.2.3.4"), length=7)
        )


def write_arc(file, *, compressed):
    def member(data):
        file.write(gzip.compress(data) if compressed else data)

    spec = b"1 0 Somebody\nURL IP-address Archive-date Content-type Archive-length\n"
    line = b"filedesc://x.arc 0.0.0.0 20230501020304 text/plain %d\n" % len(spec)
    member(line + spec + b"\n")
    for url, body in PAGES.items():
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
        line = b"%s 1.2.3.4 20230501020304 text/html %d\n" % (url.encode(), len(answer))
        member(line + answer + b"\n")


def bundled(path, how):
    inner = BytesIO()
    write(inner)
    with zipfile.ZipFile(path, "w", how) as bundle:
        bundle.writestr("datapackage.json", "{}")
        bundle.writestr("archive/data.warc.gz", inner.getvalue())
        bundle.writestr("indexes/index.cdx", "x")


FORMS = {
    "ours": write,
    "uncompressed": lambda file: write(file, compressed=False),
    "chunked": lambda file: write(file, chunked=True),
    "gzip inside chunks": lambda file: write(file, chunked=True, encoding="gzip"),
    "encoding in capitals": lambda file: write(file, encoding="GZIP"),
    "addresses in angles": lambda file: write(file, angle=True),
    "resources": lambda file: write(file, kind="resource"),
    "arc": lambda file: write_arc(file, compressed=False),
    "arc.gz": lambda file: write_arc(file, compressed=True),
}


def answers(path):
    scan = Scan(path)
    found = {}
    for record in scan:
        fetched = read_capture(record.place)
        assert (fetched.status, fetched.fetched_at) == (200, AT)
        found[fetched.url] = fetched.body
    return found, scan.damage


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_pages(tmp_path, form):
    path = tmp_path / "file"
    with path.open("wb") as file:
        FORMS[form](file)
    assert readable_files(path, tmp_path / "captures") == [path]
    assert answers(path) == (PAGES, [])
    check_warc(path)


@pytest.mark.parametrize("how", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_wacz(tmp_path, how):
    path = tmp_path / "crawl.wacz"
    bundled(path, how)
    (readable,) = readable_files(path, tmp_path / "captures")
    assert answers(readable) == (PAGES, [])
    assert readable_files(path, tmp_path / "captures") == [readable]
    assert (readable == path) == (how == zipfile.ZIP_STORED)


def test_one_gzip_stream(tmp_path):
    path, plain = tmp_path / "wget.warc.gz", BytesIO()
    write(plain, compressed=False)
    path.write_bytes(gzip.compress(plain.getvalue()))
    with pytest.raises(CaptureError, match="one stream"):
        list(Scan(path))
    (readable,) = readable_files(path, tmp_path / "captures")
    assert answers(readable) == (PAGES, [])
    path.write_bytes(gzip.compress(plain.getvalue())[:-400])
    (readable,) = readable_files(path, tmp_path / "captures")
    found, damage = answers(readable)
    assert len(damage) == 1 and found.items() < PAGES.items()


@pytest.mark.parametrize("form", ["ours", "uncompressed", "arc", "arc.gz"])
@pytest.mark.parametrize("hurt", ["cut", "flipped"])
def test_what_is_whole_is_found(tmp_path, form, hurt):
    path, whole = tmp_path / "file", BytesIO()
    FORMS[form](whole)
    chance = random.Random(form + hurt)
    quiet = 0
    for _ in range(25):
        content = bytearray(whole.getvalue())
        at = chance.randrange(200, len(content))
        if hurt == "cut":
            del content[at:]
        else:
            content[at : at + 4] = b"\xff\xfe\x00\x01"
        path.write_bytes(content)
        scan = Scan(path)
        found = {record.place.url: read_capture(record.place).body for record in scan}
        if hurt == "cut":
            assert found.items() <= PAGES.items()
            quiet += not scan.damage
        else:  # all but the record that was hit, and the one beside it
            same = sum(PAGES.get(url) == body for url, body in found.items())
            assert same >= len(PAGES) - 2
    assert quiet <= 3  # a file that ends between two records shows no damage


@pytest.mark.parametrize("content", [b"", b"hello " * 99, b"\x1f\x8b\x08nothing", b"PK\x03\x04zip"])
def test_what_is_no_file_of_captures(tmp_path, content):
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(CaptureError):
        check_warc(path)
    with pytest.raises(CaptureError):
        check_warc(tmp_path / "none")


def look(writer, url, at, body=None, **refers):
    if body is not None:
        record = writer.create_warc_record(
            url, "response", payload=BytesIO(body), length=len(body),
            http_headers=StatusAndHeaders("200 OK", [], "HTTP/1.1"),
            warc_headers_dict={"WARC-Date": at},
        )  # fmt: skip
    else:
        record = writer.create_revisit_record(
            url, refers["digest"], refers.get("original", ""), refers.get("original_at"),
            http_headers=StatusAndHeaders("200 OK", [], "HTTP/1.1"),
            warc_headers_dict={"WARC-Date": at},
        )  # fmt: skip
        if "original" not in refers:
            for name in ("WARC-Refers-To-Target-URI", "WARC-Refers-To-Date"):
                record.rec_headers.remove_header(name)
    writer.write_record(record)
    return record.rec_headers.get_header("WARC-Payload-Digest")


def test_revisits_lead_to_what_they_repeat(tmp_path):
    """Named by address and date, by digest alone, in another file, and in none of them."""
    url, path, later = "https://h.vn/1.html", tmp_path / "a.warc.gz", tmp_path / "b.warc.gz"
    with path.open("wb") as file, later.open("wb") as second:
        writer = WARCWriter(file, gzip=True)
        first = look(writer, url, "2020-01-01T00:00:00Z", b"A")
        look(writer, url, "2020-02-01T00:00:00Z", b"B")
        look(writer, url, "2020-03-01T00:00:00Z", digest=first)
        writer = WARCWriter(second, gzip=True)
        look(writer, url, "2020-04-01T00:00:00Z", digest="sha1:X", original=url,
             original_at="2020-02-01T00:00:00Z")  # fmt: skip
        look(writer, url, "2020-05-01T00:00:00Z", digest="sha1:NONE")
        look(writer, url, "2020-06-01T00:00:00Z", digest="sha1:Y", original=url,
             original_at="2019-01-01T00:00:00Z")  # fmt: skip
        look(writer, "https://elsewhere.vn/", "2020-06-01T00:00:00Z", b"C")
    catalogue = CaptureIndex(PORTAL)
    for each in (later, path, path):  # in any order, and a file given twice
        catalogue.add(each)
    asked = []
    places = list(catalogue.looks(lambda *original: asked.append(original)))
    bodies = [(place.fetched_at[5:7], read_capture(place).body) for place in places]
    assert bodies == [("01", b"A"), ("02", b"B"), ("03", b"A"), ("04", b"B")]
    assert asked == [(url, "2019-01-01T00:00:00Z")]
    assert catalogue.counts.unresolved == 2
    assert catalogue.counts.foreign == {"elsewhere.vn": 1}
    catalogue.close()


def test_a_file_of_ours_is_read_by_others(tmp_path):
    """What is kept is standard WARC: another reader finds the same answers."""
    path = tmp_path / "file.warc.gz"
    with path.open("wb") as file:
        write(file)
    with path.open("rb") as file:
        theirs = [r.rec_headers.get_header("WARC-Target-URI") for r in ArchiveIterator(file)]
    assert [url for url in theirs if url in PAGES] == [r.place.url for r in Scan(path)]


def test_a_large_file_needs_little_memory(tmp_path):
    path = tmp_path / "large.warc.gz"
    writer = CaptureWriter(path, software="x", portal="p")
    noise = random.Random(1).randbytes(2**20)
    for number in range(120):
        writer.keep(f"https://h.vn/{number}", fetched_at=AT, status=200, headers=(), body=noise)
    writer.close()
    code = (
        "import pathlib, resource; from crawler.captures import Scan\n"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024\n"
        f"before = peak(); found = list(Scan(pathlib.Path({str(path)!r})))\n"
        "print(len(found), peak() - before)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    answers, grown = map(int, done.stdout.split())
    assert answers == 120 and path.stat().st_size > 120 * 2**20 and grown < 64  # MiB


def records(short=0, padding=b"", odd_head=b""):
    """WARC records, uncompressed, each declared so many bytes too short."""
    found = []
    for url, body in PAGES.items():
        answer = b"HTTP/1.1 200 OK\r\n" + odd_head + b"Content-Type: text/html\r\n\r\n" + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: {AT}\r\n"
            f"Content-Type: application/http\r\nContent-Length: {len(answer) - short}\r\n\r\n"
        ).encode()
        found.append(head + answer + b"\r\n\r\n" + padding)
    return found


def members(pieces):
    return b"".join(map(gzip.compress, pieces))


WHOLE = b"".join(records())
THIRD = len(WHOLE) // 3
INFO = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
STRANGE = {
    "a length one too short": b"".join(records(short=1)),
    "a length two too short, compressed": members(records(short=2)),
    "zeros at the end": WHOLE + bytes(1000),
    "zeros at the end, compressed": members(records()) + bytes(1000),
    "line ends at the end": WHOLE + b"\n" * 1000,
    "line ends at the end, compressed": members(records()) + b"\r\n" * 1000,
    "zeros between records": b"".join(records(padding=bytes(9))),
    "zeros in every member": members(records(padding=bytes(9))),
    "odd headers": members(
        records(odd_head=b"X Odd: 1\r\nno colon\r\n: empty\r\nX-\xff: \xfe\r\n")
    ),
    "a head of 200 kB": members(records(odd_head=b"X-A: " + b"a" * 200_000 + b"\r\n")),
    "one stream": gzip.compress(WHOLE),
    "one stream behind a record": gzip.compress(INFO) + gzip.compress(WHOLE),
    "two streams": gzip.compress(WHOLE[:THIRD]) + gzip.compress(WHOLE[THIRD:]),
    "records across members": members(WHOLE[at : at + 777] for at in range(0, len(WHOLE), 777)),
    "a member for head and body": members(
        part for record in records() for part in (record[:250], record[250:])
    ),
}


@pytest.mark.parametrize("how", STRANGE)
def test_strange_files_are_read_whole(tmp_path, how):
    """What is no damage is not called so, by a backfill or by `scrapy extract`."""
    path = tmp_path / "file.warc.gz"
    path.write_bytes(STRANGE[how])
    (readable,) = readable_files(path, tmp_path / "captures")
    assert answers(readable) == (PAGES, [])
    check_warc(readable)
    out = tmp_path / "out.jsonl"
    done = scrapy("extract", "--warc", path, "-o", out)
    assert (done.returncode, done.stderr) == (0, "")
    urls = [json.loads(line)["url"] for line in out.read_text(encoding="utf-8").splitlines()]
    assert urls == list(PAGES)


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_wacz_with_a_byte_overwritten_is_read_or_called_damaged(tmp_path, compression):
    """Versions to come, encryption, unknown packing, offsets beyond the file: each byte of its directory."""
    path = tmp_path / "file.wacz"
    with zipfile.ZipFile(path, "w", compression) as bundle:
        bundle.writestr("archive/data.warc.gz", members(records()))
    whole = path.read_bytes()
    directory = whole.index(b"PK\x01\x02")
    called_damaged = 0
    for at in (*range(30), *range(directory, len(whole))):
        for byte in (0x00, 0x40, 0xFF):
            path.write_bytes(whole[:at] + bytes([byte]) + whole[at + 1 :])
            try:
                for readable in readable_files(path, tmp_path / "out"):
                    windows(readable)
            except CaptureError:
                called_damaged += 1
    assert called_damaged > 50


def test_extract_reads_on_both_sides_of_damage(tmp_path):
    """As a backfill does; what is damaged is an exit code."""
    path, out = tmp_path / "hurt.warc.gz", tmp_path / "out.jsonl"
    pieces = [gzip.compress(record) for record in records()]
    pieces[9] = pieces[9][:40] + b"\xff\xfe\x00\x01" + pieces[9][44:]
    path.write_bytes(b"".join(pieces))
    done = scrapy("extract", "--warc", path, "-o", out)
    assert done.returncode == 2 and "hurt.warc.gz" in done.stderr
    assert len(out.read_text(encoding="utf-8").splitlines()) == len(PAGES) - 1


@pytest.mark.parametrize("coding", ["gzip", "zstd", "chunked"])
def test_a_kept_bomb_of_pieces_stalls_nobody(tmp_path, coding):
    """What a server packed into a million empty frames is as cheap to read back as to refuse."""
    piece = {"gzip": gzip.compress(b""), "chunked": b"1\r\nx\r\n"}.get(
        coding, b"\x28\xb5\x2f\xfd\x20\x00\x01\x00\x00"
    )
    body = piece * (8 * 2**20 // len(piece))
    name = "Transfer-Encoding" if coding == "chunked" else "Content-Encoding"
    head = f"HTTP/1.1 200 OK\r\n{name}: {coding}\r\n\r\n".encode()
    writer = CaptureWriter(tmp_path / "x.warc.gz", software="x", portal="p")
    at = writer.keep(
        "http://h.vn/", fetched_at=AT, status=200, headers=(), body=body,
        wire=Wire(lines=[head]),
    )  # fmt: skip
    writer.close()
    began = time.process_time()
    place = RecordPlace(tmp_path / "x.warc.gz", at, "http://h.vn/", AT)
    assert read_capture(place).problem == "too_large"
    assert time.process_time() - began < 3

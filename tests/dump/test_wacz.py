"""Captures for others: what is in a WACZ is what was kept, no more; others' tools open it."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import shutil
import socket
import struct
import subprocess
import time
import zipfile
from io import BytesIO
from pathlib import Path
from urllib.request import urlopen

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from warcio.archiveiterator import ArchiveIterator

from crawler.captures import RecordPlace, copy_record, read_capture, responses
from crawler.clock import now
from crawler.dump.cdxj import surt
from crawler.dump.contents import PublishOptions
from crawler.dump.gate import Minimum
from crawler.dump.publish import publish
from tests.conftest import ROOT
from tests.end_to_end.dump_fixtures import change, copy_of, crawl, dump_of, latest_of, published
from tests.scrapy_command import rows, scrapy

PYWB = Path(os.environ.get("PYWB_VENV", ROOT / ".pywb-venv")) / "bin"
RECORD = gzip.compress(
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.vn/1\r\nWARC-Date: "
    b"2020-01-02T03:04:05Z\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Length: 40\r\n\r\n"
    b"HTTP/1.1 200 OK\r\nContent-Type: a/b\r\n\r\nxy\r\n\r\n\r\n"
)


def wish(folder, keep=7):
    return PublishOptions(Minimum(), keep, "x", ROOT / "metadata.yml", captures=folder)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """An archive whose captures are here, one article removed, and its dump with them."""
    folder = tmp_path_factory.mktemp("kept")
    archive = folder / "archive.db"
    crawl(folder, archive, 24)
    url = rows(archive, "select url from articles order by id limit 1")[0][0]
    assert scrapy("remove", url, "--reason", "x", archive=archive).returncode == 0
    assert publish(archive, folder / "dist", wish(folder), now=now()).remarks == []
    return archive, folder / "dist", url


def files_of(out):
    return [out / one["file"] for one in latest_of(out)["captures"]]


def records_of(wacz):
    with zipfile.ZipFile(wacz) as packed:
        data = packed.read("archive/data.warc.gz")
        lines = gzip.decompress(packed.read("indexes/index.cdx.gz")).decode().splitlines()
    return data, [json.loads(line.split(" ", 2)[2]) for line in lines]


def published_article(archive, out):
    """An article of which the page is published: its number, address, moment and digest."""
    there = {(said["url"], said["warc"]) for wacz in files_of(out) for said in records_of(wacz)[1]}
    found = rows(archive, "select id, articles.url, captured_at, digest, warc from articles join captures on article = id and fetched_at = captured_at and captures.url = articles.url")  # fmt: skip
    return next(row[:4] for row in found if (row[1], row[4]) in there)


def test_others_find_it_valid(kept, judges):
    _, out, _ = kept
    assert files_of(out)
    for wacz in files_of(out):
        done = subprocess.run(
            [judges / "wacz", "validate", "-f", wacz], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0 and "Validation succeeded" in done.stdout, done.stdout
        assert latest_of(out)["sha256"][wacz.name] == published(out)[wacz.name]
        with zipfile.ZipFile(wacz) as packed:
            assert packed.testzip() is None
            records = packed.getinfo("archive/data.warc.gz")
            assert records.compress_type == zipfile.ZIP_STORED  # it is sought in
            # ReplayWeb.page finds it by the header that the zip's end tells of.
            with wacz.open("rb") as file:
                file.seek(records.header_offset + 26)
                assert struct.unpack("<HH", file.read(4)) == (len(records.filename), 0)


def test_it_holds_the_looks_of_the_dump_and_nothing_else(kept):
    archive, out, removed = kept
    wanted = rows(dump_of(out), "select url, warc, offset from captures where warc is not null")
    path = removed.partition("://")[2].partition("/")[2]
    listed = []
    for wacz in files_of(out):
        data, lines = records_of(wacz)
        for said in lines:
            at, size = int(said["offset"]), int(said["length"])
            source = (archive.parent / said["warc"]).read_bytes()
            there = int(said["warc_offset"])
            assert data[at : at + size] == source[there : there + size]
            listed.append((said["url"], said["warc"], there))
        kinds = [record.rec_type for record in ArchiveIterator(BytesIO(data))]
        assert kinds[0] == "warcinfo" and kinds.count("response") == len(lines)
        for record in ArchiveIterator(BytesIO(data)):
            content = record.content_stream().read()
            assert path.encode() not in content and removed not in str(record.rec_headers)
        with zipfile.ZipFile(wacz) as packed:
            pages = packed.read("pages/pages.jsonl").decode()
        assert removed not in pages and '"title": "' in pages
    # All of them but the lists that name what was removed.
    naming = set(wanted) - set(listed)
    assert (
        set(listed) <= set(wanted) and len(listed) > 10 and len(naming) == len(wanted) - len(listed)
    )
    for url, warc, offset in naming:
        place = RecordPlace(archive.parent / warc, offset, url, "")
        assert path.encode() in read_capture(place).body
    assert naming
    # How many there are is said, so that nobody takes them for lost.
    assert sum(one["withheld"] for one in latest_of(out)["captures"]) == len(naming)
    assert removed not in {url for url, _, _ in listed}


def test_a_month_that_stayed_is_not_written_anew(kept, tmp_path):
    archive, out, _ = kept
    dist = tmp_path / "dist"
    shutil.copytree(out, dist, symlinks=True)
    before = {path.name: path.stat().st_ino for path in files_of(dist)}
    copy = copy_of(archive, tmp_path / "archive.db")
    change(copy, "update runs set finished_at = '2026-01-01T00:00:00Z'")
    done = publish(copy, dist, wish(archive.parent), now=now())
    assert done.files and latest_of(dist)["predecessor"]
    assert {path.name: path.stat().st_ino for path in files_of(dist)} == before
    assert before.keys() <= set(done.files)
    assert latest_of(dist)["captures"] == latest_of(out)["captures"]
    # Another folder has the same bytes; captures that are not wanted are not there.
    publish(copy, tmp_path / "again", wish(archive.parent), now="2099-01-01T00:00:00Z")
    for path in files_of(tmp_path / "again"):
        assert path.read_bytes() == (dist / path.name).read_bytes()
    publish(copy, tmp_path / "none", wish(None), now=now())
    assert latest_of(tmp_path / "none")["captures"] == []


def test_what_is_removed_later_leaves_with_the_dumps_before(kept, tmp_path):
    archive, out, _ = kept
    dist, copy = tmp_path / "dist", copy_of(archive, tmp_path / "archive.db")
    shutil.copytree(out, dist, symlinks=True)
    (before,) = files_of(dist)
    url = rows(copy, "select url from articles order by id limit 1")[0][0]
    assert scrapy("remove", url, "--reason", "x", archive=copy).returncode == 0
    publish(copy, dist, wish(archive.parent, keep=1), now=now())
    (after,) = files_of(dist)
    assert after != before and not before.exists()
    assert f"Target-URI: {url}\r".encode() not in gzip.decompress(records_of(after)[0])


def test_captures_that_are_elsewhere_are_counted(kept, tmp_path):
    archive, _, _ = kept
    copy = copy_of(archive, tmp_path / "archive.db")
    change(copy, "update _warcs set path = '/nowhere/24.warc.gz'")
    done = publish(copy, tmp_path / "dist", wish(tmp_path), now=now())
    assert not done.remarks and latest_of(tmp_path / "dist")["captures"] == []
    # A damaged file: what is whole is published, the rest is named.
    warc = tmp_path / "24.warc.gz"
    content = bytearray((archive.parent / "24.warc.gz").read_bytes())
    at = rows(copy, "select offset from captures where warc is not null order by 1 limit 1")[0][0]
    content[at + 30 : at + 60] = bytes(30)
    warc.write_bytes(content)
    change(copy, "update runs set finished_at = '2026-01-02T00:00:00Z'")
    done = publish(copy, tmp_path / "dist", wish(tmp_path), now=now())
    assert [remark for remark in done.remarks if remark.line.startswith("1 ")]


@pytest.mark.parametrize("at", ["2020-01-02T03:04:05Z", "2020-01-02T03:04:06Z"])
@pytest.mark.parametrize("packed", [True, False])
def test_a_record_is_copied_with_its_moment(tmp_path, packed, at):
    source, target = tmp_path / "a.warc", BytesIO()
    source.write_bytes(RECORD if packed else gzip.decompress(RECORD))
    copied = copy_record(source, 0, target, fetched_at=at)
    if at.endswith("6Z"):
        assert copied is None and target.getvalue() == b""
        return
    assert (copied.url, copied.status, copied.mime) == ("http://a.vn/1", 200, "a/b")
    (record,) = ArchiveIterator(BytesIO(target.getvalue()))
    assert copied.length == len(target.getvalue())
    assert record.rec_headers.get_header("WARC-Record-ID") == "<urn:uuid:1>"


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_record_of_an_arc_file_becomes_one_of_a_warc(tmp_path, pack):
    body = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>xin"
    line = f"http://a.vn/2 1.2.3.4 20100102030405 text/html {len(body)}\n".encode()
    version = b"filedesc://x.arc 0.0.0.0 20100102030405 text/plain 76\n1 0 x\nURL IP-address Archive-date Content-type Archive-length\n\n"  # fmt: skip
    source, target = tmp_path / "x.arc", [BytesIO(), BytesIO()]
    version = pack(version)
    source.write_bytes(version + pack(line + body + b"\n"))
    for one in target:
        copied = copy_record(source, len(version), one, fetched_at="2010-01-02T03:04:05Z")
        assert (copied.url, copied.kind, copied.mime) == ("http://a.vn/2", "response", "text/html")
    assert target[0].getvalue() == target[1].getvalue()
    record = next(ArchiveIterator(BytesIO(target[0].getvalue())))
    assert record.content_stream().read() == b"<p>xin"


@pytest.mark.parametrize("content", [b"", b"\x1f\x8b\x08broken", b"<html>no record", RECORD[:-30]])
def test_what_is_no_record_is_none(tmp_path, content):
    (tmp_path / "x").write_bytes(content)
    target = BytesIO()
    assert copy_record(tmp_path / "x", 0, target, fetched_at="2020-01-02T03:04:05Z") is None
    assert copy_record(tmp_path / "none", 0, target, fetched_at="x") is None
    assert target.getvalue() == b""


def test_it_is_signed_by_the_operator(kept, tmp_path, judges):
    archive, _, _ = kept
    key = tmp_path / "key.pem"
    made = ec.generate_private_key(ec.SECP384R1())
    form = serialization.PrivateFormat.PKCS8
    key.write_bytes(
        made.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    )
    for name in ("a", "b"):
        done = scrapy("publish", "--out", tmp_path / name, "-s", f"SIGNING_KEY={key}", "-s",
                      f"CAPTURES_DIR={archive.parent}", archive=archive)  # fmt: skip
        assert done.returncode == 0, done.stderr
    (one,), (other,) = files_of(tmp_path / "a"), files_of(tmp_path / "b")
    assert one.read_bytes() == other.read_bytes()
    with zipfile.ZipFile(one) as packed:
        said = json.loads(packed.read("datapackage-digest.json"))
        digest = hashlib.sha256(packed.read("datapackage.json")).hexdigest()
    signed = said["signedData"]
    assert said["hash"] == signed["hash"] == f"sha256:{digest}"
    raw = base64.b64decode(signed["signature"])
    r, s = (int.from_bytes(part, "big") for part in (raw[:48], raw[48:]))
    public = serialization.load_der_public_key(base64.b64decode(signed["publicKey"]))
    public.verify(encode_dss_signature(r, s), said["hash"].encode(), ec.ECDSA(hashes.SHA256()))
    assert public == made.public_key()
    done = subprocess.run([judges / "wacz", "validate", "-f", one], capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0 and "Has signature" in done.stdout
    for content in (b"", b"-----BEGIN PRIVATE KEY-----", key.read_bytes()[:-60]):
        (tmp_path / "bad.pem").write_bytes(content)
        done = scrapy("publish", "--out", tmp_path / "c", "-s", f"SIGNING_KEY={tmp_path / 'bad.pem'}", archive=archive)  # fmt: skip
        assert done.returncode == 2 and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.khcn.yenbai.gov.vn/Tin/?b=2&a=1", "vn,gov,yenbai,khcn)/tin/?a=1&b=2"),
        ("http://a.vn", "vn,a)/"),
        ("http://a.vn:8080/x", "vn,a:8080)/x"),
        ("https://a.vn:443/?x=", "vn,a)/?x="),
        ("http://a.vn/%C4%90", "vn,a)/%c4%90"),
    ],
)
def test_addresses_are_sorted_as_indexes_sort_them(url, key):
    assert surt(url) == key


def test_pywb_replays_it(kept, tmp_path):
    if not (PYWB / "wayback").exists():
        pytest.skip(f"pywb is not here: {PYWB} (make pywb)")
    archive, out, removed = kept
    (wacz,) = files_of(out)
    for arguments in (("init", "khcn"), ("add", "--unpack-wacz", "khcn", str(wacz))):
        subprocess.run([PYWB / "wb-manager", *arguments], cwd=tmp_path, check=True,
                       capture_output=True, timeout=120)  # fmt: skip
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen([PYWB / "wayback", "-p", str(port), "-b", "127.0.0.1"],
                                   cwd=tmp_path, stdout=log, stderr=log)  # fmt: skip
    try:
        base = f"http://127.0.0.1:{port}/khcn"
        for _ in range(300):
            try:
                urlopen(f"{base}/cdx?url=x.vn", timeout=10).close()
                break
            except OSError:
                time.sleep(0.1)
        _, url, fetched_at, _ = published_article(archive, out)
        stamp = "".join(filter(str.isdecimal, fetched_at))
        with urlopen(f"{base}/{stamp}id_/{url}", timeout=60) as answer:
            replayed = answer.read()
        assert scrapy("record", url, "--dumps", out, "-o", tmp_path / "page", archive=dump_of(out)).returncode == 0  # fmt: skip
        assert replayed == (tmp_path / "page").read_bytes() and b"<" in replayed
        with urlopen(f"{base}/cdx?url={removed}", timeout=60) as answer:
            assert answer.read() == b""
    finally:
        process.terminate()
        process.wait(20)


def test_from_an_article_to_its_record(kept, tmp_path):
    archive, out, removed = kept
    ident, url, _, digest = published_article(archive, out)
    here = scrapy("record", url, "-s", f"CAPTURES_DIR={archive.parent}", "-o", tmp_path / "a", archive=archive)  # fmt: skip
    dump = shutil.copy(dump_of(out), tmp_path / "mine.db")
    theirs = scrapy("record", str(ident), "--dumps", out, "-o", tmp_path / "b", archive=dump)
    assert here.returncode == theirs.returncode == 0, here.stderr + theirs.stderr
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    said = [json.loads(done.stdout.partition("}")[0] + "}") for done in (here, theirs)]
    assert said[0]["digest"] == said[1]["digest"] == digest
    assert said[0]["file"].endswith(said[0]["warc"]) and said[1]["file"].endswith(".wacz")
    place = next(p for p in responses(Path(said[1]["file"])) if p.offset == said[1]["file_offset"])
    assert place.url == said[1]["url"]
    gone = rows(dump, "select article from removals limit 1")[0][0]
    done = scrapy("record", removed, archive=archive)
    assert done.returncode == 1 and "removed on request" in done.stderr
    for asked, more, words in (
        (str(gone), ("--dumps", out), "removed on request"),
        (removed, ("--dumps", out), "no capture"),
        ("https://nowhere.vn/", ("--dumps", out), "no capture"),
        (url, ("-s", f"CAPTURES_DIR={tmp_path}"), "is not in"),
        (url, ("--dumps", out, "--at", "1999"), "no capture"),
    ):
        done = scrapy("record", asked, *more, archive=dump)
        assert done.returncode == 1 and words in done.stderr, done.stderr

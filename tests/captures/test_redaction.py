"""Records taken out of files of captures: nothing of them is left, and all others stay where they were."""

from __future__ import annotations

import gzip
import os
import random
import signal
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.captures import (
    CaptureError,
    CaptureWriter,
    RecordPlace,
    Scan,
    check_warc,
    read_capture,
)
from crawler.captures.redaction import packed_tombstone, redact, tombstone

NOW = "2026-02-03T04:05:06Z"
NONE: frozenset[int] = frozenset()
BODIES = [
    b"<p>rat ngan</p>", b"", random.Random(1).randbytes(300_000), b"x" * 2_000_000, b"<p>bai bi go</p>" * 40,
    random.Random(2).randbytes(66_000), b"<p>cuoi cung</p>",
]  # fmt: skip


def captures(folder: Path, *, packed: bool = True) -> tuple[Path, list[RecordPlace]]:
    path = folder / ("x-1.warc.gz" if packed else "x-1.warc")
    writer = CaptureWriter(folder / "x-1.warc.gz", software="test", portal="x")
    places = []
    for number, body in enumerate(BODIES):
        url = f"http://example.vn/{number}"
        offset = writer.keep(
            url, fetched_at=NOW, status=200, headers=[("Content-Type", "text/html")], body=body
        )
        places.append(RecordPlace(path, offset, url, NOW))
    writer.close()
    if not packed:
        plain = gzip.decompress((folder / "x-1.warc.gz").read_bytes())
        (folder / "x-1.warc.gz").unlink()
        path.write_bytes(plain)
        places = [record.place for record in Scan(path)]
    return path, places


@pytest.mark.parametrize("length", [240, 400, 999, 1_000, 1_001, 65_540, 65_559, 131_098, 700_001])
def test_a_tombstone_is_one_whole_record_of_that_length(length):
    for made in (packed_tombstone(length, NOW), tombstone(length, NOW)):
        assert len(made) == length
        assert [record.rec_type for record in ArchiveIterator(BytesIO(made))] == ["metadata"]
    with pytest.raises(ValueError, match="too few"):
        packed_tombstone(120, NOW)


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("gone", range(len(BODIES)))
def test_one_record_goes_and_the_others_stay_where_they_were(tmp_path, gone, packed):
    path, places = captures(tmp_path, packed=packed)
    size, url = path.stat().st_size, places[gone].url
    done = redact(path, offsets=frozenset({places[gone].offset}), urls=frozenset(), spared=NONE, now=NOW)  # fmt: skip
    assert done.records == 2  # the answer and the request for it
    assert path.stat().st_size == size
    check_warc(path)
    plain = path.read_bytes() if not packed else gzip.decompress(path.read_bytes())
    assert url.encode() not in plain and (len(BODIES[gone]) < 9 or BODIES[gone] not in plain)
    kept = [place for at, place in enumerate(places) if at != gone]
    assert [record.place for record in Scan(path)] == kept
    for place, body in zip(kept, [b for at, b in enumerate(BODIES) if at != gone], strict=True):
        assert read_capture(place).body == body
    with path.open("rb") as file:
        types = [record.rec_type for record in ArchiveIterator(file)]
    assert types.count("metadata") == 2 and types.count("response") == len(BODIES) - 1
    again = redact(path, offsets=frozenset({places[gone].offset}), urls=frozenset({url}), spared=NONE, now=NOW)  # fmt: skip
    assert again.records == 0


def test_what_no_row_ever_pointed_at_goes_by_its_address_unless_it_is_needed(tmp_path):
    path, places = captures(tmp_path)
    before = path.read_bytes()
    urls = frozenset({places[1].url, places[2].url})
    done = redact(path, offsets=NONE, urls=urls, spared=frozenset({places[2].offset}), now=NOW)
    assert done.records == 2
    assert [record.place for record in Scan(path)] == [places[0], *places[2:]]
    assert redact(path, offsets=NONE, urls=frozenset({"http://example.vn/99"}), spared=NONE, now=NOW).records == 0  # fmt: skip
    assert len(before) == path.stat().st_size


@pytest.mark.parametrize(
    "start", [b"PK\x03\x04 a bundle", b"filedesc://x 0.0.0.0 2019 text/plain 9\n"]
)
def test_what_holds_no_records_to_take_out_is_named(tmp_path, start):
    path = tmp_path / "x.bin"
    path.write_bytes(start)
    with pytest.raises(CaptureError, match="ARC, WACZ"):
        redact(path, offsets=frozenset({0}), urls=frozenset(), spared=NONE, now=NOW)
    assert path.read_bytes() == start


def test_killed_at_any_moment_it_is_the_old_file_or_the_new_one(tmp_path):
    path, places = captures(tmp_path)
    with path.open("ab") as file:
        file.write(path.read_bytes() * 12)  # long enough to be killed in
    old = path.read_bytes()
    seen = set()
    code = (
        "import sys; from pathlib import Path; from crawler.captures.redaction import redact\n"
        f"sys.stdout.write('.'); sys.stdout.flush()\n"
        f"redact(Path({str(path)!r}), offsets=frozenset({{{places[3].offset}}}), urls=frozenset(), "
        f"spared=frozenset(), now={NOW!r})"
    )
    chance = random.Random(4)
    for _ in range(12):
        path.write_bytes(old)
        child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
        assert child.stdout is not None
        child.stdout.read(1)
        time.sleep(chance.uniform(0, 0.08))
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()
        new = path.read_bytes()
        assert len(new) == len(old)
        seen.add(new == old)
        assert read_capture(places[2]).body == BODIES[2]
        if new != old:
            check_warc(path)
    redact(path, offsets=frozenset({places[3].offset}), urls=frozenset(), spared=NONE, now=NOW)
    assert [p.name for p in tmp_path.iterdir()] == [
        path.name
    ]  # what a kill left has become the file
    assert True in seen

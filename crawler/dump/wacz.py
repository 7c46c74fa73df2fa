"""Captures for others: one WACZ a portal and month (https://specs.webrecorder.net/wacz/1.1.1/).

It holds the records that the dump's `captures` point at and no others: what was removed on request
is pointed at by nothing. Its index says of each record where the dump says it lies.
"""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from crawler.captures import (
    CaptureError,
    Copied,
    RecordPlace,
    begin_file,
    copy_record,
    read_capture,
)
from crawler.captures.containers import windows
from crawler.dump.cdxj import NAME, Line, index_files
from crawler.dump.looks import Look, Month, names_one
from crawler.dump.signing import Signer
from crawler.parsing import read_json

SOFTWARE = "khcn-archive"
VERSION = "1.1.1"
FORMAT = 2  # of what is written here: another one is another file
RECORDS = "archive/data.warc.gz"
PAGES = "pages/pages.jsonl"
EPOCH = (1980, 1, 1, 0, 0, 0)  # a zip has to tell a time
MARKUP = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class Written:
    """A WACZ: its records, the looks that are not where they should be, and those that are withheld."""

    records: int
    missing: int
    withheld: int  # their pages name what was removed


def name_of(month: Month, signer: Signer | None = None) -> str:
    """A name that says what is in it, so that a month that stayed as it was is not written anew."""
    said = [
        FORMAT,
        month.portal,
        month.department,
        month.hidden,
        *([signer.public] if signer else []),
    ]
    looks = [
        [look.url, look.fetched_at, look.warc, look.offset, look.title] for look in month.looks
    ]
    digest = sha256(json.dumps([said, looks]).encode()).hexdigest()
    return f"captures-{month.portal}-{month.month.replace('-', '')}-{digest[:12]}.wacz"


def write_wacz(month: Month, target: Path, signer: Signer | None = None) -> Written:
    """The same looks are the same bytes."""
    records = target.with_suffix(".warc.gz")
    latest = max(look.fetched_at for look in month.looks)
    says = {"software": SOFTWARE, "isPartOf": month.portal, "format": "WARC/1.1"}
    copied: list[tuple[Look, Copied]] = []
    named = 0
    try:
        with records.open("wb") as file:
            begin_file(file, RECORDS, date=latest, says=says)
            for look in month.looks:
                if month.hidden and _names_removed(look, month):
                    named += 1
                    continue
                answer = copy_record(look.path, look.offset, file, fetched_at=look.fetched_at)
                if answer is not None:
                    copied.append((look, answer))
        _pack(month, latest, records, copied, target, signer)
    finally:
        records.unlink(missing_ok=True)
    return Written(len(copied), len(month.looks) - len(copied) - named, named)


def _names_removed(look: Look, month: Month) -> bool:
    """Whether the page of a look names what was removed: a list, a feed, another article."""
    try:
        page = read_capture(RecordPlace(look.path, look.offset, look.url, look.fetched_at))
    except CaptureError:
        return False  # it cannot be copied either
    return names_one(page.body, month.hidden)


def _pack(
    month: Month, latest: str, records: Path, copied: Sequence[tuple[Look, Copied]], target: Path,
    signer: Signer | None,
) -> None:  # fmt: skip
    lines = [
        Line(answer, RECORDS.rpartition("/")[2], look.fetched_at, look.warc, look.offset)
        for look, answer in copied
    ]
    plain, compressed = index_files(lines)
    texts = {
        f"indexes/{NAME}": compressed,
        "indexes/index.idx": plain,
        PAGES: _pages(copied),
    }
    with zipfile.ZipFile(target, "w") as packed:
        resources = [_resource(RECORDS, _stored_file(packed, RECORDS, records), records)]
        for name, content in texts.items():
            # Indexes are sought in; the list of pages is read as a whole.
            _store(packed, name, content, deflate=name == PAGES)
            resources.append(_resource(name, sha256(content).hexdigest(), len(content)))
        package = _json(
            {
                "profile": "data-package",
                "wacz_version": VERSION,
                "software": SOFTWARE,
                "title": f"{month.department}, {month.month}",
                "description": f"{len(copied)} captures of {month.portal} in {month.month}",
                "created": latest,
                "modified": latest,
                "resources": resources,
            }
        )
        _store(packed, "datapackage.json", package)
        summed = f"sha256:{sha256(package).hexdigest()}"
        digest: dict[str, Any] = {"path": "datapackage.json", "hash": summed}
        if signer:
            digest["signedData"] = signer.signed(summed, created=latest, software=SOFTWARE)
        _store(packed, "datapackage-digest.json", _json(digest))


def place_in(wacz: Path, warc: str, offset: int) -> tuple[int, int] | None:
    """Where a WACZ holds what the dump's `captures` call this record: its first byte, its length."""
    with zipfile.ZipFile(wacz) as packed:
        index = gzip.decompress(packed.read(f"indexes/{NAME}")).decode()
        for line in index.splitlines():
            said = read_json(line.split(" ", 2)[2])
            if (said["warc"], said["warc_offset"]) == (warc, str(offset)):
                (window,) = windows(wacz)
                return window.start + int(said["offset"]), int(said["length"])
    return None


def _pages(copied: Iterable[tuple[Look, Copied]]) -> bytes:
    """The articles' pages first seen so, each with its title, and the lists that led to them."""
    lines: list[dict[str, Any]] = [
        {"format": "json-pages-1.0", "id": "pages", "title": "Trang (pages)", "hasText": False}
    ]
    for look, answer in copied:
        if answer.status == 200 and answer.mime.lower() in MARKUP:
            ident = sha256(f"{answer.url} {look.fetched_at}".encode()).hexdigest()[:22]
            lines.append(
                {"id": ident, "url": answer.url, "ts": look.fetched_at,
                 "title": look.title or answer.url}
            )  # fmt: skip
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def _resource(path: str, digest: str, size: int | Path) -> dict[str, Any]:
    much = size if isinstance(size, int) else size.stat().st_size
    return {"name": path.rpartition("/")[2].lower(), "path": path, "hash": f"sha256:{digest}", "bytes": much}  # fmt: skip


def _stored_file(packed: zipfile.ZipFile, name: str, path: Path) -> str:
    digest = sha256()
    entry = _entry(name)
    # Known beforehand, so that only a large file has the longer header: ReplayWeb.page finds a record by
    # the header that the end of a zip tells of, which has no such field.
    entry.file_size = path.stat().st_size
    with path.open("rb") as source, packed.open(entry, "w") as target:
        while block := source.read(2**20):
            digest.update(block)
            target.write(block)
    return digest.hexdigest()


def _store(packed: zipfile.ZipFile, name: str, content: bytes, *, deflate: bool = False) -> None:
    kind = zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED
    packed.writestr(_entry(name), content, compress_type=kind)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.external_attr = 0o644 << 16
    return entry


def _json(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()

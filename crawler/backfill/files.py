"""Files out of captures: what articles carry and a WARC file holds, as a crawl would have kept it."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from crawler.archive.captures import remember_warc
from crawler.archive.database import Archive
from crawler.archive.files.keep import save_file
from crawler.archive.files.queue import visit_of
from crawler.captures import CaptureError, RecordPlace, read_capture, responses
from crawler.captures.content import LARGEST
from crawler.clock import now
from crawler.documents.kept_types import kept_type
from crawler.http.outcomes import outcome_of_status
from crawler.items import Capture, FileLook


def take_files(archive: Archive, folder: Path, portal: str, paths: Iterable[Path]) -> int:
    """Put the files of a portal's articles into the archive; returns how many looks there were.

    They are read by `scrapy read-files`, or at the end of the next night. Raises CaptureError.
    """
    taken = 0
    for path in paths:
        with archive.transaction() as conn:
            name = remember_warc(conn, path, folder)
        for place in responses(path):
            taken += _take(archive, portal, place, name)
    return taken


def _take(archive: Archive, portal: str, place: RecordPlace, warc: str) -> bool:
    visit = visit_of(archive.conn, portal, place.url)
    if visit is None:
        return False
    try:
        fetched = read_capture(place, largest=LARGEST)
    except CaptureError:
        return False
    outcome, _ = outcome_of_status(fetched.status)
    if outcome != "ok" or fetched.problem:
        return False
    kind = kept_type(fetched.body, name=place.url, declared=fetched.header("content-type"))
    if kind is None:
        return False
    capture = Capture(
        place.url, place.fetched_at, fetched.status, warc=warc, offset=place.offset,
        digest=sha256(fetched.body).hexdigest(), etag=fetched.header("etag"),
        last_modified=fetched.header("last-modified"),
    )  # fmt: skip
    look = FileLook(
        portal, visit.id, visit.address, capture, fetched.body, kind,
        fetched.header("content-disposition"),
    )  # fmt: skip
    with archive.transaction() as conn:
        save_file(conn, visit, look, now())
    return True

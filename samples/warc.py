"""Sample sites as a WARC file: what a crawl of them would have kept."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from crawler.captures import CaptureWriter
from samples.site import Site


def write_warc(path: Path, sites: Iterable[Site]) -> int:
    """Write every page of the sites; returns their number. An older file is replaced."""
    path.unlink(missing_ok=True)
    writer = CaptureWriter(path, software="samples", portal="samples")
    pages = 0
    for site in sites:
        for address in site.pages:
            answer = site.answer(address)
            writer.keep(
                site.root + address,
                fetched_at=site.captured_at,
                status=answer.status,
                headers=[("Content-Type", answer.content_type)],
                body=answer.body.encode() if isinstance(answer.body, str) else answer.body,
            )
            pages += 1
    writer.close()
    return pages

"""Scrapy's answers in the project's own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from scrapy.http import Headers, Response

from crawler.clock import now
from crawler.extract.classify import says_maintenance
from crawler.extract.decode import decode
from crawler.http.head import header_address, header_text
from crawler.http.outcomes import retry_after
from crawler.items import Capture, Fetched

BUSY = 503  # the status of a server that is overloaded, or worked on
WORKED_ON = 300.0  # seconds that only a site which is worked on asks to be left alone for
LARGEST_NOTICE = 50_000  # bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """Where an answer lies and when it was given."""

    fetched_at: str
    warc: str | None
    offset: int | None


def header_pairs(headers: Headers) -> list[tuple[str, str]]:
    """Names and values in the order they came, a pair for each value."""
    return [
        (header_text(name), header_text(value))
        for name, values in headers.items()
        for value in values
    ]


def capture_of(response: Response, outcome: str) -> Capture:
    """The look that an answer is, with the place where it is kept."""
    kept = response.meta.get("kept") or Kept(now(), None, None)  # outside a run nothing is kept
    return Capture(
        url=response.meta.get("address", response.url),
        fetched_at=kept.fetched_at,
        status=response.status,
        outcome=outcome,
        warc=kept.warc,
        offset=kept.offset,
        digest=sha256(response.body).hexdigest(),
        etag=header_of(response, "ETag"),
        last_modified=header_of(response, "Last-Modified"),
        location=location_of(response),
        notes=[response.meta["tls_problem"]] if "tls_problem" in response.meta else [],
    )


def fetched_of(response: Response, url: str, fetched_at: str) -> Fetched:
    """The answer as extraction takes it."""
    headers = tuple((name.lower(), value) for name, value in header_pairs(response.headers))
    return Fetched(url, fetched_at, response.status, headers, response.body)


def location_of(response: Response) -> str | None:
    """Where a redirect leads, as it says it."""
    value = response.headers.get("Location")
    return header_address(value) if value else None


def is_conditional(response: Response) -> bool:
    """Whether it answers a question for what is new alone."""
    asked = response.request.headers if response.request else {}
    return b"If-None-Match" in asked or b"If-Modified-Since" in asked


def header_of(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return header_text(value) if value else None


def is_worked_on(response: Response) -> bool:
    """Whether an answer is a 503 that is a site's notice that it is being worked on, by its words or by its own hours."""
    if response.status != BUSY:
        return False
    wait = retry_after(header_of(response, "Retry-After"), datetime.now(UTC))
    if wait is not None and wait >= WORKED_ON:
        return True
    if len(response.body) > LARGEST_NOTICE:
        return False
    return says_maintenance(decode(response.body, header_of(response, "Content-Type")).text)

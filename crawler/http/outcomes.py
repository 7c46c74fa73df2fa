"""What came of asking for a page: one named outcome for each way it can end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from scrapy.exceptions import IgnoreRequest

from crawler.parsing import number, read_http_date

TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
# Outcomes and refusals by which a page says that it is no longer there.
GONE = frozenset({"http_404", "http_410", "redirect_home", "soft_404"})
PRIVATE = "private_address"  # the outcome of a request that would not go to the public web
DETAIL = 200  # characters of an error's own words that are kept

# What Scrapy and Twisted raise, by name; the first in the chain of causes that is listed counts.
FAILURES: tuple[tuple[str, str, bool], ...] = (
    ("HeadTooLargeError", "headers_too_large", False),
    ("TooManyChunksError", "too_large", False),
    ("DownloadTimeoutError", "timeout", True),
    ("CannotResolveHostError", "dns", True),
    ("DownloadConnectionRefusedError", "refused", True),
    ("DownloadCancelledError", "too_large", False),
    ("ResponseDataLossError", "truncated", True),
    ("UnsupportedURLSchemeError", "unsupported_scheme", False),
)


class Forbidden(IgnoreRequest):
    """A request that is not made; `outcome` says by which rule."""

    def __init__(self, outcome: str, detail: str = "") -> None:
        super().__init__(detail or outcome)
        self.outcome, self.detail = outcome, detail


class FetchError(Exception):
    """A request without a usable answer; `outcome` is its name, `packed` whether packing did it."""

    def __init__(
        self, outcome: str, detail: str = "", *, passing: bool = False, packed: bool = False
    ) -> None:
        super().__init__(detail or outcome)
        self.outcome, self.detail, self.passing, self.packed = outcome, detail, passing, packed


def outcome_of_status(status: int, *, conditional: bool = True) -> tuple[str, bool]:
    """The outcome of an answer, and whether another look may end otherwise.

    "Not modified" answers nobody who did not ask for that.
    """
    if 200 <= status < 300:
        return "ok", False
    if status == 304:
        return ("not_modified", False) if conditional else ("http_304", True)
    if 300 <= status < 400:
        return "redirect", False
    return f"http_{status}", status in TRANSIENT


def outcome_of_failure(error: BaseException) -> tuple[str, bool]:
    """The outcome of a request that got no answer, and whether another look may end otherwise."""
    if isinstance(error, FetchError):
        return error.outcome, error.passing
    if isinstance(error, Forbidden):
        return error.outcome, False
    names = {type(cause).__name__ for cause in causes(error)}
    for name, outcome, passing in FAILURES:
        if name in names:
            return outcome, passing
    return "connection", True


def detail_of_failure(error: BaseException) -> str:
    """What is known beyond the outcome's name."""
    if isinstance(error, (FetchError, Forbidden)):
        return error.detail[:DETAIL]
    return said_by(error)


def said_by(error: BaseException) -> str:
    """The words of an error and of what caused it."""
    words = dict.fromkeys(f"{type(cause).__name__}: {cause}" for cause in causes(error))
    return "; ".join(words)[: 2 * DETAIL]


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error, what it was raised from, and the reasons that Twisted hangs on it."""
    left, seen = [error], set()
    while left:
        found = left.pop()
        if found is None or id(found) in seen:
            continue
        seen.add(id(found))
        yield found
        left.append(found.__cause__)
        left += [getattr(reason, "value", None) for reason in getattr(found, "reasons", None) or ()]


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds to wait by a Retry-After header (RFC 9110 §10.2.3); None when it names no time."""
    if not value:
        return None
    seconds = number(value.strip())
    if seconds is not None:
        return float(seconds)
    moment = read_http_date(value)
    return None if moment is None else max(0.0, (moment - now).total_seconds())

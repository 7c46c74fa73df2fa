"""What came of asking for a page: one named outcome for each way it can end."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)

LONGEST_WAIT = 600.0  # seconds of Retry-After that are worth waiting for
TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})

FAILURES: tuple[tuple[type[BaseException], str, bool], ...] = (
    (DownloadTimeoutError, "timeout", True),
    (CannotResolveHostError, "dns", True),
    (DownloadConnectionRefusedError, "refused", True),
    (DownloadCancelledError, "too_large", False),
    (ResponseDataLossError, "truncated", True),
    (UnsupportedURLSchemeError, "unsupported_scheme", False),
    (ssl.SSLError, "tls", False),
    (DownloadFailedError, "connection", True),
)


class Forbidden(IgnoreRequest):
    """A request that is not made; `outcome` says by which rule."""

    def __init__(self, outcome: str, detail: str = "") -> None:
        super().__init__(detail or outcome)
        self.outcome = outcome


def outcome_of_status(status: int) -> tuple[str, bool]:
    """The outcome of an answer, and whether another look may end otherwise."""
    if 200 <= status < 300:
        return "ok", False
    if status == 304:
        return "not_modified", False
    if 300 <= status < 400:
        return "redirect", False
    return f"http_{status}", status in TRANSIENT


def outcome_of_failure(error: BaseException) -> tuple[str, bool]:
    """The outcome of a request that got no answer, and whether another look may end otherwise."""
    if isinstance(error, Forbidden):
        return error.outcome, False
    if "SSL" in repr(error) or "certificate" in str(error).lower():
        return "tls", False
    for kind, outcome, passing in FAILURES:
        if isinstance(error, kind):
            return outcome, passing
    return "connection", True


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds to wait by a Retry-After header (RFC 9110 §10.2.3); None when it names no time."""
    if not value:
        return None
    if value.strip().isdigit():
        return float(value.strip()[:6])
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())

"""Every way a request ends has a name."""

from datetime import UTC, datetime

import pytest
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)

from crawler.http.outcomes import (
    FetchError,
    Forbidden,
    outcome_of_failure,
    outcome_of_status,
    retry_after,
)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, ("ok", False)),
        (301, ("redirect", False)),
        (304, ("not_modified", False)),
        (404, ("http_404", False)),
        (410, ("http_410", False)),
        (429, ("http_429", True)),
        (503, ("http_503", True)),
    ],
)
def test_statuses(status, outcome):
    assert outcome_of_status(status) == outcome


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (DownloadTimeoutError("30 s"), ("timeout", True)),
        (CannotResolveHostError("h"), ("dns", True)),
        (DownloadConnectionRefusedError("h"), ("refused", True)),
        (DownloadCancelledError("8 MiB"), ("too_large", False)),
        (ResponseDataLossError("half"), ("truncated", True)),
        (Forbidden("robots"), ("robots", False)),
        (FetchError("tls_expired", "notAfter"), ("tls_expired", False)),
        (FetchError("timeout", passing=True), ("timeout", True)),
        (RuntimeError("something new"), ("connection", True)),
    ],
)
def test_failures(error, outcome):
    assert outcome_of_failure(error) == outcome


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("120", 120.0),
        (" 7 ", 7.0),
        ("Tue, 24 Nov 2026 00:01:00 GMT", 60.0),
        ("Mon, 23 Nov 2026 00:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
    ],
)
def test_retry_after(header, seconds):
    assert retry_after(header, datetime(2026, 11, 24, tzinfo=UTC)) == seconds

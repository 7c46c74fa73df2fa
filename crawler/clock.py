"""The one place that looks at the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def now() -> str:
    """UTC to the millisecond, RFC 3339: two looks at a page are two moments."""
    return stamp(datetime.now(UTC))


def hours_ago(hours: float) -> str:
    return stamp(datetime.now(UTC) - timedelta(hours=hours))


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"

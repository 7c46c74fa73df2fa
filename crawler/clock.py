"""The one place that looks at the clock."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

# For tests of later nights: seconds added to the clock of this process.
AHEAD = timedelta(seconds=float(os.environ.get("KHCN_CLOCK_AHEAD") or 0))


def now() -> str:
    """UTC to the millisecond, RFC 3339: two looks at a page are two moments."""
    return stamp(_moment())


def hours_ago(hours: float) -> str:
    return stamp(_moment() - timedelta(hours=hours))


def days_between(earlier: str, later: str) -> float:
    """Days from one moment to another, both as they are stored."""
    gap = datetime.fromisoformat(later) - datetime.fromisoformat(earlier)
    return gap.total_seconds() / 86_400


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def _moment() -> datetime:
    return datetime.now(UTC) + AHEAD

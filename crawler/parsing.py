"""Addresses, numbers, dates and JSON out of other people's data: what is none is never an exception.

The only place where `urlsplit`, `urljoin`, `isdigit` and their like meet what a page says.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

NOWHERE = SplitResult("", "", "", "", "")
DIGITS = re.compile(r"[0-9]{1,18}")


def split_url(url: str) -> SplitResult:
    """The parts of an address; all of them empty when it is none, be it for its port alone."""
    try:
        parts = urlsplit(url)
        _ = parts.port, parts.hostname
    except ValueError:
        return NOWHERE
    return parts


def join_url(base: str, target: str) -> str:
    """Where a link on a page leads; empty when it leads nowhere."""
    try:
        return urljoin(base, target)
    except ValueError:
        return ""


def is_number(text: str) -> bool:
    """Whether a text is a number in plain digits: `²` and `٣` are digits to Unicode, not to us."""
    return DIGITS.fullmatch(text) is not None


def number(text: str | None) -> int | None:
    """The number that a text is; None when it is anything else."""
    return int(text) if text and is_number(text) else None


def read_http_date(text: str) -> datetime | None:
    """A date as mail and HTTP write it (RFC 9110 §5.6.7), in UTC; None when it is none."""
    try:
        moment = parsedate_to_datetime(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def read_json(text: str | bytes) -> Any:
    """What a piece of JSON says; None when it is none, or nested beyond all measure."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None

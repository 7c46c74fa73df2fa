"""dateparser, the last resort: asked about short strings only, and believed word by word."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Literal

from crawler.extract.date_words import EARLIEST

LONGEST = 60  # characters of a string that is worth asking about


def guessed_day(text: str, seen: str, order: Literal["DMY", "MDY"]) -> date | None:
    """The day dateparser reads; None when its year or its day is not printed in the string."""
    year = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)
    if year is None or len(text) > LONGEST:
        return None
    rest = text.replace(year[0], "", 1)
    if not re.search(r"\d", rest):
        return None
    moment = _dateparser(text, seen[:10], order)
    if moment is None or str(moment.year) != year[0] or moment.year < EARLIEST:
        return None
    return moment.date() if moment.day in map(int, re.findall(r"\d{1,2}", rest)) else None


@lru_cache(maxsize=256)
def _dateparser(text: str, seen: str, order: str) -> datetime | None:
    import dateparser  # half a second to import, and few processes ever need it

    try:
        return dateparser.parse(
            text,
            languages=["vi"],
            settings={
                "DATE_ORDER": order,
                "REQUIRE_PARTS": ["day", "month", "year"],
                "RELATIVE_BASE": datetime.fromisoformat(seen),
                "RETURN_AS_TIMEZONE_AWARE": False,
            },
        )
    except (ValueError, OverflowError, TypeError, AttributeError, RecursionError):
        return None

"""Dates as Vietnamese portals print them: a grammar of our own, dateparser as the last resort.

Forms are read out of a string of at most 200 characters, wherever in it they stand. A value is
never made up: what a string does not hold is not in the result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Literal
from unicodedata import normalize

from crawler.extract.date_words import (
    DATE_FORMS,
    EARLIEST,
    PUBLISHED_LABEL,
    TIME,
    UPDATED_LABEL,
    WEEKDAY,
    WRITTEN,
    ZONE,
    month_number,
    weekday_number,
)
from crawler.extract.dateparser_fallback import guessed_day
from crawler.extract.relative_dates import moment_ago
from crawler.items import Precision

VIETNAM = timezone(timedelta(hours=7))
LONGEST = 200  # characters that are looked at
TIME_NEAR = 24  # characters between a date and the time that belongs to it
# Between a time and a day that stand in elements of their own, with nothing but style to part them.
GLUED = re.compile(
    r"(?<=\d[:h]\d\d)(?=\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d\b)"
    r"|(?<=[/.-](?:19|20)\d\d)(?=\d{1,2}[:h]\d\d\b)"
)
AHEAD = timedelta(days=2)  # a portal's clock may be wrong, or the page scheduled
Order = Literal["DMY", "MDY"]


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date that is printed; `value` is None when it cannot be true, and a note says why.

    `value`: `2021-07-07T09:11:54+07:00`, `2021-02-02`, `2021-02` or `2021`, as `precision` says.
    """

    raw: str
    value: str | None = None
    precision: Precision | None = None
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Found:
    """A date form in a string, before anybody asked whether it can be true."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    numeric: bool = False  # day and month could be either
    notes: list[str] = field(default_factory=list)


def parse_date(raw: str, *, captured_at: str, order: Order = "DMY") -> PrintedDate | None:
    """The date in a string; None when it holds none. `captured_at`: RFC 3339, when it was seen."""
    text = _plain(raw)
    seen = datetime.fromisoformat(captured_at).astimezone(VIETNAM)
    if (ago := moment_ago(text, seen)) is not None:
        return PrintedDate(raw[:LONGEST], *ago)
    if not re.search(r"\d", text):
        return None
    forms = list(_forms(text, seen, order))
    if not forms:
        return _last_resort(raw, text, seen, order)
    found = _chosen(forms, text)
    return replace(_judged(found, text, seen), raw=raw[:LONGEST])


def _plain(raw: str) -> str:
    """Lower case, composed, full-width digits and odd spaces made plain."""
    text = normalize("NFKC", raw[:LONGEST]).lower()
    return GLUED.sub(" ", re.sub(r"[\u200b-\u200f\u2060\ufeff\u00ad]", "", text))


def _forms(text: str, seen: datetime, order: Order) -> Iterator[_Found]:
    taken: list[tuple[int, int]] = []
    for form in DATE_FORMS:
        for match in form.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            parts = match.groupdict()
            found = _Found(match.start(), match.end(), year=_year(parts.get("year"), seen))
            if parts.get("word"):
                found.month = month_number(parts["word"])
                if found.month is None:
                    continue
            elif parts.get("month"):
                found.month = int(parts["month"])
            if parts.get("day"):
                found.day = int(parts["day"])
            if parts.get("first"):
                first, second = int(parts["first"]), int(parts["second"])
                found.numeric = True
                found.day, found.month = (first, second) if order == "DMY" else (second, first)
            taken.append(match.span())
            yield found


def _year(digits: str | None, seen: datetime) -> int | None:
    if digits is None or len(digits) == 4:
        return int(digits) if digits else None
    short = int(digits)
    if short <= seen.year % 100 + 1:
        return seen.year // 100 * 100 + short
    return 1900 + short if short >= EARLIEST % 100 else None


def _chosen(forms: list[_Found], text: str) -> _Found:
    """Of several dates the one that is labelled as that of publication, else the first."""
    forms.sort(key=lambda found: (found.day is None, found.month is None, found.start))
    for found in forms:
        before = text[: found.start]
        labels = list(PUBLISHED_LABEL.finditer(before))
        updates = list(UPDATED_LABEL.finditer(before))
        if labels and (not updates or labels[-1].start() > updates[-1].start()):
            return found
    return forms[0]


def _judged(found: _Found, text: str, seen: datetime) -> PrintedDate:
    """Weigh a form against the calendar, the weekday beside it and the day it was seen."""
    notes: list[str] = []
    if found.year is None or found.year < EARLIEST:
        return PrintedDate(text, notes=("date_impossible",))
    if found.month is None:
        if found.year > seen.year:
            return PrintedDate(text, notes=("date_future",))
        return PrintedDate(text, str(found.year), "year")
    if found.day is None:
        if not 1 <= found.month <= 12:
            return PrintedDate(text, notes=("date_impossible",))
        if (found.year, found.month) > (seen.year, seen.month):
            return PrintedDate(text, notes=("date_future",))
        return PrintedDate(text, f"{found.year:04}-{found.month:02}", "month")
    day = _ordered(found, text, notes)
    if day is None:
        return PrintedDate(text, notes=("date_impossible",))
    timed = _time_near(text, found, notes)
    precision: Precision = "day"
    if timed is None:
        value = day.isoformat()
        moment = datetime.combine(day, time(), VIETNAM)
    else:
        clock, precision = timed
        moment = _in_zone(datetime.combine(day, clock), text, found)
        value = moment.isoformat()
    if moment > seen + AHEAD:
        return PrintedDate(text, notes=("date_future",))
    return PrintedDate(text, value, precision, tuple(notes))


def _ordered(found: _Found, text: str, notes: list[str]) -> date | None:
    """The day, with day and month the other way round where that alone makes sense."""
    printed = _day(found.year, found.month, found.day)
    swapped = _day(found.year, found.day, found.month) if found.numeric else None
    if printed is None:
        if swapped is not None and (found.month or 0) > 12:
            notes.append("order_evident")
            return swapped
        return None
    weekday = _weekday_near(text, found)
    if weekday is not None and printed.weekday() != weekday:
        if swapped is not None and swapped.weekday() == weekday:
            notes.append("order_by_weekday")
            return swapped
        notes.append("weekday_mismatch")
    return printed


def _day(year: int | None, month: int | None, day: int | None) -> date | None:
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None


def _weekday_near(text: str, found: _Found) -> int | None:
    matches = [
        match
        for match in WEEKDAY.finditer(text)
        if found.start - 30 <= match.start() and match.end() <= found.start
    ]
    return weekday_number(matches[-1]) if matches else None


def _time_near(
    text: str, found: _Found, notes: list[str]
) -> tuple[time, Literal["minute", "second"]] | None:
    """The time of day that belongs to a date; midnight is what systems print for none."""
    nearest, gap = None, TIME_NEAR + 1
    for match in TIME.finditer(text):
        if match.start() < found.end and found.start < match.end():
            continue
        between = (
            text[found.end : match.start()]
            if match.start() >= found.end
            else text[match.end() : found.start]
        )
        if len(between) < gap and not re.search(r"\d", WRITTEN.sub("", between)):
            nearest, gap = match, len(between)
    if nearest is None:
        return None
    hour = int(nearest["hour"])
    minute = int(nearest["minute"] or 0)
    second = int(nearest["second"] or 0)
    half = nearest["half"]
    if half in ("pm", "ch", "chiều", "tối") and hour < 12:
        hour += 12
    elif half in ("am", "sa", "sáng") and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        notes.append("time_impossible")
        return None
    if hour == minute == second == 0:
        notes.append("midnight")
        return None
    return time(hour, minute, second), "second" if nearest["second"] else "minute"


def _in_zone(moment: datetime, text: str, found: _Found) -> datetime:
    zone = ZONE.search(text, found.end)
    offset: timezone = VIETNAM
    if zone and zone["sign"]:
        hours = int(zone["hours"])
        minutes = int(zone["minutes"] or 0)
        if hours <= 14 and minutes <= 59:
            size = timedelta(hours=hours, minutes=minutes)
            offset = timezone(size if zone["sign"] == "+" else -size)
    elif zone:
        offset = UTC
    try:
        return moment.replace(tzinfo=offset).astimezone(VIETNAM)
    except OverflowError:  # beyond the last day there is
        return moment.replace(tzinfo=VIETNAM)


def _last_resort(raw: str, text: str, seen: datetime, order: Order) -> PrintedDate | None:
    """dateparser, for forms the grammar has no name for; believed when all it says is printed."""
    day = guessed_day(text, seen.replace(tzinfo=None).isoformat(), order)
    if day is None:
        return None
    if datetime.combine(day, time(), VIETNAM) > seen + AHEAD:
        return PrintedDate(raw[:LONGEST], notes=("date_future",))
    return PrintedDate(raw[:LONGEST], day.isoformat(), "day", ("by_dateparser",))

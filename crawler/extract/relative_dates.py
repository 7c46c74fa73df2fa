"""`3 giờ trước`, `hôm qua`, `thứ 5 tuần trước`: days told from the moment the page was seen."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from crawler.extract.date_words import (
    DATE_FORMS,
    EARLIEST,
    NUMBERS,
    RELATIVE,
    SPAN,
    TIME,
    UNITS,
    WEEKDAY,
    weekday_number,
)
from crawler.items import Precision

DAYS_BACK = {"hôm nay": 0, "hôm qua": 1, "hôm kia": 2, "yesterday": 1}
HOURS = {"second": 1 / 3600, "minute": 1 / 60, "hour": 1.0, "day": 24.0, "week": 168.0}
NOTES = ("relative",)
Ago = tuple[str | None, Precision | None, tuple[str, ...]]


def moment_ago(text: str, seen: datetime) -> Ago | None:
    """The day meant, its precision and notes; None when the lower-case string tells no such day."""
    match = RELATIVE.search(text)
    if match is None or any(form.search(text) for form in DATE_FORMS):
        return None
    if match["days"]:
        back = DAYS_BACK[" ".join(match["days"].split())]
        return _on((seen - timedelta(days=back)).date(), text, seen)
    if match["weekday"]:
        named = WEEKDAY.search(match["weekday"])
        if named is None:
            return None
        monday = seen.date() - timedelta(days=seen.weekday() + (0 if match["week"] == "này" else 7))
        return _on(monday + timedelta(days=weekday_number(named)), text, seen)
    return _spans_ago(match["spans"], seen)


def _spans_ago(spans: str, seen: datetime) -> Ago:
    """An hour or a minute ago is known to the day at most: pages are kept in caches."""
    months, hours, units = 0, 0.0, set()
    for span in SPAN.finditer(spans):
        unit = UNITS[span["unit"]]
        number = NUMBERS.get(span["number"]) or int(span["number"])
        units.add(unit)
        if unit in ("month", "year"):
            months += number * (12 if unit == "year" else 1)
        else:
            hours += number * HOURS[unit]
    past = seen.year * 12 + seen.month - 1 - months
    if past < EARLIEST * 12:
        return None, None, ("date_impossible",)
    year, month = divmod(past, 12)
    if units <= {"month", "year"}:
        if "month" in units:
            return f"{year:04}-{month + 1:02}", "month", NOTES
        return f"{year:04}", "year", NOTES
    day = date(year, month + 1, min(seen.day, _last_day(year, month + 1)))
    moment = datetime.combine(day, seen.timetz()) - timedelta(hours=hours)
    return moment.date().isoformat(), "day", NOTES


def _last_day(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(days=1)).day


def _on(day: date, text: str, seen: datetime) -> Ago:
    if day > seen.date():
        return None, None, ("date_future",)
    clock = TIME.search(text)
    if clock is None or int(clock["hour"]) > 23 or int(clock["minute"] or 0) > 59:
        return day.isoformat(), "day", NOTES
    hour = int(clock["hour"]) + (
        12 if clock["half"] in ("pm", "ch", "chiều", "tối") and int(clock["hour"]) < 12 else 0
    )
    moment = datetime(
        day.year, day.month, day.day, hour, int(clock["minute"] or 0), tzinfo=seen.tzinfo
    )
    return moment.isoformat(), "minute", NOTES

"""Words and shapes of dates: months, weekdays, times, labels, as printed on Vietnamese portals.

All expressions are for lower-case text and bounded: they take linear time on any input.
"""

from __future__ import annotations

import re
from functools import lru_cache

EARLIEST = 1990  # no portal is older; an earlier year is a system's zero

MONTHS = {
    "một": 1, "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7,
    "bẩy": 7, "tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
    "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
WEEKDAYS = {
    "hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "bẩy": 5,
    "2": 0, "3": 1, "4": 2, "5": 3, "6": 4, "7": 5,
    "mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip

_VN_MONTH = r"(?P<word>mười\s(?:một|hai)|mười|một|giêng|hai|ba|tư|bốn|năm|sáu|bả?ẩ?y|tám|chín|chạp)"
_EN_MONTH = (
    r"(?P<word>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?P<year>\d{4})(?!\d)"
_DAY = r"(?<![\d/.,-])(?P<day>\d{1,2})"
_GAP = r"\s{0,3}"

# Most exact first; where two forms overlap the first one has it.
DATE_FORMS = tuple(
    re.compile(form)
    for form in (
        # 2015-11-18, 2015/11/18, 2015-11-18T01:02:51
        rf"(?<![\d/.])(?P<year>\d{{4}}){_GAP}(?P<mark>[-/.]){_GAP}(?P<month>\d{{1,2}}){_GAP}(?P=mark)"
        rf"{_GAP}(?P<day>\d{{1,2}})(?![\d/])",
        # 07/07/2021, 29-09-2017, 05.07.2021, 07 / 05 / 2025, 15/6/16
        rf"(?<![\d/.])(?P<first>\d{{1,2}}){_GAP}(?P<mark>[-/.]){_GAP}(?P<second>\d{{1,2}}){_GAP}(?P=mark)"
        rf"{_GAP}(?P<year>\d{{4}}|\d{{2}}(?![:.]?\d))(?![\d/]|[-.]\d)",
        # ngày 5 tháng 9 năm 2025, 05 tháng 3 2018, ngày 5 tháng 9, 2025
        # 05-Th3-2024, 05 Th03, 2024
        rf"{_DAY}[\s,./-]{{0,3}}(?:tháng|thg\.?|th\.?)\s{{0,3}}(?P<month>\d{{1,2}}){_GAP}[,./-]?{_GAP}(?:năm\s{{0,3}})?{_YEAR}",
        # 15 03/2021: the leaf of a calendar, its day above its month
        r"^\s{0,3}(?P<day>\d{1,2})\s{1,3}(?P<month>\d{1,2})\s?[/-]\s?(?P<year>\d{4})\s{0,3}$",
        # 26 tháng mười hai, 2019
        rf"{_DAY}\s{{1,3}}tháng\s{{1,3}}{_VN_MONTH}{_GAP},?{_GAP}(?:năm\s{{0,3}})?{_YEAR}",
        # tháng mười hai 26, 2019; tháng 12 26, 2019
        rf"tháng\s{{1,3}}{_VN_MONTH}\s{{1,3}}(?P<day>\d{{1,2}}){_GAP},{_GAP}{_YEAR}",
        # Th3 05, 2024
        rf"(?<!\w)(?:tháng|thg\.?|th\.?)\s{{0,3}}(?P<month>\d{{1,2}})\s{{1,3}}(?P<day>\d{{1,2}}){_GAP},{_GAP}{_YEAR}",
        # 12 May 2020, 1st March 2021, 05-Mar-2018
        rf"{_DAY}(?:st|nd|rd|th)?[\s-]{{1,3}}(?:of\s)?{_EN_MONTH}[\s,-]{{1,3}}{_YEAR}",
        # 05-Mar-18
        rf"{_DAY}-{_EN_MONTH}-(?P<year>\d{{2}})(?![\d:])",
        # May 12, 2020
        rf"\b{_EN_MONTH}\s{{1,3}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}{_YEAR}",
        # tháng 12/2024, tháng 09 năm 2024
        rf"tháng\s{{0,3}}(?P<month>\d{{1,2}}){_GAP}(?:[/-]|năm|,)?{_GAP}{_YEAR}",
        rf"tháng\s{{1,3}}{_VN_MONTH}{_GAP}(?:năm|,)?{_GAP}{_YEAR}",
        # năm 2024
        rf"(?<!thứ )năm\s{{1,3}}{_YEAR}(?![/-])",
    )
)
DIGIT = re.compile(r"\d")  # no form does without one

# 09:11:54, 16:07, 8h, 14h30, 14 giờ 30 phút, 3:10 PM, 3:45:00 CH
TIME = re.compile(
    r"(?<![\d:/.])(?P<hour>\d{1,2})"
    r"(?:\s{0,2}(?:[:hg]|giờ)\s{0,2}(?P<minute>\d{2}(?!\d)|\d(?=\s?phút))(?:\s{0,2}(?::|phút|')\s{0,2}(?P<second>\d{2})(?!\d)(?:\.\d{1,9})?)?"
    r"|\s{0,2}(?:h|giờ)(?!\w))"
    r"(?:\s{0,2}phút)?"
    r"(?:\s{0,2}(?P<half>am|pm|sa|ch|sáng|chiều|tối)(?!\w))?"
)
# An ISO date's `T` and zone stand between a date and its time without making it another's.
WRITTEN = re.compile(r"(?:thứ|t)\s?[2-7](?!\d)")
ZONE = re.compile(
    r"(?:(?:gmt|utc)\s?|(?<=:\d\d)\s?|(?<=\.\d{3}))(?P<sign>[+-])\s?(?P<hours>\d{1,2}):?"
    r"(?P<minutes>\d{2})?(?![\d/])|(?<=\d)z\b|\b(?:gmt|utc)\b(?!\s?[+-])"
)
WEEKDAY = re.compile(
    r"(?<!\w)(?:thứ\s{0,2}(?P<vn>hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])"
    r"|t(?P<short>[2-7])(?=\W)|(?P<sunday>chủ\s{0,2}nhật|chúa\s{0,2}nhật|cn)"
    r"|(?P<en>mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nes|nesday|rs|rsday|ur|urday)?)(?!\w)"
)
UNITS = {
    "giây": "second", "phút": "minute", "giờ": "hour", "tiếng": "hour", "ngày": "day", "tuần": "week",
    "tháng": "month", "năm": "year", "second": "second", "minute": "minute", "min": "minute", "hour": "hour",
    "day": "day", "week": "week", "month": "month", "year": "year",
}  # fmt: skip
NUMBERS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10, "vài": 1, "a": 1, "an": 1}  # fmt: skip
_COUNT = r"(?P<number>\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|vài|an?)"
_UNIT = r"(?P<unit>giây|phút|giờ|tiếng|ngày|tuần|tháng|năm|(?:second|minute|min|hour|day|week|month|year)(?=s?\b))s?"
SPAN = re.compile(rf"(?<!\w){_COUNT}\s{{1,3}}{_UNIT}(?!\w)")
_SPAN = re.sub(r"\?P<\w+>", "?:", rf"{_COUNT}\s{{1,3}}{_UNIT}(?!\w)")
# 3 giờ trước, 3 tháng 2 ngày trước, an hour ago, hôm qua, thứ 5 tuần trước
RELATIVE = re.compile(
    rf"(?<!\w)(?:(?P<spans>{_SPAN}(?:(?:\s{{0,2}},\s{{0,2}}|\s{{1,3}}|\svà\s){_SPAN}){{0,3}})\s{{1,3}}(?:trước|ago)(?!\w)"
    r"|(?P<days>hôm\s{1,3}(?:nay|qua|kia)|yesterday)(?!\w)"
    r"|(?P<weekday>(?:thứ\s{0,2}(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\s{0,2}nhật))\s{1,3}tuần\s{1,3}(?P<week>trước|này|qua)(?!\w))"
)
PUBLISHED_LABEL = re.compile(
    r"(?:ngày\s(?:đăng|đưa|viết|tạo|xuất\sbản|gửi|post)|đăng\s(?:ngày|lúc|bởi|tải|tin)|được\sđăng"
    r"|(?:tin|bài)\sđăng|thời\sgian\sđăng|đăng\s?:|xuất\sbản|posted|published|submitted|date\spublished"
    r"|publish\s?date|created|ngày\s?:)"
)
UPDATED_LABEL = re.compile(
    r"(?:cập\snhật|chỉnh\ssửa|sửa\s(?:lần\s)?cuối|lần\scuối|update|modified|edited)"
)


def month_number(word: str) -> int | None:
    name = " ".join(word.split()).rstrip(".")
    return MONTHS.get(name) or MONTHS.get(name[:3])


def weekday_number(match: re.Match[str]) -> int:
    """Monday is 0."""
    if match["sunday"]:
        return 6
    return WEEKDAYS[match["vn"] or match["short"] or match["en"]]


@lru_cache(maxsize=4_000)  # a portal's pages have the same menus
def holds_date(lower: str) -> bool:
    """Whether a short line, in lower case, has a date in any form."""
    return bool(DIGIT.search(lower)) and any(form.search(lower) for form in DATE_FORMS)

"""Dates as portals print them; `seen` names where the form was met."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract.dates import parse_date

SEEN = "2026-02-03T04:05:06Z"  # 11:05 on Tuesday 3 February in Việt Nam

DATES = [
    # Yên Bái and Vĩnh Phúc
    ("07/07/2021 09:11:54", "2021-07-07T09:11:54+07:00", "second"),
    ("09:1218/06/2021", "2021-06-18T09:12:00+07:00", "minute"),
    ("Thứ Sáu 18/06/202109:12:33", "2021-06-18T09:12:33+07:00", "second"),
    ("8h0518.6.2021", "2021-06-18T08:05:00+07:00", "minute"),
    ("14/05/2021 07:40:07 Xem cỡ chữ Google", "2021-05-14T07:40:07+07:00", "second"),
    ("02/02/2021", "2021-02-02", "day"),
    ("(01/10/2020)", "2020-10-01", "day"),
    ("Ngày đăng: Thứ ba, 21/05/2024", "2024-05-21", "day"),
    # the north
    ("Thứ sáu, 15/04/2022 - 10:53", "2022-04-15T10:53:00+07:00", "minute"),
    ("Thứ hai, 23/10/2023 - 06:52", "2023-10-23T06:52:00+07:00", "minute"),
    ("10:17 09/12/2015", "2015-12-09T10:17:00+07:00", "minute"),
    ("10:16 | 11-06-2025", "2025-06-11T10:16:00+07:00", "minute"),
    ("25/03/2021 07:49", "2021-03-25T07:49:00+07:00", "minute"),
    ("Ngày cập nhật 14/07/2020", "2020-07-14", "day"),
    ("Tin tức thời sự trong tỉnh 2015-11-18 01:02:51", "2015-11-18T01:02:51+07:00", "second"),
    ("Khoa học và Công nghệ -0001-11-30 07:06:30", None, None),
    ("Ngày đăng: 05-05-2021", "2021-05-05", "day"),
    ("Thứ hai - 23/10/2023 22:17 0", "2023-10-23T22:17:00+07:00", "minute"),
    ("Thứ 4, Ngày 07 / 05 / 2025", "2025-05-07", "day"),
    ("Cập nhật: Thứ Ba, ngày 14/01/2020", "2020-01-14", "day"),
    ("Tin đăng ngày: 25/10/2019 - Xem: 544", "2019-10-25", "day"),
    ("Ngày 22-01-2024 Lượt xem 53", "2024-01-22", "day"),
    ("Hải Phòng, ngày 06 tháng 12 năm 2019", "2019-12-06", "day"),
    ("16/07/2020", "2020-07-16", "day"),
    # Hà Nội (Liferay)
    ("Ngày đăng 15/06/2016 | 3:10 PM | View count: 1107", "2016-06-15T15:10:00+07:00", "minute"),
    ("15/06/2016 | 3:10 PM", "2016-06-15T15:10:00+07:00", "minute"),
    ("Ngày đăng 15/06/2016 | 12:30 AM", "2016-06-15T00:30:00+07:00", "minute"),
    ("Ngày đăng 15/06/2016 | 12:30 PM", "2016-06-15T12:30:00+07:00", "minute"),
    # the south
    ("03/04/2018", "2018-04-03", "day"),
    ("22/01/2018 In trang", "2018-01-22", "day"),
    ("(22/11/2019)", "2019-11-22", "day"),
    ("(27/8/2018)", "2018-08-27", "day"),
    ("16:07,29-09-2017", "2017-09-29T16:07:00+07:00", "minute"),
    ("09/11/2021 08:33", "2021-11-09T08:33:00+07:00", "minute"),
    ("15/05/2023 09:48    261", "2023-05-15T09:48:00+07:00", "minute"),
    ("Thứ năm, 14/11/2013 15:03 GMT+7", "2013-11-14T15:03:00+07:00", "minute"),
    ("Chủ nhật, 10/09/2023 08:00", "2023-09-10T08:00:00+07:00", "minute"),
    ("Ngày đăng : 28/12/2022", "2022-12-28", "day"),
    ("(09:19 | 23/12/2016)", "2016-12-23T09:19:00+07:00", "minute"),
    ("(00:00 | 09/03/2020)", "2020-03-09", "day"),
    ("18-5-2020", "2020-05-18", "day"),
    ("(26-12-2017)", "2017-12-26", "day"),
    ("Ngày đăng: 19/05/2015 22:32", "2015-05-19T22:32:00+07:00", "minute"),
    ("T6, 01/09/2017 - 08:58", "2017-09-01T08:58:00+07:00", "minute"),
    ("T2, 28/08/2017 - 02:29", "2017-08-28T02:29:00+07:00", "minute"),
    ("CN, 27/08/2017 - 02:29", "2017-08-27T02:29:00+07:00", "minute"),
    ("Thứ ba - 30/01/2024 16:36", "2024-01-30T16:36:00+07:00", "minute"),
    ("Ngày đăng tin: 14/11/2012", "2012-11-14", "day"),
    ("Ngày đăng: 02-10-2021", "2021-10-02", "day"),
    ("Ngày 18-05-2022", "2022-05-18", "day"),
    ("Update 15-06-2020 09:00", "2020-06-15T09:00:00+07:00", "minute"),
    ("[27/10/2023 16:22]", "2023-10-27T16:22:00+07:00", "minute"),
    ("25/9/2017, 8:25 (GMT+7)", "2017-09-25T08:25:00+07:00", "minute"),
    ("(18/05/2020, 20:21)", "2020-05-18T20:21:00+07:00", "minute"),
    ("03:00 08/08/2017", "2017-08-08T03:00:00+07:00", "minute"),
    ("21/8/2020", "2020-08-21", "day"),
    ("Thứ 6, Ngày 26/03/2021, 10:00", "2021-03-26T10:00:00+07:00", "minute"),
    ("Ngày viết: Thứ Năm, Tháng Mười Hai 26, 2019 | 9:55", "2019-12-26T09:55:00+07:00", "minute"),
    ("Ngày đăng : 16:10, 10/03/2025", "2025-03-10T16:10:00+07:00", "minute"),
    ("cms-publish-date 11/05/2018 | 07:58", "2018-05-11T07:58:00+07:00", "minute"),
    ("19/07/2013 04:45:00 PM", "2013-07-19T16:45:00+07:00", "second"),
    # NukeViet
    ("Thứ ba - 02/12/2014 00:00", "2014-12-02", "day"),
    ("2014-12-02T00:00:00+07:00", "2014-12-02", "day"),
    ("2014-12-02+0700:00:00", "2014-12-02", "day"),
    ("Thứ tư, 07/05/2025", "2025-05-07", "day"),
    # SharePoint
    ("20/10/2025 3:45:00 CH", "2025-10-20T15:45:00+07:00", "second"),
    ("20/10/2025 3:45:00 SA", "2025-10-20T03:45:00+07:00", "second"),
    ("20/10/2025 12:05 SA", "2025-10-20T00:05:00+07:00", "minute"),
    ("20/10/2025 15:45 PM", "2025-10-20T15:45:00+07:00", "minute"),
    # words
    ("Ngày 5 tháng 9 năm 2025", "2025-09-05", "day"),
    ("ngày 5 tháng 09, 2025", "2025-09-05", "day"),
    ("Thứ Hai, 05 Tháng 3 2018 08:15", "2018-03-05T08:15:00+07:00", "minute"),
    ("Thứ hai, 05 Tháng 3 2018 08:15", "2018-03-05T08:15:00+07:00", "minute"),
    ("Được đăng ngày 12 Tháng 9 2016", "2016-09-12", "day"),
    ("26 tháng mười hai, 2019", "2019-12-26", "day"),
    ("12 Tháng Một, 2021", "2021-01-12", "day"),
    ("Tháng Tám 14, 2020", "2020-08-14", "day"),
    ("Tháng 8 14, 2020", "2020-08-14", "day"),
    ("tháng 12/2024", "2024-12", "month"),
    ("tháng 09 năm 2024", "2024-09", "month"),
    ("Tháng Mười 2019", "2019-10", "month"),
    ("năm 2024", "2024", "year"),
    ("14h30 ngày 02/09/2025", "2025-09-02T14:30:00+07:00", "minute"),
    ("14 giờ 30 phút ngày 01/03/2023", "2023-03-01T14:30:00+07:00", "minute"),
    ("8h ngày 01/03/2023", "2023-03-01T08:00:00+07:00", "minute"),
    ("Cập nhật lúc: 07:15 ngày 1/2/2026", "2026-02-01T07:15:00+07:00", "minute"),
    ("Cập nhật 07:15, Thứ Hai, 02/02/2026", "2026-02-02T07:15:00+07:00", "minute"),
    ("Đăng lúc 07:15 - 02.02.2026", "2026-02-02T07:15:00+07:00", "minute"),
    ("05.07.2021", "2021-07-05", "day"),
    ("5.7.21", "2021-07-05", "day"),
    ("15/6/16", "2016-06-15", "day"),
    ("15/06/98", "1998-06-15", "day"),
    ("15/06/16 08:30", "2016-06-15T08:30:00+07:00", "minute"),
    # English themes
    ("Thu, 04/05/2018 - 10:20", "2018-04-05", None),
    ("Submitted by admin on Fri, 05/04/2018 - 10:20", "2018-05-04", None),
    ("12 May 2020", "2020-05-12", "day"),
    ("May 12, 2020", "2020-05-12", "day"),
    ("Posted on March 1st, 2021", "2021-03-01", "day"),
    ("05-Mar-2018 14:00", "2018-03-05T14:00:00+07:00", "minute"),
    ("Sunday, 1 September 2019 08:00", "2019-09-01T08:00:00+07:00", "minute"),
    # zones
    ("2020-05-12T08:00:00Z", "2020-05-12T15:00:00+07:00", "second"),
    ("2020-05-12T23:30:00Z", "2020-05-13T06:30:00+07:00", "second"),
    ("2020-05-12T08:00:00+07:00", "2020-05-12T08:00:00+07:00", "second"),
    ("2020-05-12T08:00:00.123+00:00", "2020-05-12T15:00:00+07:00", "second"),
    ("2020-05-12T08:00", "2020-05-12T08:00:00+07:00", "minute"),
    ("Tue, 12 May 2020 08:00:00 GMT", "2020-05-12T15:00:00+07:00", "second"),
    ("Tue, 12 May 2020 08:00:00 +0700", "2020-05-12T08:00:00+07:00", "second"),
    ("2020-05-12 08:00:00", "2020-05-12T08:00:00+07:00", "second"),
    ("2020/05/12", "2020-05-12", "day"),
    # relative
    ("3 giờ trước", "2026-02-03", "day"),
    ("12 giờ trước", "2026-02-02", "day"),
    ("5 phút trước", "2026-02-03", "day"),
    ("2 ngày trước", "2026-02-01", "day"),
    ("1 tuần trước", "2026-01-27", "day"),
    ("2 tháng trước", "2025-12", "month"),
    ("2 năm trước", "2024", "year"),
    ("Hôm qua", "2026-02-02", "day"),
    ("Hôm qua, 14:05", "2026-02-02T14:05:00+07:00", "minute"),
    ("hôm kia", "2026-02-01", "day"),
    ("thứ 5 tuần trước", "2026-01-29", "day"),
    ("Thứ năm tuần trước", "2026-01-29", "day"),
    ("thứ hai tuần này", "2026-02-02", "day"),
    ("chủ nhật tuần trước", "2026-02-01", "day"),
    ("thứ 5 tuần này", None, None),
    ("5 tuần trước", "2025-12-30", "day"),
    ("3 tháng 2 ngày trước", "2025-11-01", "day"),
    ("1 năm 3 tháng trước", "2024-11", "month"),
    ("1 năm, 2 tháng và 3 ngày trước", "2024-11-30", "day"),
    ("1 tuần 2 ngày trước", "2026-01-25", "day"),
    ("2 giờ 15 phút trước", "2026-02-03", "day"),
    ("một giờ trước", "2026-02-03", "day"),
    ("hai ngày trước", "2026-02-01", "day"),
    ("3 hours ago", "2026-02-03", "day"),
    ("2 days ago", "2026-02-01", "day"),
    ("1 month ago", "2026-01", "month"),
    ("yesterday", "2026-02-02", "day"),
    # months in words, short and long
    ("ngày 5 tháng Ba năm 2024", "2024-03-05", "day"),
    ("Ngày mồng 5 tháng 3 năm 2024", "2024-03-05", "day"),
    ("Thứ Sáu, ngày 5 tháng Tư năm 2024", "2024-04-05", "day"),
    ("ngày 5 tháng Mười Hai năm 2024", "2024-12-05", "day"),
    ("Thứ Ba, ngày 5 tháng 3 năm 2024", "2024-03-05", "day"),
    ("05-Th3-2024", "2024-03-05", "day"),
    ("05-Th12-2024", "2024-12-05", "day"),
    ("05 Th3, 2024", "2024-03-05", "day"),
    ("5.Th3.2024", "2024-03-05", "day"),
    ("5/Th03/2024", "2024-03-05", "day"),
    ("Th3 05, 2024", "2024-03-05", "day"),
    ("Thg 3 5, 2024", "2024-03-05", "day"),
    ("08:15 | 05-Th3-2024", "2024-03-05T08:15:00+07:00", "minute"),
    # writing
    ("０７/０７/２０２１", "2021-07-07", "day"),
    ("07\u00a0/\u00a007\u00a0/\u00a02021", "2021-07-07", "day"),
    ("Nga\u0300y đa\u0306ng: 05/05/2021", "2021-05-05", "day"),
    ("0\u200b7/07/2021", "2021-07-07", "day"),
    ("  07/07/2021\n 09:11 ", "2021-07-07T09:11:00+07:00", "minute"),
    ("07/07/2021, 9 giờ 5 phút", "2021-07-07T09:05:00+07:00", "minute"),
    # several dates: the one that is labelled as that of publication
    ("Cập nhật: 05/02/2024 - Ngày đăng: 01/02/2024", "2024-02-01", "day"),
    ("Ngày đăng: 01/02/2024 | Cập nhật: 05/02/2024", "2024-02-01", "day"),
    # met on newspapers' and ministries' pages
    ("Thứ Ba, 29.11.2022 - 07:56:45", "2022-11-29T07:56:45+07:00", "second"),
    ("TRUNG TÂM TIN TỨC HTV 25/3/2024, 17:00", "2024-03-25T17:00:00+07:00", "minute"),
    ("Thứ Tư, 29/03/2023, 08:12 [GMT+7]", "2023-03-29T08:12:00+07:00", "minute"),
    ("Cập nhật lúc 08:12, Thứ Tư, 29/03/2023 (GMT+7)", "2023-03-29T08:12:00+07:00", "minute"),
    ("Đăng ngày 29-03-2023 08:12 - Người đăng: admin", "2023-03-29T08:12:00+07:00", "minute"),
    ("Thời gian đăng: 08:12, 25/03/2023", "2023-03-25T08:12:00+07:00", "minute"),
    ("29 Th3 2023", "2023-03-29", "day"),
    ("29 thg 3, 2023", "2023-03-29", "day"),
    ("29-Mar-23", "2023-03-29", "day"),
    ("15 03/2021", "2021-03-15", "day"),
    ("thứ bẩy, ngày 25.03.2023", "2023-03-25", "day"),
    ("2023-03-29T01:12:33.000Z", "2023-03-29T08:12:33+07:00", "second"),
    ("29/03/2023 25:61", "2023-03-29", "day"),
    ("29Th3", None, None),
    ("ngày 29/3", None, None),
    ("giai đoạn 2021-2025", None, None),
    ("Số: 29/2023/QĐ-UBND", None, None),
    ("1680052353", None, None),
    ("20230329", None, None),
    ("vừa xong", None, None),
    # not true, or no date at all
    ("30/02/2024", None, None),
    ("32/13/2024", None, None),
    ("31/04/2020", None, None),
    ("01/01/0001", None, None),
    ("0000-00-00", None, None),
    ("01/01/1970", None, None),
    ("01/01/1970 07:00", None, None),
    ("2025-13-01", None, None),
    ("07/07/2031", None, None),
    ("tháng 13/2024", None, None),
    ("năm 2031", None, None),
    ("", None, None),
    ("Lượt xem: 1107", None, None),
    ("Điện thoại: 0216.3852.123", None, None),
    ("Số 12/2024/TT-BKHCN", None, None),
    ("192.168.1.200", None, None),
    ("15oC", None, None),
    ("24/7", None, None),
    ("18/5", None, None),
    ("Giấy phép số 123/GP-TTĐT", None, None),
    ("1.234.567", None, None),
    ("Thứ năm", None, None),
]


@pytest.mark.parametrize(("raw", "value", "precision"), DATES)
def test_printed_dates(raw, value, precision):
    found = parse_date(raw, captured_at=SEEN)
    if value is None:
        assert found is None or (found.value is None and found.notes)
    elif precision is None:  # only the day is the question
        assert found is not None and (found.value or "")[:10] == value
    else:
        assert found is not None and (found.value, found.precision) == (value, precision)


NOTES = [
    ("30/02/2024", "date_impossible"),
    ("07/07/2031", "date_future"),
    ("-0001-11-30 07:06:30", "date_impossible"),
    ("00:00 07/07/2021", "midnight"),
    ("10/16/2017", "order_evident"),
    ("Thứ sáu, 05/04/2018", "order_by_weekday"),
    ("Thứ hai, 05/04/2018", "weekday_mismatch"),
    ("Hôm qua", "relative"),
]


@pytest.mark.parametrize(("raw", "note"), NOTES)
def test_notes(raw, note):
    found = parse_date(raw, captured_at=SEEN)
    assert found is not None and note in found.notes


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("Ngày: 5/3/2018 12:00:00 AM / Số lượt xem: 642", "2018-05-03"),
        ("Ngày: 10/16/2017 12:00:00 AM / Số lượt xem: 922", "2017-10-16"),
        ("Ngày: 16/10/2017", "2017-10-16"),
    ],
)
def test_american_order(raw, value):
    found = parse_date(raw, captured_at=SEEN, order="MDY")
    assert found is not None and found.value == value and found.precision == "day"


PIECES = st.sampled_from(
    [
        "Ngày", "đăng:", "thứ", "hai", "ba", "tháng", "năm", "2021", "07", "/", "-", ".", ":", ",",
        "|", "(", "12", "31", "00", "1", "99", "9999", "GMT+7", "am", "CH", "giờ", "h", "trước",
        "phút", "May", "T6", "CN", "2024-13-45", "+07:00", "T", "Z", "\u00a0", "\u200b", "٣",
    ]
)  # fmt: skip


@settings(deadline=None, max_examples=400)
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=30).map(" ".join)))
def test_any_string(raw):
    began = time.process_time()
    found = parse_date(raw, captured_at=SEEN)
    # The first use of dateparser loads its languages.
    assert time.process_time() - began < (
        0.05 if not found or "by_dateparser" not in found.notes else 5
    )
    if found is None or found.value is None or "relative" in found.notes:
        return
    # The year is printed, in full or by its last two digits.
    plain = unicodedata.normalize("NFKC", raw)
    digits = re.findall(r"\d+", plain)
    year = found.value[:4]
    zone_moved = (
        "z" in plain.lower()
        or "gmt" in plain.lower()
        or "utc" in plain.lower()
        or "+" in plain
        or "-" in plain
    )
    assert zone_moved or any(d in (year, year[2:]) for d in digits)

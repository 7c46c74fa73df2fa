"""From the printed date to ISO 8601; notes for what cannot be true."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.items import Article
from pipelines.normalise_dates import normalise_dates

SEEN = "2024-06-01T03:00:00Z"


@pytest.mark.parametrize(
    ("printed", "value", "precision", "notes"),
    [
        ("Thứ Ba, 05/03/2024 - 08:15", "2024-03-05T08:15:00+07:00", "minute", []),
        ("Ngày 5 tháng 3 năm 2024", "2024-03-05", "day", []),
        ("Đang cập nhật", None, None, ["date_unreadable: Đang cập nhật"]),
        ("31/02/2024", None, None, ["date_impossible: 31/02/2024"]),
        (None, None, None, []),
    ],
)
def test_dates(portals, printed, value, precision, notes):
    article = Article("https://khcn.example.vn/1", "1", published_raw=printed)
    normalise_dates(article, captured_at=SEEN, portal=portals["yen_bai"])
    assert (article.published, article.published_precision) == (value, precision)
    assert article.notes == notes


def test_the_hour_of_a_migration_is_no_hour(portals):
    portal = replace(portals["yen_bai"], import_days=("2019-12-27",))
    article = Article("https://khcn.example.vn/1", "1", published_raw="27/12/2019 10:31")
    normalise_dates(article, captured_at=SEEN, portal=portal)
    assert (article.published, article.published_precision) == ("2019-12-27", "day")
    assert article.notes == ["date_import_day: 2019-12-27"]

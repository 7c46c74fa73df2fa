"""Dates and marks that bear a number find their other writings, and nothing else has any."""

import pytest

from crawler.text.numerals import other_numerals


@pytest.mark.parametrize(
    ("words", "others"),
    [
        ("5 3 2024", ["05 03 2024", "05 3 2024", "5 03 2024", "05 tháng 03 năm 2024", "05 tháng 3 năm 2024",
                      "5 tháng 3 năm 2024"]),
        ("ngày 15 tháng 12 năm 1999", ["ngày 15 12 1999"]),
        ("ngay 15 thang 12 nam 1999", ["ngay 15 12 1999", "ngay 15 tháng 12 năm 1999"]),
        ("31 12 2024 123", ["31 tháng 12 năm 2024 123"]),
        ("tháng 3 2024", ["tháng 03 năm 2024", "tháng 03 2024", "tháng 3 năm 2024"]),
        ("thang 10 nam 2025", ["tháng 10 năm 2025", "tháng 10 2025"]), ("tháng 13 2024", []), ("tháng 3 năm nay", []),
        ("quý iii năm nay", ["quý 3 năm nay"]), ("quy 4", ["quy iv"]), ("quý 5", []), ("quý", []),
        ("st25", ["st 25"]), ("giống om 5451 mới", ["giống om5451 mới"]), ("covid 19", ["covid19"]),
        ("năm 2024", []), ("32 1 2024", []), ("1 13 2024", []), ("0 5 2024", []), ("5 3 1824", []),
        ("123 qđ ubnd", []), ("12 5", []), ("đổi mới", []), ("đ5", []), ("5g", []), ("²½ ١ 2024", []), ("", []),
    ],
)  # fmt: skip
def test_other_writings(words, others):
    assert [" ".join(way) for way in other_numerals(tuple(words.split()))] == others

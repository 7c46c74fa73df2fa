"""docs/hostile-web.md says what the cases say."""

from tests.hostile.__main__ import PLACE, table


def test_the_table_is_current():
    assert PLACE.read_text(encoding="utf-8") == table(), "run: python -m tests.hostile"


def test_the_cases_are_many():
    assert table().count("\n| ") - table().count("| the server |") >= 110

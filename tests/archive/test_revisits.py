"""When an article is looked at again."""

from __future__ import annotations

import pytest

from crawler.archive.articles.revisits import due_after
from crawler.clock import days_between


@pytest.mark.parametrize("article", [1, 400, 996, 10**15])
@pytest.mark.parametrize("turn", ["01:00:00", "01:30:10", "04:59:59", "08:00:00"])
def test_a_fresh_article_is_due_when_the_next_night_begins(turn, article):
    """Whatever its turn was in tonight's run: the due time is compared when a run begins."""
    due = due_after(f"2026-03-10T{turn}Z", 1, article)
    assert "2026-03-10T12:00:00Z" < due <= "2026-03-11T01:00:00Z"


@pytest.mark.parametrize(
    ("days", "first", "last"), [(2, 1.5, 1.75), (40, 39.5, 49.25), (180, 179.5, 224.25)]
)
def test_older_ones_are_spread(days, first, last):
    dues = [due_after("2026-01-01T00:00:00Z", days, article) for article in range(997)]
    earliest = due_after("2026-01-01T00:00:00Z", days, 0)
    assert min(dues) == earliest
    assert len(set(dues)) > 900
    assert _days(min(dues)) == first
    assert first < _days(max(dues)) <= last


def _days(due: str) -> float:
    return days_between("2026-01-01T00:00:00+00:00", due)

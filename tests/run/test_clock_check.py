"""A clock that runs ahead is found by what servers say beside what the archive remembers."""

from __future__ import annotations

import pytest

from crawler.run.clock_check import ClockCheck

LAST = "2026-03-01T15:10:00.000Z"
NOW = "2026-03-02T15:10:00.000Z"
LATER = "2028-03-02T15:10:00.000Z"


@pytest.mark.parametrize(
    "last, date, now, found",
    [
        (LAST, "Mon, 02 Mar 2026 15:10:00 GMT", NOW, False),  # all is well
        (LAST, "Mon, 02 Mar 2026 15:10:00 GMT", LATER, True),  # ours is two years ahead
        (LAST, "Wed, 04 Mar 2026 15:10:00 GMT", LATER, True),
        (
            LAST,
            "Sat, 01 Jan 2022 00:00:00 GMT",
            NOW,
            False,
        ),  # a server whose own clock stands still
        (LAST, "Thu, 02 Mar 2028 15:10:00 GMT", NOW, False),  # a server that is ahead of everybody
        (LAST, "Fri, 27 Feb 2026 15:10:00 GMT", NOW, False),  # three days slow
        (None, "Mon, 02 Mar 2026 15:10:00 GMT", LATER, False),  # nobody remembers anything
        (LAST, "yesterday", LATER, False),
        (LAST, None, LATER, False),
        (LAST, "Mon, 99 Mar 99999999 15:10:00 GMT", LATER, False),
    ],
)
def test_ahead(last, date, now, found):
    assert bool(ClockCheck(last).ahead_of(date, now)) == found


def test_one_server_that_agrees_settles_it():
    clock = ClockCheck(LAST)
    assert clock.ahead_of("Thu, 02 Mar 2028 15:00:00 GMT", LATER) is None
    assert clock.ahead_of("Mon, 02 Mar 2026 15:10:00 GMT", LATER) is None

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
    assert bool(ClockCheck(last).ahead_of(date, now, "a.vn")) == found


def test_one_server_that_agrees_settles_it():
    clock = ClockCheck(LAST)
    assert clock.ahead_of("Thu, 02 Mar 2028 15:00:00 GMT", LATER, "a.vn") is None
    assert clock.ahead_of("Mon, 02 Mar 2026 15:10:00 GMT", LATER, "b.vn") is None


TRUE = "Mon, 02 Mar 2026 15:10:0{} GMT"
STOOD = "Sat, 01 Jan 2022 00:00:00 GMT"
WILD = "Fri, 06 May 1994 00:00:00 GMT"


@pytest.mark.parametrize(
    "told, found, doubted",
    [
        ([("a", TRUE), ("b", TRUE), ("c", TRUE)], True, True),  # three hosts, one time, not ours
        ([("a", TRUE), ("a", TRUE), ("a", TRUE)], False, True),  # one host
        ([("a", TRUE), ("b", STOOD), ("c", WILD)], False, True),
        ([("a", STOOD), ("b", TRUE), ("c", TRUE), ("d", TRUE)], True, True),
        ([("a", STOOD), ("b", "Thu, 02 Mar 2028 15:10:00 GMT"), ("c", TRUE)], False, False),
        ([(host, "Thu, 02 Mar 2034 15:10:00 GMT") for host in "abc"], False, False),  # behind,
        ([("a", None), ("b", "soon")], False, False),
    ],
)
def test_the_first_night_has_only_the_servers_to_go_by(told, found, doubted):
    clock = ClockCheck(None)
    said = [
        clock.ahead_of(date and date.format(at), LATER, host)
        for at, (host, date) in enumerate(told)
    ]
    assert any(said) == found and bool(clock.doubt) == doubted

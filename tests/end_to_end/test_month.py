"""A month of nights whose truth is known: each fault is named from its first night to its last, and
nothing else is. The short form lasts ten nights, the long one thirty.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from tests.end_to_end import month
from tests.end_to_end.month import Fault, expected
from tests.end_to_end.simulated_portal import Living, Nights

pytestmark = pytest.mark.timeout(3600)
EVERY = 4  # nights between two articles of a portal


@dataclass
class Told:
    """What was said of each night, beside what was true."""

    script: tuple[Fault, ...]
    nights: int
    killed: int
    wrong_clock: int
    disk_full: int
    due: tuple[str, ...] = ()  # the portals whose articles are looked at every night; all
    said: dict[int, dict[str, set[str]]] = field(default_factory=dict)
    codes: dict[int, int] = field(default_factory=dict)
    output: dict[int, str] = field(default_factory=dict)
    since: dict[int, dict[tuple[str, str], str]] = field(default_factory=dict)
    health: dict[int, tuple[int, str]] = field(default_factory=dict)
    dates: dict[int, str] = field(default_factory=dict)
    counts: dict[int, tuple] = field(default_factory=dict)

    @property
    def judged(self) -> list[int]:
        """The nights that came to their end."""
        broken = (self.killed, self.wrong_clock, self.disk_full)
        return [night for night in range(self.nights) if night not in broken]


SCRIPTS = {
    "short": (month.SHORT, month.SHORT_NIGHTS, month.SHORT_KILLED, month.SHORT_CLOCK, month.SHORT_DISK, month.SHORT_DUE),
    "month": (month.MONTH, month.NIGHTS, month.KILLED, month.WRONG_CLOCK, month.DISK_FULL),
}  # fmt: skip


@pytest.fixture(scope="module", params=["short", pytest.param("month", marks=pytest.mark.long)])
def told(request, tmp_path_factory):
    lived = Told(*SCRIPTS[request.param])
    portals = [Living(name, count) for name, count in month.PORTALS.items()]
    folder = tmp_path_factory.mktemp("month")
    with Nights(portals, folder, named=("nameless",)) as nights:
        for night in range(lived.nights):
            live(lived, nights, night)
        lived.counts = {0: nights.sql("select count(*), count(distinct id) from articles")[0]}
        yield lived


def live(lived: Told, nights: Nights, night: int) -> None:
    """One day and its night."""
    for fault in lived.script:
        portal = nights.portals[fault.portal]
        if night == fault.last + 1:
            portal.rule = None
            if portal.host:
                nights.names[portal.host] = f"127.0.1.{list(nights.portals).index(portal.name) + 1}"
        elif night == fault.first:
            fault.happens(portal, nights)
    troubled = {name for name, codes in expected(lived.script, night).items() if codes}
    for at, (name, portal) in enumerate(nights.portals.items()):
        if night and (night + at) % EVERY == 0 and name not in troubled:
            portal.publish(nights.today)
    if night == 3:
        for name, happens in month.ORDINARY.items():
            happens(nights.portals[name], nights)
    lived.dates[night] = nights.today.isoformat()
    if night == lived.killed:
        nights.all_due(lived.due)
        nights.killed(pages=12)
        for hours in (8, 20):
            shown = nights.command("health", hours=hours - 24)
            lived.health[hours] = (shown.returncode, shown.stdout)
        return
    if night:
        nights.all_due(lived.due)
    options: tuple[str, ...] = ()
    if night == lived.disk_full:
        options = ("-s", f"LEAST_FREE_BYTES={2**62}")
    ahead = 24 * 365 * 2 if night == lived.wrong_clock else 0
    done = nights.visit(*options, hours=ahead)
    lived.codes[night], lived.output[night] = done.returncode, done.stderr
    lived.said[night] = {name: set(alarms) for name, (_, _, alarms) in nights.verdicts().items()}
    lived.since[night] = {
        (portal, code): since[:10]
        for portal, code, since in nights.sql(
            "select portal, code, since from alarms where run = (select max(id) from runs)"
        )
    }


def test_every_fault_is_named_from_its_first_night_to_its_last_and_nothing_else(told):
    wrong = {
        night: (told.said[night], truth)
        for night in told.judged
        if told.said[night] != (truth := expected(told.script, night))
    }
    assert not wrong


def test_the_exit_code_tells_whether_anything_is_wrong(told):
    for night in told.judged:
        assert told.codes[night] == int(any(expected(told.script, night).values())), night


def test_an_alarm_knows_its_first_night(told):
    for night in told.judged:
        for fault in told.script:
            if fault.first <= night <= fault.last:
                since = told.since[night][fault.portal, fault.alarm]
                assert since == told.dates[fault.first], (night, fault)


def test_a_killed_night_is_seen_before_the_next_and_named_by_it(told):
    for hours in (8, 20):
        code, shown = told.health[hours]
        assert code == 1 and "was killed" in shown and "unfinished" in shown, hours
    after = told.output[min(night for night in told.output if night > told.killed)]
    assert after.count("was killed before its end") == 1
    assert sum("was killed before" in output for output in told.output.values()) == 1


def test_a_wrong_clock_is_found_on_its_night_and_leaves_nothing(told):
    night = told.wrong_clock
    assert told.codes[night] == 74 and "clock" in told.output[night]
    later = min(judged for judged in told.judged if judged > night)
    assert told.said[later] == expected(told.script, later)


def test_a_full_disk_is_found_before_the_first_page(told):
    assert told.codes[told.disk_full] == 74
    assert "MB" in told.output[told.disk_full]


def test_nothing_was_lost_meanwhile(told):
    articles, different = told.counts[0]
    assert articles == different > sum(month.PORTALS.values())

"""Seventeen nights in the life of forty portals: what each change is called, and that quiet is quiet.

All portals live through ten quiet nights (counters, tokens, banners, views, an article now and
then). On the eleventh each meets its own scenario, three nights long; then it is over.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from samples.site import Answer
from tests.end_to_end.portal_scenarios import EVENT_NIGHTS, SCENARIOS
from tests.end_to_end.simulated_portal import Living, Nights

pytestmark = pytest.mark.timeout(900)
QUIET, AFTER = range(1, 11), 15
LATER = 33  # days that pass before the last night


ALARMING = [name for name, scenario in SCENARIOS.items() if scenario.alarm]
CALM = ("ok", None, frozenset())


@dataclass
class Lived:
    """What was said on each night, and the archive at the end."""

    nights: Nights
    said: dict[int, dict]
    output: dict[int, str]
    codes: dict[int, int]
    states: dict[int, dict[str, list[tuple]]]

    def status(self, name: str, night: int) -> tuple:
        """Of the one article that the portal's scenario is about."""
        portal = self.nights.portals[name]
        url = portal.url(portal.marked)
        return next((row[1:] for row in self.states[night][name] if row[0] == url), ("", 0))


@pytest.fixture(scope="module")
def lived(tmp_path_factory) -> Lived:
    portals = [Living(name, scenario.count) for name, scenario in SCENARIOS.items()]
    with Nights(portals, tmp_path_factory.mktemp("life")) as nights:
        found = Lived(nights, {}, {}, {}, {})
        for night in range(AFTER + 2):
            nights.day = night if night <= AFTER else night + LATER
            for name, portal in nights.portals.items():
                if night in EVENT_NIGHTS:
                    SCENARIOS[name].happens(portal, nights)
                elif night == EVENT_NIGHTS[-1] + 1:
                    keeps = name in ("deleted", "sent_home", "soft_404", "moved")
                    portal.rule = portal.rule if keeps else None
                    portal.site.pages["/robots.txt"] = lambda: Answer(404, "")
                elif night % 4 == 2 or night > AFTER:
                    portal.publish(nights.today)
            done = nights.visit(everything=night >= EVENT_NIGHTS[0])
            found.said[night] = nights.verdicts()
            found.output[night], found.codes[night] = done.stderr, done.returncode
            found.states[night] = {
                name: nights.sql(
                    "select url, status, revisions from articles where portal = ?", name
                )
                for name in SCENARIOS
            }
        yield found


def test_ten_quiet_nights_without_an_alarm(lived):
    assert {len(lived.states[0][name]) for name in SCENARIOS} == {12, 24}
    for night in (0, *QUIET):
        assert lived.said[night] == dict.fromkeys(SCENARIOS, CALM)
        assert lived.codes[night] == 0
    assert len(lived.states[10]["nothing"]) == 15
    assert lived.nights.sql("select count(*) from edited_articles where portal = 'nothing'") == [
        (0,)
    ]


@pytest.mark.parametrize("name", ALARMING)
def test_each_scenario_has_its_alarm(lived, name):
    scenario = SCENARIOS[name]
    assert lived.said[EVENT_NIGHTS[0]][name] == (
        scenario.outcome,
        scenario.failure,
        {scenario.alarm},
    )
    for night in EVENT_NIGHTS:
        assert lived.said[night][name][2] <= {scenario.alarm}
        assert lived.codes[night] == 1
    assert f"{name}: {scenario.alarm}" in lived.output[EVENT_NIGHTS[0]]


@pytest.mark.parametrize("name", sorted(set(SCENARIOS) - set(ALARMING)))
def test_an_ordinary_change_is_no_alarm(lived, name):
    for night in lived.said:
        assert lived.said[night][name] == CALM, night


@pytest.mark.parametrize("name", ALARMING)
def test_it_is_over_when_it_is_over(lived, name):
    assert lived.said[AFTER][name] == CALM
    assert lived.said[AFTER + 1][name] == CALM
    gone = [row for row in lived.states[AFTER + 1][name] if row[1] == "gone"]
    assert gone == [], "what came back is live again"


def test_an_outage_deletes_and_edits_nothing(lived):
    for name in ("down", "waf", "login", "maintenance", "renamed", "robots", "certificate"):
        states = {row[1:] for row in lived.states[AFTER][name]}
        assert states == {("live", 1)}, name


def test_new_articles(lived):
    assert len(lived.states[11]["new"]) == len(lived.states[10]["new"]) + 2


def test_an_edit_is_a_version_with_what_changed(lived):
    assert lived.status("edited", AFTER) == ("edited", 2)
    shown = lived.nights.sql(
        "select fields, text_before, text from edited_articles where portal = 'edited'"
    )
    assert [row[0] for row in shown] == ['["text"]']
    assert shown[0][2].startswith(shown[0][1]) and "phê duyệt" in shown[0][2]


def test_noise_is_no_edit(lived):
    assert {row[1:] for row in lived.states[AFTER + 1]["noise"]} == {("live", 1)}


@pytest.mark.parametrize("name", ["deleted", "sent_home", "soft_404"])
def test_gone_after_two_looks_over_three_days(lived, name):
    assert lived.status(name, 11)[0] == "live", "one look is not enough"
    assert lived.status(name, AFTER)[0] == "gone"
    shown = lived.nights.sql("select looks >= 2 from gone_articles where portal = ?", name)
    assert shown == [(1,)]


def test_a_moved_article_is_one_article_with_two_addresses(lived):
    assert len(lived.states[AFTER]["moved"]) == len(lived.states[AFTER]["nothing"])
    known = lived.nights.sql(
        "select count(*), count(distinct article) from addresses where article = "
        "(select article from addresses where url like ? and url like '%/chuyen-muc-moi/%')",
        f"{lived.nights.portals['moved'].served.url}/%",
    )
    assert known == [(2, 1)]


def test_a_back_dated_article_is_found_within_the_month(lived):
    assert len(lived.states[AFTER]["back_dated"]) == len(lived.states[10]["back_dated"])
    late = lived.nights.sql(
        "select count(*) from articles where portal = 'back_dated' and published < "
        "date(first_seen, '-60 days') and first_seen > '2025-07-10'"
    )
    assert late == [(1,)]


def test_every_day_has_its_row(lived):
    shown = dict(lived.nights.sql("select day, coverage from coverage where portal = 'down'"))
    said = [shown[f"2025-06-{day}"] for day in (20, 30)] + [
        shown[f"2025-07-{day:02}"] for day in (1, 2, 3, 4, 20)
    ]
    assert said == ["looked", "looked", *["could not look"] * 3, "looked", "not looked"]


def test_alarms_are_rows_of_the_plain_archive(lived):
    for name in ALARMING:
        codes = lived.nights.sql("select distinct code from alarms where portal = ?", name)
        # Pages that turn back into what they were are edits once more.
        assert {code for (code,) in codes} - {"mass_edits"} == {SCENARIOS[name].alarm} - {
            "mass_edits"
        }

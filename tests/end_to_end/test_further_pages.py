"""A further page that all pages behind it hang on: told each night that it is wrong, and no longer."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from samples.site import Answer
from tests.end_to_end.portal_scenarios import without_entries
from tests.end_to_end.simulated_portal import Living, Nights

SECTION = "/tin-hoat-dong/"
PAGERS = re.compile(r'<ul class="pagination">.*?</ul>', re.DOTALL)


def number(path: str) -> int:
    found = re.search(r"page-(\d+)", path)
    return int(found[1]) if found else 1


def next_only(portal: Living, path: str, usual: Answer) -> Answer:
    """A pager that knows one way: on."""
    if not portal.is_list(path) or usual.status != 200:
        return usual

    def only(found: re.Match[str]) -> str:
        on = re.findall(rf'<a href="[^"]*page-{number(path) + 1}/">.*?</a>', found[0])
        return f'<ul class="pagination">{"".join(on)}</ul>'

    return replace(usual, body=PAGERS.sub(only, usual.body))


def absent(portal: Living, path: str, usual: Answer) -> Answer:
    return Answer(404, "")


def emptied(portal: Living, path: str, usual: Answer) -> Answer:
    return replace(usual, body=without_entries(0)(portal, path, usual.body))


def first_again(portal: Living, path: str, usual: Answer) -> Answer:
    return next_only(portal, SECTION, portal.site.answer(SECTION))


@pytest.mark.parametrize(
    "how", [absent, pytest.param(emptied, marks=pytest.mark.long), first_again]
)
def test_a_page_that_is_wrong_is_told_until_it_is_right(how, tmp_path):
    portal = Living("mau", 72)
    wrong = range(1, 4)
    with Nights([portal], tmp_path) as nights:
        for night in range(6):

            def rule(path, usual, night=night):
                usual = next_only(portal, path, usual)
                spoilt = night in wrong and path.startswith(SECTION) and number(path) == 3
                return how(portal, path, usual) if spoilt else usual

            portal.rule = rule
            if night:
                portal.publish(nights.today)
            deep = ("-a", "deep=1") if night == 1 else ()
            done = nights.visit("-q", *deep)
            told = nights.verdicts()["mau"][2]
            assert told == ({"paging_unreachable"} if night in wrong else set()), night
            assert done.returncode == int(night in wrong)
            assert ("page-3" in done.stderr) == (night in wrong)

"""What a list page usually holds, and whether it still does.

A list's last healthy counts are kept with its row of the frontier. A count that falls short is not
taken for the new rule: it is said again at every look until the list recovers or a person accepts it.
"""

from __future__ import annotations

from typing import Literal

State = Literal["as_usual", "emptied", "shrunk"]

LOOKS = 7  # healthy looks that are remembered
FEWEST_EMPTIED = 3  # articles that a list must always have had before none of them is news
FEWEST_SHRUNK = 5
SHRUNK = 0.5  # of what it always had
GIVEN_UP = 7  # looks at a section that is gone, before it is left alone


def least(recent: str) -> int | None:
    """The fewest article links among the last healthy looks; None when there was none."""
    return min((int(count) for count in recent.split()), default=None)


def state_of(recent: str, links: int) -> State:
    """Whether a list with that many article links is as it always was."""
    usual = least(recent)
    if usual is None:
        return "as_usual"
    if links == 0 and usual >= FEWEST_EMPTIED:
        return "emptied"
    if usual >= FEWEST_SHRUNK and links < SHRUNK * usual:
        return "shrunk"
    return "as_usual"


def remember(recent: str, links: int) -> str:
    """The counts after this look; one that fell short, or found nothing yet, is not added."""
    if state_of(recent, links) != "as_usual" or not (links or recent):
        return recent
    return " ".join([*recent.split(), str(links)][-LOOKS:])


def amiss(recent: str, links: int, pages_before: int | None, pages: int) -> str | None:
    """What is wrong with a list that was read: emptied, shrunk or no_pages; None when nothing is."""
    state = state_of(recent, links)
    if state != "as_usual":
        return state
    return "no_pages" if lost_its_pages(recent, links, pages_before, pages) else None


def lost_its_pages(recent: str, links: int, pages_before: int | None, pages: int) -> bool:
    """Whether a list as full as ever no longer leads to its further pages."""
    usual = least(recent)
    return bool(pages_before) and not pages and usual is not None and links >= max(usual, 1)

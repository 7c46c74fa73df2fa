"""What a run saw on one portal, page by page: the ground on which it is judged."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from crawler.archive.frontier.queue import Visit
from crawler.http.outcomes import GONE
from crawler.items import Page

# Pages answered 200 that say the site itself is not there, and the alarm each is.
SITE_REFUSALS = {
    "block_page": "blocked",
    "maintenance": "maintenance",
    "server_error": "server_error",
    "login_page": "blocked",
    "js_shell": "site_changed",
    "parked": "site_changed",
    "default_page": "site_changed",
    "directory_index": "site_changed",
}
# A server that answers so is not asked for every page of the night.
DOWN = frozenset(
    {"dns", "refused", "timeout", "connection", "tls", "http_429", "blocked", "maintenance"}
)
ABSENT = GONE | {"http_401", "http_403", "robots", "redirect_outside", "redirect_loop"}

ArticleLook = Literal["read", "missing", "redirected", "unreadable", "failed"]


@dataclass(frozen=True, slots=True)
class ListObservation:
    """The last look of this run at one list page."""

    url: str
    start: bool
    page: int
    outcome: str  # ok, or what kept it from being read
    names: frozenset[str] = frozenset()  # of the articles on it
    pagers: int = 0  # links to further pages
    recent: str = ""  # what it held on earlier nights
    pagers_before: int | None = None
    found_on: int | None = None
    location: str | None = None


@dataclass(slots=True)
class RunObservations:
    """Everything a judgement needs, gathered while the run goes on."""

    lists: dict[int, ListObservation] = field(
        default_factory=dict
    )  # by visit: a second look counts
    failures: Counter[str] = field(default_factory=Counter)  # outcome → how many
    in_a_row: int = 0  # answers of a server that is down, one after another

    def note(self, page: Page, visit: Visit | None) -> ArticleLook | None:
        """Take a page into account; what came of it when it was an article's."""
        outcome = outcome_of(page)
        if visit and visit.kind == "sitemap" and outcome in ABSENT:
            return None  # most sites have none
        if outcome not in ("ok", "redirect", "not_modified"):
            self.failures[outcome] += 1
        down = outcome in DOWN or outcome.startswith(("http_5", "tls_"))
        self.in_a_row = self.in_a_row + 1 if down else 0
        if visit is None:
            return None
        if visit.kind == "article" and not page.proved:
            return None if outcome == "redirect" else _article_look(page, outcome)
        if visit.kind == "list":
            self.lists[visit.id] = ListObservation(
                url=visit.url,
                start=visit.found_on is None,
                page=visit.page,
                outcome=outcome,
                names=frozenset(link.name for link in page.links if link.kind == "article"),
                pagers=sum(link.page > 1 and link.kind == "list" for link in page.links),
                recent=visit.recent,
                pagers_before=visit.pagers,
                found_on=visit.found_on,
                location=page.capture.location,
            )
        return None


def outcome_of(page: Page) -> str:
    """What a look came to, pages that say the site is not there included."""
    refusal = page.reading.refusal
    if refusal and page.capture.outcome == "ok":
        if refusal.reason in GONE:
            return refusal.reason
        return SITE_REFUSALS.get(refusal.reason, "ok")
    return page.capture.outcome


def _article_look(page: Page, outcome: str) -> ArticleLook:
    if page.reading.article or outcome == "not_modified":
        return "read"
    if outcome == "redirect_home":
        return "redirected"
    if outcome in GONE:
        return "missing"
    if outcome.startswith("redirect"):
        return "redirected"
    refusal = page.reading.refusal
    if outcome == "ok" and refusal and refusal.reason != "before_since":
        return "unreadable"
    return "failed"

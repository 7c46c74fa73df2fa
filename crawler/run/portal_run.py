"""One portal in one run: how far it is, what was seen, how it was judged."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from crawler.archive.articles.save import Saved
from crawler.archive.captures import Captured
from crawler.archive.frontier.queue import Visit
from crawler.archive.runs import Tally
from crawler.items import Fetched, Page
from crawler.monitoring.alarms import Alarm
from crawler.monitoring.observations import RunObservations
from crawler.monitoring.verdict import Verdict
from crawler.portals.model import Portal

DOWN = 10  # answers of a server that is down, one after another, before it is left alone


@dataclass(slots=True)
class PortalRun:
    """How one portal is doing in this run."""

    portal: Portal
    started: float
    resumed: bool
    extractor: str  # the rules its pages are read with: ours, and what was learnt of the portal
    boilerplate: frozenset[str]
    tally: Tally = field(default_factory=Tally)
    looks: RunObservations = field(default_factory=RunObservations)
    verdict: Verdict | None = None
    since: dict[str, str] = field(default_factory=dict)  # alarms → when they were first raised
    crash: str | None = None
    left_alone: Alarm | None = None  # a host that was not asked any more, and why
    noticed: list[Alarm] = field(default_factory=list)  # what else somebody should look at
    # Other facts for a look of another time; a rescue has them.
    rules: Callable[[Captured, Fetched], Portal] | None = None
    unmatched: Alarm | None = None  # patterns that no longer serve

    @property
    def fine(self) -> bool:
        """Whether nobody needs to look at the portal."""
        verdict = self.verdict
        return verdict is None or (verdict.outcome in ("ok", "capped") and not verdict.alarms)

    @property
    def is_down(self) -> bool:
        return self.looks.in_a_row >= DOWN

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    def count(self, page: Page, visit: Visit | None, saved: Saved) -> None:
        """Add a page that was saved to the portal's figures."""
        tally, outcome = self.tally, saved.outcome
        tally.pages += 1
        if page.elsewhere:
            return
        look = self.looks.note(page, visit)
        if look == "missing" and saved.article is None:
            look = None  # a link that was dead before anybody came
        if look in ("missing", "redirected", "unreadable"):
            setattr(tally, look, getattr(tally, look) + 1)
        if outcome == "error":
            tally.errors += 1
        elif outcome == "list":
            tally.lists += page.capture.outcome != "redirect"
        elif outcome != "absent":
            setattr(tally, outcome, getattr(tally, outcome) + 1)

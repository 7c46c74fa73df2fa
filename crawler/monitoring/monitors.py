"""All that a portal's history can show to be wrong: one row a monitor.

Nothing here adapts by itself: what was good is the measure until somebody accepts the new state
(`scrapy health --accept`). What the calendar tells without a run stands in `archive.views.CALENDAR`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from crawler.archive.runs import is_behind
from crawler.monitoring import articles, lists, looks, rhythm
from crawler.monitoring.alarms import KINDS, Alarm
from crawler.monitoring.context import Context

Check = Callable[[Context], str | None]


@dataclass(frozen=True, slots=True)
class Monitor:
    """An alarm's code, and what finds it: its detail, or None when all is as expected."""

    code: str
    check: Check
    unless: frozenset[str] = frozenset()  # alarms that say the same thing better
    lasting: bool = False  # true whatever else went wrong in a run


def _list_fault(code: str) -> Check:
    return lambda context: lists.faults(context).get(code)


def _coverage(context: Context) -> str | None:
    return "; ".join([*articles.lacking(context), *looks.lost(context)]) or None


def _paging(context: Context) -> str | None:
    return lists.faults(context).get("paging_unreachable") or lists.incomplete(context)


def _redirects(context: Context) -> str | None:
    return looks.share(context, "redirects") or lists.faults(context).get("redirects")


def _clock(context: Context) -> str | None:
    later = is_behind(context.conn, context.now)
    return f"a run began at {later}, now it is {context.now}" if later else None


_FORM = frozenset({"coverage_drop", "duplicate_titles"})  # one change of form is said once
# What a list's last look may have come to, beside what is wrong with its content.
_UNREAD_LISTS = (
    "list_gone", "start_gone",
    "dns", "refused", "timeout", "connection", "truncated", "too_large", "tls", "http_4xx",
    "http_5xx", "blocked", "maintenance", "server_error", "robots", "private_address", "redirects",
    "host_moved", "site_changed", "internal_error",
)  # fmt: skip

MONITORS: tuple[Monitor, ...] = (
    *(Monitor(code, _list_fault(code), lasting=True) for code in ("lists_empty", "lists_shrunk")),
    Monitor("paging_unreachable", _paging, lasting=True),
    *(Monitor(code, _list_fault(code)) for code in _UNREAD_LISTS if code != "redirects"),
    Monitor("coverage_drop", _coverage),
    Monitor("text_lost", articles.cut_away),
    Monitor("patterns_unmatched", articles.unmatched),
    Monitor("duplicate_titles", articles.one_title),
    Monitor("future_dates", articles.to_come),
    Monitor("extractor_refusals", partial(looks.share, code="extractor_refusals")),
    Monitor("mass_missing", partial(looks.share, code="mass_missing")),
    Monitor("redirects", _redirects),
    Monitor("mass_edits", partial(looks.share, code="mass_edits"), unless=_FORM),
    Monitor("silent", rhythm.silent),
    Monitor("budget", rhythm.starved),
    Monitor("no_dates", articles.undated),
    Monitor("clock", _clock, lasting=True),
)

# The alarms that are raised while a run goes on, and where.
RAISED_ELSEWHERE: dict[str, str] = {
    "not_reached": "verdict: the run ended before anything of the portal was read",
    "no_articles": "run: pages answer, and the archive has no article",
    "sitemap_endless": "the frontier's loop: sitemaps were given up",
    "files_failing": "the loop of files: none of a night's could be had",
    "parked": "rescue and reextract: another owner's page where the portal stood",
    "crashed": "run: an error in a spider",
    "storage": "run: an error in the archive",
}


def unmet(context: Context, outcome: str = "ok") -> list[Alarm]:
    """The alarms that a portal's history raises after a run of that outcome.

    What went wrong in the run explains the rest, but not what was wrong before it and lasts.
    """
    found: dict[str, Alarm] = {}
    for monitor in MONITORS:
        detail = monitor.check(context)
        if detail is not None and _is_told(monitor, context, outcome):
            found[monitor.code] = Alarm(monitor.code, detail)
    return [
        found[monitor.code]
        for monitor in MONITORS
        if monitor.code in found and not monitor.unless & found.keys()
    ]


def _is_told(monitor: Monitor, context: Context, outcome: str) -> bool:
    if outcome in ("ok", "capped") or monitor.lasting or monitor.code in context.standing:
        return True
    return outcome == "partial" and KINDS[monitor.code].failure is None

"""Lists that are not as they should be: whatever was wrong at a list's last look is wrong still."""

from __future__ import annotations

from crawler.http.outcomes import GONE
from crawler.monitoring.alarms import code_of
from crawler.monitoring.context import Context
from crawler.monitoring.observations import SITE_REFUSALS

SHOWN = 3  # addresses named
FAULTS = {"emptied": "lists_empty", "shrunk": "lists_shrunk", "no_pages": "paging_unreachable"}


def faults(context: Context) -> dict[str, str]:
    """The alarms of lists that were last seen wrong, each with what shows it."""
    found: dict[str, list[str]] = {}
    for url, fault, page, start, leads_on in context.conn.execute(
        "select url, amiss, page, found_on is null, page > 1 and exists (select 1 from _frontier "
        "as later where later.found_on = list.id and later.kind = 'list' and later.page > list.page "
        "and later.recent <> '') from _frontier as list "
        "where portal = ? and kind = 'list' and amiss is not null order by page, id",
        (context.portal,),
    ):
        code = "paging_unreachable" if leads_on else _code(fault, page=page, start=bool(start))
        found.setdefault(code, []).append(f"{url}: {fault}")
    if "paging_unreachable" not in context.standing:
        # A single page that fails, and is the only way to no other, is judged with those of its night.
        found = {code: said for code, said in found.items() if code != "further"}
    elif said := found.pop("further", None):
        found.setdefault("paging_unreachable", []).extend(said)
    return {
        code: f"{'; '.join(said[:SHOWN])}" + (f" (+{len(said) - SHOWN})" if said[SHOWN:] else "")
        for code, said in found.items()
    }


def _code(fault: str, *, page: int, start: bool) -> str:
    if page > 1:
        return "further"
    if fault in FAULTS:
        return FAULTS[fault]
    if fault in GONE and fault != "redirect_home":
        return "start_gone" if start else "list_gone"
    if fault == "redirect_outside" and start:
        return "host_moved"
    return SITE_REFUSALS.get(fault) or code_of(fault)


def incomplete(context: Context) -> str | None:
    """Sections that fell short of their own count, when they were last walked to their end."""
    count = context.conn.execute(
        "select count(*) from issues where portal = :portal and reason = 'list_incomplete' "
        "and seen_at > :since and seen_at >= coalesce("
        "(select last_deep from _sweeps where portal = :portal), '')",
        {"portal": context.portal, "since": context.since},
    ).fetchone()[0]
    return f"{count} sections fell short of their own count" if count else None

"""How a portal's run went: its outcome, and what this run alone shows to be wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from crawler.archive.frontier.list_history import least, lost_its_pages, state_of
from crawler.archive.runs import Tally
from crawler.http.outcomes import GONE
from crawler.monitoring.alarms import Alarm, code_of, failure_of
from crawler.monitoring.observations import ListObservation, RunObservations

# What single pages may do on any good night.
DAILY = GONE | {
    "redirect_home",
    "redirect_outside",
    "redirect_nowhere",
    "redirect_loop",
    "robots",
}
TROUBLED = 0.1  # of a run's pages that may get no proper answer


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is written beside a portal's run."""

    outcome: str  # ok, partial, failed, capped
    failure: str | None = None
    evidence: str | None = None
    alarms: tuple[Alarm, ...] = ()


def failed(code: str, evidence: str) -> Verdict:
    return Verdict("failed", failure_of(Alarm(code, evidence)), evidence, (Alarm(code, evidence),))


def not_reached(cut: str, pending: int) -> Verdict:
    """A run that was cut off before it had read anything of the portal is not a good one."""
    said = f"{cut} before the first page; {pending} pages wait"
    return Verdict("capped", cut, said, (Alarm("not_reached", said),))


def judge(tally: Tally, looks: RunObservations, *, cut: str | None, pending: int) -> Verdict:
    """The verdict on what one run saw. `cut`: budget or deadline, when it ended the run early."""
    if tally.lists + tally.articles == 0 and (tally.pages or not cut):
        return _nothing_read(tally, looks)
    if not tally.pages:
        return not_reached(cut or "interrupted", pending)
    alarms = tuple(_once(_of_lists(looks)))
    if not alarms:
        alarms = tuple(_of_pages(tally, looks))
    verdict = Verdict("ok", alarms=alarms)
    if cut:
        said = f"{tally.pages} pages asked, {pending} left for the next night"
        verdict = Verdict("capped", cut, said, alarms)
    return with_alarms(verdict, alarms)


def with_alarms(verdict: Verdict, alarms: Iterable[Alarm]) -> Verdict:
    """The verdict when these alarms are raised: a run that shows a failure is not a good one."""
    alarms = tuple(alarms)
    if verdict.outcome not in ("ok", "capped"):
        return replace(verdict, alarms=alarms)
    worst = next((alarm for alarm in alarms if failure_of(alarm)), None)
    if worst is None:
        return replace(verdict, alarms=alarms)
    return Verdict("partial", failure_of(worst), worst.detail, alarms)


def _nothing_read(tally: Tally, looks: RunObservations) -> Verdict:
    moved = next((look for look in looks.lists.values() if _moved_away(look)), None)
    if moved:
        return failed("host_moved", f"{moved.url} → {moved.location}")
    worst, count = next(iter(looks.failures.most_common(1)), ("", 0))
    if not worst:
        return failed("site_changed", "no list page was read")
    code = "http_4xx" if worst == "soft_404" else code_of(worst)
    return failed(code, f"{worst} × {count} / {tally.pages}")


def _of_lists(looks: RunObservations) -> Iterator[Alarm]:
    """Lists that a reader of the portal would miss."""
    first = [look for look in looks.lists.values() if look.page == 1]
    known = [look for look in first if look.start or look.recent]
    for look in known:
        if look.outcome in ("ok", "not_modified", "redirect"):
            continue
        if _moved_away(look):
            yield Alarm("host_moved", f"{look.url} → {look.location}")
        elif look.outcome in GONE and look.outcome != "redirect_home":
            code = "start_gone" if look.start else "list_gone"
            yield Alarm(code, f"{look.url}: {look.outcome}")
        else:
            yield Alarm(code_of(look.outcome), f"{look.url}: {look.outcome}")
    read = [look for look in first if look.outcome == "ok"]
    for state, code in (("emptied", "lists_empty"), ("shrunk", "lists_shrunk")):
        short = [look for look in read if state_of(look.recent, len(look.names)) == state]
        if short:
            one = short[0]
            yield Alarm(
                code,
                f"{len(short)} of {len(read)} lists; {one.url}: {len(one.names)} articles, "
                f"always {least(one.recent)} or more",
            )
    yield from _of_paging(looks, read)


def _of_paging(looks: RunObservations, read: list[ListObservation]) -> Iterator[Alarm]:
    for look in read:
        if lost_its_pages(look.recent, len(look.names), look.pagers_before, look.pagers):
            yield Alarm("paging_unreachable", f"{look.url} leads to no further page")
            return
    further = [look for look in looks.lists.values() if look.page > 1]
    bad = [look for look in further if _unreachable(look, looks)]
    if bad and len(bad) * 2 > len(further):
        one = bad[0]
        said = one.outcome if one.outcome != "ok" else "nothing of its own"
        yield Alarm("paging_unreachable", f"{one.url}: {said} ({len(bad)} of {len(further)} pages)")


def _unreachable(look: ListObservation, looks: RunObservations) -> bool:
    if look.outcome in ("not_modified", "redirect"):
        return False
    if look.outcome != "ok":
        return True
    if not look.recent:
        return False  # never held anything: a page past the end
    before = looks.lists.get(look.found_on or 0)
    return not look.names or bool(before and before.page == 1 and look.names == before.names)


def _of_pages(tally: Tally, looks: RunObservations) -> Iterator[Alarm]:
    """Answers that are none, when they are more than a few."""
    troubles = Counter({name: count for name, count in looks.failures.items() if name not in DAILY})
    if sum(troubles.values()) <= TROUBLED * tally.pages:
        return
    worst, count = troubles.most_common(1)[0]
    yield Alarm(code_of(worst), f"{worst} × {count} / {tally.pages}")


def _moved_away(look: ListObservation) -> bool:
    return look.start and look.outcome == "redirect_outside"


def _once(alarms: Iterable[Alarm]) -> list[Alarm]:
    """Each code once, with the first that showed it."""
    found: dict[str, Alarm] = {}
    for alarm in alarms:
        found.setdefault(alarm.code, alarm)
    return list(found.values())

"""A portal's account in a run, wherever it was crawled."""

from __future__ import annotations

import time

from crawler.archive.runs import COUNTS, Tally
from crawler.clock import days_between
from crawler.monitoring.alarms import Alarm
from crawler.monitoring.verdict import Verdict, not_reached
from crawler.portals.model import Portal
from crawler.run.portal_run import PortalRun
from crawler.run.run import Run


def account_of(run: Run, portal: Portal) -> PortalRun | None:
    """How a portal did in this run, wherever it was crawled; None when it was not."""
    conn = run.archive.conn
    row = conn.execute(
        f"select started_at, finished_at, outcome, failure, evidence, pending, {', '.join(COUNTS)} "
        "from run_portals where run = ? and portal = ?",
        (run.id, portal.slug),
    ).fetchone()
    if row is None:
        return None
    started, finished, outcome, failure, evidence, left, *counts = row
    tally = Tally(**dict(zip(COUNTS, counts, strict=True)))
    found = conn.execute(
        "select code, detail, since from alarms where run = ? and portal = ? order by rowid",
        (run.id, portal.slug),
    ).fetchall()
    alarms = tuple(Alarm(code, detail) for code, detail, _ in found)
    verdict = Verdict(outcome, failure, evidence, alarms)
    if finished is None:
        interrupted = Verdict("capped", "interrupted")
        verdict = interrupted if tally.pages else not_reached("interrupted", left or 0)
    since = {code: began for code, _, began in found}
    seconds = days_between(started, finished) * 86_400 if finished else 0.0
    return PortalRun(
        portal,
        time.monotonic() - seconds,
        False,
        "",
        frozenset(),
        tally=tally,
        verdict=verdict,
        since=since,
    )

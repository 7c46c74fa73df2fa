"""Each portal's account in a run: how it began, how it ended, and what of it needs a look."""

from __future__ import annotations

import sqlite3
import time

from crawler.archive import runs
from crawler.archive.boilerplate import known_boilerplate, learn, remember
from crawler.archive.database import Archive, ArchiveError
from crawler.archive.frontier.queue import pending
from crawler.clock import hours_ago, now
from crawler.extractor_version import extractor_version, portal_version
from crawler.messages import say
from crawler.monitoring.alarms import Alarm
from crawler.monitoring.completeness import note_short_lists
from crawler.monitoring.context import context_of
from crawler.monitoring.health import raise_alarms
from crawler.monitoring.looks import look_again
from crawler.monitoring.monitors import unmet
from crawler.monitoring.verdict import Verdict, failed, judge, not_reached, with_alarms
from crawler.portals.model import Portal
from crawler.run.portal_run import PortalRun
from crawler.run.progress import Progress
from crawler.run.storage import PageStorage
from crawler.text.boilerplate import names_in

GO_ON_WITHIN = 20  # hours in which a killed run is taken up where it was


MOST_NAMES = 20  # of a site: a start page that calls itself something else every night has none


class RunLedger:
    """Opens and closes the accounts of a run's portals."""

    def __init__(
        self,
        archive: Archive,
        run: str,
        command: str,
        *,
        portals: dict[str, PortalRun],
        storage: PageStorage,
        progress: Progress,
    ) -> None:
        self.portals = portals
        self.interrupted = False  # somebody asked the run to stop
        self._archive, self._run, self._command = archive, run, command
        self._storage, self._progress = storage, progress
        self._extractor = extractor_version()

    def begin(self, portal: Portal) -> PortalRun:
        conn = self._archive.conn
        resumed = runs.was_cut_short(conn, portal.slug, hours_ago(GO_ON_WITHIN))
        with self._archive.transaction():
            runs.record_portals(conn, [portal])
            runs.begin_portal(conn, self._run, portal.slug, now())
        learnt = known_boilerplate(conn, portal.slug)
        self.portals[portal.slug] = PortalRun(
            portal,
            time.monotonic(),
            resumed,
            portal_version(self._extractor, portal, learnt),
            learnt,
        )
        return self.portals[portal.slug]

    def redescribe(self, portal: Portal) -> None:
        """Use other facts of a portal from here on: the platform of an undescribed site is known now."""
        going = self.portals[portal.slug]
        going.portal = portal
        going.extractor = portal_version(self._extractor, portal, going.boilerplate)
        with self._archive.transaction() as conn:
            runs.record_portals(conn, [portal])

    def learnt(self, portal: str, lines: frozenset[str]) -> None:
        """Read the portal's pages by more lines from here on: what its start page calls itself."""
        going = self.portals[portal]
        if lines <= going.boilerplate or len(lines | names_in(going.boilerplate)) > MOST_NAMES:
            return
        with self._archive.transaction() as conn:
            remember(conn, portal, lines - going.boilerplate, now())
        going.boilerplate |= lines
        going.extractor = portal_version(self._extractor, going.portal, going.boilerplate)

    def end(self, portal: str, reason: str) -> None:
        """Close a portal's account: what came of it, and why when it failed."""
        going = self.portals.get(portal)
        if going is None or going.verdict is not None:
            return  # it never began; whoever started it says why
        if reason == "shutdown":
            # Interrupted: the account stays open, and the next run goes on where this one was.
            self.interrupted = True
            left = pending(self._archive.conn, portal)
            interrupted = Verdict("capped", "interrupted")
            going.verdict = interrupted if going.tally.pages else not_reached("interrupted", left)
        else:
            self._judge(going, reason)
        self._storage.close(portal)
        self._progress.finish(going, pending(self._archive.conn, portal))

    def notice(self, portal: str, alarm: Alarm) -> None:
        """Raise an alarm after a portal's account is closed: what became of its files."""
        going = self.portals.get(portal)
        if going is None or going.verdict is None:
            return
        with self._archive.transaction() as conn:
            going.since |= raise_alarms(conn, self._run, portal, [alarm], now())
        going.verdict = with_alarms(going.verdict, (*going.verdict.alarms, alarm))

    def _judge(self, going: PortalRun, reason: str) -> None:
        portal, conn = going.portal.slug, self._archive.conn
        left = pending(conn, portal)
        cut = reason if reason in ("budget", "deadline") else None
        if self._storage.failure:
            going.verdict = failed("storage", self._storage.failure.splitlines()[0])
        elif going.crash:
            going.verdict = failed("crashed", going.crash)
        elif reason == "filled":  # from captures: how the portal does today is another question
            going.verdict = Verdict("ok")
        else:
            going.verdict = judge(going.tally, going.looks, cut=cut, pending=left)
            noticed = [
                alarm for alarm in (going.left_alone, going.unmatched, *going.noticed) if alarm
            ]
            if noticed and going.verdict.outcome in ("ok", "capped"):
                going.verdict = with_alarms(going.verdict, (*noticed, *going.verdict.alarms))
        try:
            with self._archive.transaction():
                self._book(going, going.verdict, left)
        except sqlite3.Error as error:
            self._storage.fail(say("storage_failed", detail=error))

    def _book(self, going: PortalRun, verdict: Verdict, left: int) -> None:
        """Write the verdict, with what the portal's history adds to it."""
        portal, conn = going.portal.slug, self._archive.conn
        if going.tally.new:
            learn(conn, portal, now())
        if verdict.outcome == "ok":
            note_short_lists(conn, portal, now())
        self._write(going, verdict, left)
        if self._command != "backfill":
            verdict = self._weigh(going, verdict)
            self._write(going, verdict, left)
        going.verdict = verdict
        if self._command != "backfill":
            going.since = raise_alarms(conn, self._run, portal, verdict.alarms, now())

    def _weigh(self, going: PortalRun, verdict: Verdict) -> Verdict:
        """The verdict with what the portal's history adds, and what was wrong before and lasts."""
        portal, conn = going.portal.slug, self._archive.conn
        context = context_of(conn, portal, self._run, now(), undated=going.portal.undated)
        known = {alarm.code for alarm in verdict.alarms}
        outcome = verdict.outcome if going.tally.pages else "failed"
        found = [alarm for alarm in unmet(context, outcome) if alarm.code not in known]
        verdict = with_alarms(verdict, (*verdict.alarms, *found))
        if not verdict.alarms and not self._has_articles(portal) and verdict.outcome == "ok":
            empty = Alarm("no_articles", f"{going.tally.pages} pages read")
            verdict = with_alarms(verdict, (empty,))
        look_again(context, {alarm.code for alarm in verdict.alarms})
        return verdict

    def _write(self, going: PortalRun, verdict: Verdict, left: int) -> None:
        runs.end_portal(
            self._archive.conn, self._run, going.portal.slug, now(), verdict.outcome, verdict.failure,
            verdict.evidence, left,
        )  # fmt: skip

    def _has_articles(self, portal: str) -> bool:
        query = "select 1 from articles where portal = ? limit 1"
        return self._archive.conn.execute(query, (portal,)).fetchone() is not None

    def crashed(self, portal: Portal, error: BaseException) -> None:
        """An exception in a spider: the portal's account is closed as failed, `crashed`."""
        if isinstance(error, sqlite3.Error | ArchiveError):
            self._storage.fail(say("storage_failed", detail=error))
        said = f"{type(error).__name__}: {error}"
        if portal.slug in self.portals:
            self.portals[portal.slug].crash = said[:300]
        else:
            self.never_began(portal.slug, said)

    def never_began(self, name: str, error: object) -> None:
        """A portal whose spider could not be imported or made: a failure like any other."""
        if name in self.portals or self._storage.failure:
            return
        with self._archive.transaction() as conn:
            runs.record_stranger(conn, name)
            runs.begin_portal(conn, self._run, name, now())
        portal = Portal(name, "", "", ("",))
        self.portals[name] = PortalRun(
            portal, time.monotonic(), False, self._extractor, frozenset(), crash=str(error)[:300]
        )
        self.end(name, "finished")

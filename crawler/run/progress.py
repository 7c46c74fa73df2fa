"""What the operator sees while a run goes on: a line per portal now and then, and how it ended."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from crawler.messages import say, say_short
from crawler.monitoring.alarms import KINDS

if TYPE_CHECKING:
    from crawler.run.portal_run import PortalRun

EVERY = 5.0  # seconds between two lines about the same portal


class Progress:
    """Lines on stderr, so that a command's output stays its own."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._shown: dict[str, float] = {}

    def show(self, going: PortalRun) -> None:
        slug = going.portal.slug
        last = self._shown.setdefault(slug, going.started)
        if self._quiet or time.monotonic() - last < EVERY:
            return
        self._shown[slug] = time.monotonic()
        tally = going.tally
        self._write(
            say_short(
                "progress",
                portal=slug,
                pages=tally.pages,
                articles=tally.articles,
                new=tally.new,
                errors=tally.errors,
                rate=round(tally.pages / max(going.seconds, 0.001), 1),
            )
        )

    def finish(self, going: PortalRun, pending: int) -> None:
        """The portal's last line; a failure is said even when quiet."""
        tally, verdict = going.tally, going.verdict
        if verdict is None:
            return
        if not self._quiet:
            self._write(
                say_short(
                    "summary",
                    portal=going.portal.slug,
                    outcome=say(f"outcome_{verdict.outcome}"),
                    pages=tally.pages,
                    articles=tally.articles,
                    new=tally.new,
                    edited=tally.edited,
                    unchanged=tally.unchanged,
                    refused=tally.refused,
                    errors=tally.errors,
                    pending=pending,
                    seconds=round(going.seconds, 1),
                )
            )
        for alarm in verdict.alarms:
            kind = KINDS[alarm.code]
            self._write(
                say_short(
                    "alarm",
                    portal=going.portal.slug,
                    code=alarm.code,
                    meaning=kind.meaning,
                    detail=alarm.detail,
                )
            )

    def say(self, line: str) -> None:
        if not self._quiet:
            self._write(line)

    @staticmethod
    def _write(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

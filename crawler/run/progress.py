"""What the operator sees while a run goes on: one line now and then, or a live table on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from crawler.messages import say, say_short
from crawler.monitoring.alarms import KINDS

if TYPE_CHECKING:
    from crawler.run.portal_run import PortalRun

EVERY = 60.0  # seconds between two lines about the whole run
COUNTED = 5.0  # seconds between two counts of what a portal has left
ROWS = 20  # portals shown at once on a terminal


class Progress:
    """Lines on stderr, so that a command's output stays its own; nothing of them with `--quiet`."""

    def __init__(self, *, quiet: bool, left: Callable[[str], int] = lambda portal: 0) -> None:
        self._quiet, self._left_of = quiet, left
        self._going: dict[str, PortalRun] = {}
        self._left: dict[str, tuple[float, int]] = {}  # portal → when it was counted, pages left
        self._done = 0
        self._started = self._said = time.monotonic()
        self._live: Any = None
        if not quiet and sys.stderr.isatty():
            self._live = _table(self)

    def show(self, going: PortalRun) -> None:
        slug, moment = going.portal.slug, time.monotonic()
        self._going[slug] = going
        if self._quiet:
            return
        if self._live is not None:
            if moment - self._left.get(slug, (0.0, 0))[0] >= COUNTED:
                self._left[slug] = moment, self._left_of(slug)
        elif moment - self._said >= EVERY:
            self._said = moment
            self._write(self.line())

    def line(self) -> str:
        """The whole run on one line."""
        tallies = [going.tally for going in self._going.values()]
        pages = sum(tally.pages for tally in tallies)
        return say_short(
            "progress",
            going=len(self._going) - self._done,
            done=self._done,
            pages=pages,
            articles=sum(tally.articles for tally in tallies),
            new=sum(tally.new for tally in tallies),
            errors=sum(tally.errors for tally in tallies),
            rate=round(pages / max(time.monotonic() - self._started, 0.001), 1),
        )

    def rows(self) -> list[tuple[str, ...]]:
        """The portals that are being read: pages, articles, errors, rate, and how long it may take."""
        rows: list[tuple[str, ...]] = []
        for slug, going in list(self._going.items()):
            if going.verdict is None:
                tally, left = going.tally, self._left.get(slug, (0.0, 0))[1]
                rate = tally.pages / max(going.seconds, 0.001)
                minutes = f"{left / rate / 60:.0f}" if rate and left else "-"
                rows.append(
                    (slug, str(tally.pages), f"{tally.articles} ({tally.new})", str(tally.errors),
                     f"{rate:.1f}", str(left), minutes)
                )  # fmt: skip
        return rows[:ROWS]

    def close(self) -> None:
        """Give the terminal back."""
        if self._live is not None:
            self._live.stop()
            self._live = None

    def finish(self, going: PortalRun, pending: int) -> None:
        """The portal's last line; an alarm is said even when quiet."""
        tally, verdict = going.tally, going.verdict
        self._going[going.portal.slug] = going
        self._done += 1
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

    def warn(self, line: str) -> None:
        """What went wrong is said even when quiet."""
        self._write(line)

    def _write(self, line: str) -> None:
        if self._live is not None:
            self._live.console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            print(line, file=sys.stderr, flush=True)


def _table(progress: Progress) -> Any:
    """A table on the terminal that follows the run."""
    from rich.console import Console, Group
    from rich.live import Live
    from rich.table import Table
    from rich.text import Text

    def drawn() -> Group:
        table = Table(box=None, pad_edge=False)
        for name in say("progress_columns").splitlines()[0].split("|"):
            table.add_column(name.strip(), justify="left" if not table.columns else "right")
        for row in progress.rows():
            table.add_row(*row)
        return Group(table, Text(progress.line()))

    live = Live(get_renderable=drawn, console=Console(stderr=True), refresh_per_second=2)
    live.start()
    return live

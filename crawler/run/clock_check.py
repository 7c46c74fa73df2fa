"""Whether this machine's clock is right, by what the servers say beside what the archive remembers."""

from __future__ import annotations

from datetime import datetime, timedelta

from crawler.parsing import read_http_date

AHEAD = timedelta(days=1)  # no server of these portals is a day off and in step with our last night


class ClockCheck:
    """A clock that runs ahead stamps articles with days to come, and hides every night after it.

    It is ahead when a server's own time lies between the last run and a day ago: a server that is
    merely slow lags behind the last run too. One server that agrees with us settles it.
    """

    def __init__(self, last_run: str | None) -> None:
        self._last = datetime.fromisoformat(last_run) if last_run else None

    def ahead_of(self, date: str | None, moment: str) -> str | None:
        """The time a server gives in its `Date`, when our clock is ahead of it at that moment."""
        if self._last is None or not date:
            return None
        theirs = read_http_date(date)
        if theirs is None:
            return None
        ours = datetime.fromisoformat(moment)
        if abs(ours - theirs) < AHEAD:
            self._last = None  # settled
        elif self._last < theirs < ours:
            return theirs.isoformat()
        return None

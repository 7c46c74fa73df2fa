"""Whether this machine's clock is right, by what the servers say beside what the archive remembers."""

from __future__ import annotations

from datetime import datetime, timedelta

from crawler.parsing import read_http_date

AHEAD = timedelta(days=1)  # no server of these portals is a day off and in step with our last night
WITNESSES = 3  # hosts that must tell the same time where nothing is remembered
TOGETHER = timedelta(hours=1)


class ClockCheck:
    """A clock that runs ahead stamps articles with days to come, and hides every night after it.

    On a first night, when nothing is remembered, several hosts that agree with each other and not with
    us show it; fewer are a doubt, which is told. Later it is ahead when a server's own time lies between
    the last run and a day ago: a server that is merely slow lags behind the last run too. One server
    that agrees with us settles it.
    """

    def __init__(self, last_run: str | None) -> None:
        # Nothing is remembered: servers are compared with each other.
        self.is_first = last_run is None
        self._last = datetime.fromisoformat(last_run) if last_run else None
        self._settled = False
        self._off: dict[str, timedelta] = {}  # host → how far our clock is from its

    @property
    def doubt(self) -> str | None:
        """The host whose time ours is not, when none agrees with us and too few were heard."""
        if self._settled or not self.is_first or not self._off:
            return None
        host, off = next(iter(self._off.items()))
        return f"{host}: {off / AHEAD:+.1f} days"

    def ahead_of(self, date: str | None, moment: str, host: str) -> str | None:
        """The time a server gives in its `Date`, when our clock is wrong beside it at that moment."""
        theirs = read_http_date(date) if date else None
        if theirs is None or self._settled:
            return None
        ours = datetime.fromisoformat(moment)
        if abs(ours - theirs) < AHEAD:
            self._settled = True
        elif self._last is None and theirs < ours:
            self._off.setdefault(host, ours - theirs)
            return theirs.isoformat() if self._agree() else None
        elif self._last and self._last < theirs < ours:
            return theirs.isoformat()
        return None

    def _agree(self) -> bool:
        """Whether several hosts tell one time: clocks that stand still or run wild do not."""
        return any(
            sum(abs(off - other) < TOGETHER for other in self._off.values()) >= WITNESSES
            for off in self._off.values()
        )

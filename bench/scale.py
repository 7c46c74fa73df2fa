"""`python -m bench.scale`: what 97 portals, 1,300 departments and 11,000 communes would take.

Measured here: `python -m bench`, `python -m bench.night`. Assumed, and to be replaced by what an
archive of one's own says (`run_portals`, the sizes of `captures/` and `archive.db`): the rest.
"""

from __future__ import annotations

from dataclasses import dataclass

# Measured.
CPU_READ = 0.025  # seconds a page that is fetched, read and saved
CPU_QUIET = 0.012  # seconds a list page on a night without news
POLITE = 2.0  # seconds between two requests to a host, the answer's own time included
AT_ONCE = 64  # hosts in one process (PORTALS_AT_ONCE)
BUDGET = 500  # requests a host and night
SHARD = 3.6  # CPU seconds more for each shard of a night: `python -m bench.shards`
OBJECTS = 6  # that a shard of a night leaves in the store
BEAT = 15.0  # seconds between two signs of life, each an object that is written anew
# Assumed.
HOURS = 7.0  # of a night, 22:00 to 05:00
WARC_BYTES, ARCHIVE_BYTES = 20_000, 15_000  # a page kept, compressed; an article with its index
MACHINE, GIGABYTE = 12.0, 0.03  # dollars a month: two cores; object storage
SPOT = 0.015  # dollars an hour: two cores that may be taken away
REQUESTS = 0.005  # dollars for a thousand objects that are written
THREADS = 8  # groups at a time on a machine of two cores


@dataclass(frozen=True)
class Scale:
    """A number of hosts and what one of them is like."""

    name: str
    hosts: int
    backlog: int  # pages that are there on the first day
    nightly: int  # requests on a usual night: lists, what is new, what is looked at again
    new: int  # articles a night

    @property
    def hours(self) -> float:
        """Of one process, all hosts on a usual night."""
        polite = self.hosts * self.nightly * POLITE / AT_ONCE
        return max(polite, self.cpu_hours * 3600 / 2) / 3600

    @property
    def cpu_hours(self) -> float:
        read = self.hosts * self.new * CPU_READ
        return (read + self.hosts * (self.nightly - self.new) * CPU_QUIET) / 3600

    @property
    def processes(self) -> int:
        return max(1, -int(-self.hours // HOURS))

    @property
    def backlog_nights(self) -> int:
        """Nights until everything old is in: by the budget of a host, or by the machines' hours."""
        by_budget = self.backlog / BUDGET
        by_hours = self.hosts * self.backlog * POLITE / AT_ONCE / 3600 / (HOURS * self.processes)
        return -int(-max(by_budget, by_hours) // 1)

    @property
    def gigabytes(self) -> float:
        """Captures and archive when the backlog is in."""
        return self.hosts * self.backlog * (WARC_BYTES + ARCHIVE_BYTES) / 1e9

    @property
    def gigabytes_a_year(self) -> float:
        kept = self.nightly * WARC_BYTES + self.new * ARCHIVE_BYTES
        return self.hosts * kept * 365 / 1e9

    @property
    def dollars(self) -> float:
        return self.processes * MACHINE + (self.gigabytes + self.gigabytes_a_year) * GIGABYTE

    # As shards of many machines.

    @property
    def machine_hours(self) -> float:
        """Of machines of two cores, on a usual night: threads that wait, or cores that work."""
        waiting = self.hosts * self.nightly * POLITE / THREADS
        working = (self.cpu_hours * 3600 + self.hosts * SHARD) / 2
        return max(waiting, working) / 3600

    @property
    def machines(self) -> int:
        return max(1, -int(-self.machine_hours // HOURS))

    @property
    def gigabytes_moved(self) -> float:
        """A night, out of the store and into it: each shard's archive both ways, its captures one."""
        shard = self.backlog * (2 * ARCHIVE_BYTES + WARC_BYTES)
        return self.hosts * (shard + self.nightly * WARC_BYTES) / 1e9

    @property
    def dollars_shared(self) -> float:
        """A month: one machine that stays, spot machines by the hour, what is kept and asked."""
        written = self.hosts * (OBJECTS + self.nightly * POLITE / BEAT)
        nights = 30 * (self.machine_hours * SPOT + written / 1000 * REQUESTS)
        stored = (
            self.gigabytes + self.gigabytes_a_year + self.hosts * self.backlog * ARCHIVE_BYTES / 1e9
        )
        return MACHINE + nights + stored * GIGABYTE


SCALES = (
    Scale("provincial portals", 97, 4_000, 30, 3),
    Scale("departments", 1_300, 2_000, 20, 2),
    Scale("communes", 11_000, 400, 10, 1),
)


def table() -> str:
    head = (
        "| | hosts | pages of the backlog | requests a night | hours a night | CPU hours a night | "
        "processes | nights for the backlog | GB then | GB a year | $ a month |"
    )
    lines = [head, "|---|" + "---:|" * 10]
    for scale in SCALES:
        cells = (
            scale.name, f"{scale.hosts:,}", f"{scale.hosts * scale.backlog:,}",
            f"{scale.hosts * scale.nightly:,}", f"{scale.hours:.2f}", f"{scale.cpu_hours:.2f}",
            f"{scale.processes}", f"{scale.backlog_nights}", f"{scale.gigabytes:,.0f}",
            f"{scale.gigabytes_a_year:,.0f}", f"{scale.dollars:,.0f}",
        )  # fmt: skip
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def shared() -> str:
    """The same as shards of many machines (docs/cluster.md)."""
    lines = [
        "| | shards | machine hours a night | machines | GB moved a night | $ a month |",
        "|---|" + "---:|" * 5,
    ]
    for scale in SCALES:
        cells = (
            scale.name, f"{scale.hosts:,}", f"{scale.machine_hours:.2f}", f"{scale.machines}",
            f"{scale.gigabytes_moved:,.1f}", f"{scale.dollars_shared:,.0f}",
        )  # fmt: skip
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(), shared(), sep="\n\n")

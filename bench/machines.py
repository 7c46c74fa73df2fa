"""Reading anew and merging on many machines, on paper; `python -m bench.machines` prints the tables.

Measured: `python -m bench reading merging` on 2 cores. Assumed: what a store gives, and how many
articles change. Hours are of the way that nobody can shorten: who waits for whom, nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log

from bench.scale import ARCHIVE_BYTES, AT_ONCE, CPU_QUIET, CPU_READ, POLITE, WARC_BYTES

# Measured, seconds of one core.
READ = 0.0102  # a kept page of 40 KB, from file to comparison
STAMP = 0.0002  # the one writer, for a look that says what the archive says
CHANGE = 0.0016  # the one writer, for a look that says something else: text, parts, search index
MERGE_NEW = 0.00115  # an article that a shard brings
MERGE_KNOWN = 0.00037  # one that is there already
MERGE_BESIDE = 0.000034  # one of the archive that is merged into, for each shard
# Assumed.
STORE = 10.0  # seconds a gigabyte that one machine fetches or puts back: 100 MB/s
MACHINE = 2  # workers
PROVINCES = 34
BY = 8  # shards merged at a time


@dataclass(frozen=True)
class Rereading:
    """So many kept looks, of which a share reads differently by the new rules."""

    looks: int
    changed: float

    @property
    def writer(self) -> float:
        """Seconds of the one writer."""
        return self.looks * (self.changed * CHANGE + (1 - self.changed) * STAMP)

    def readers(self, workers: int) -> float:
        """Seconds until so many workers have read all, their machines' fetching included."""
        machines = ceil(workers / MACHINE)
        return self.looks * (READ / workers + WARC_BYTES / 1e9 * STORE / machines)

    def hours(self, workers: int) -> float:
        return max(self.readers(workers), self.writer) / 3600

    def by_provinces(self, workers: int) -> float:
        """Hours when each machine reads some provinces into an archive of theirs, merged by eights.

        An article is counted for each look: no archive has more of them.
        """
        writers = min(PROVINCES, ceil(workers / MACHINE))
        seconds = max(self.readers(workers), self.writer / writers)
        return (seconds + merged(self.looks, PROVINCES, BY)) / 3600

    @property
    def most(self) -> int:
        """Workers beyond which the writer is what is waited for."""
        return max(w for w in range(1, 10_000) if w == 1 or self.readers(w) > self.writer)


def merged(articles: int, shards: int, fan: int) -> float:
    """Seconds until shards of one size are one archive, by merges of `fan` at a time, levels at once.

    The first of each `fan` is copied, the others are merged into it one after another: each passes
    over what is there by then.
    """
    each, seconds = articles / shards, 0.0
    left = shards
    while left > 1:
        some = min(fan, left)
        brought = (some - 1) * each * MERGE_NEW
        passed = each * sum(range(1, some)) * MERGE_BESIDE
        moved = some * each * ARCHIVE_BYTES / 1e9 * STORE
        seconds += brought + passed + moved
        each, left = each * some, ceil(left / some)
    return seconds


def levels(shards: int, fan: int) -> int:
    """How many merges lie between a shard and the whole."""
    return ceil(round(log(shards, fan), 9))


def tables() -> str:
    """All three, as docs/scale.md has them."""
    return f"{_rereading()}\n\n{_trees()}\n\n{_nights()}"


def _rereading() -> str:
    lines = [
        "| captures | read differently | 1 worker | 2 | 8 | 64 | the writer alone | workers it can serve | 64, by provinces |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for looks in (1_000_000, 10_000_000):
        for changed in (0.0, 0.05, 1.0):
            work = Rereading(looks, changed)
            hours = " | ".join(f"{work.hours(workers):.2f}" for workers in (1, 2, 8, 64))
            lines.append(
                f"| {looks:,} | {changed:.0%} | {hours} | {work.writer / 3600:.2f} | {work.most} | "
                f"{work.by_provinces(64):.2f} |"
            )
    return "\n".join(lines)


def _trees() -> str:
    lines = [
        "| articles | shards | merged at a time | levels | hours, all new | times one after another |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    for articles, shards in ((388_000, PROVINCES), (2_600_000, PROVINCES), (2_600_000, 1_300)):
        flat = merged(articles, shards, shards)
        for fan in (shards, BY, 4, 2):
            hours = merged(articles, shards, fan)
            lines.append(
                f"| {articles:,} | {shards:,} | {fan:,} | {levels(shards, fan)} | "
                f"{hours / 3600:.2f} | {flat / hours:.2f} |"
            )
    return "\n".join(lines)


def _nights(hosts: int = 1_300, nightly: int = 20, new: int = 2, stock: int = 2_000) -> str:
    """A usual night, then the machines' archives as one: into the one that stands, or anew by eights."""
    lines = [
        "| machines | hosts each | crawl, hours | merged into what stands | merged anew, by eights |",
        "|---:|---:|---:|---:|---:|",
    ]
    for machines in (1, 2, 8, 64):
        each = ceil(hosts / machines)
        polite = max(each / AT_ONCE, 1) * nightly * POLITE
        cpu = each * (new * CPU_READ + (nightly - new) * CPU_QUIET) / MACHINE
        articles = hosts * stock
        stands = hosts * new * MERGE_NEW + articles * (MERGE_KNOWN + machines * MERGE_BESIDE)
        hours = f"{stands / 3600:.2f} | {merged(articles, machines, BY) / 3600:.2f}"
        cells = "– | –" if machines == 1 else hours
        lines.append(f"| {machines} | {each:,} | {max(polite, cpu) / 3600:.2f} | {cells} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(tables())

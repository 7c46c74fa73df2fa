"""`python -m bench.night [HOSTS]`: one night over that many sample hosts, each an address of 127/8."""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.measure import Cost, cost_of
from bench.server import addresses, serving

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Night:
    """What one run over all hosts came to."""

    cost: Cost
    hosts: int
    outcomes: dict[str, int]
    pages: int
    fewest: int  # pages of the host that had fewest
    most: int
    at_once: int  # hosts whose visits overlapped
    articles: int

    def line(self, name: str) -> str:
        ended = ", ".join(f"{count} {outcome}" for outcome, count in sorted(self.outcomes.items()))
        return (
            f"{name}: {self.hosts} hosts ({ended}), {self.at_once} at once, {self.pages} pages in "
            f"{self.cost.seconds:.0f} s, {self.fewest} to {self.most} a host, "
            f"{self.cost.cpu / max(self.pages, 1) * 1000:.0f} ms CPU a page, "
            f"{self.cost.main_mib} MiB, {self.articles} articles, exit {self.cost.code}"
        )


def night(folder: Path, port: int, hosts: int, *, budget: int, delay: float) -> Night:
    """One `scrapy nightly` over all hosts."""
    archive = folder / "archive.db"
    allowed = ",".join(f"{address}:{port}" for address in addresses(hosts))
    words = [
        sys.executable, "-m", "scrapy", "nightly", "-a", f"max_pages={budget}",
        "-s", "SPIDER_MODULES=bench.portals", "-s", f"DOWNLOAD_DELAY={delay}",
        "-s", "AUTOTHROTTLE_ENABLED=False", "-s", f"ARCHIVE_DB={archive}",
        "-s", f"CAPTURES_DIR={folder / 'captures'}", "-s", f"PRIVATE_HOSTS_ALLOWED={allowed}",
    ]  # fmt: skip
    cost = cost_of(words, env={"BENCH_PORT": str(port), "BENCH_PORTALS": str(hosts)}, cwd=ROOT)
    conn = sqlite3.connect(archive)
    try:
        run = conn.execute("select max(id) from runs").fetchone()[0]
        rows = conn.execute(
            "select outcome, pages, started_at, finished_at from run_portals where run = ?", (run,)
        ).fetchall()
        articles = conn.execute("select count(*) from articles").fetchone()[0]
    finally:
        conn.close()
    counts: dict[str, int] = {}
    for outcome, *_ in rows:
        counts[outcome] = counts.get(outcome, 0) + 1
    pages = [row[1] for row in rows]
    spans = [(row[2], row[3]) for row in rows if row[3]]
    return Night(
        cost, len(rows), counts, sum(pages), min(pages), max(pages), _overlap(spans), articles
    )


def _overlap(spans: list[tuple[str, str]]) -> int:
    """The most spans that share a moment."""
    events = sorted([(began, 1) for began, _ in spans] + [(ended, -1) for _, ended in spans])
    most = now = 0
    for _, step in events:
        now += step
        most = max(most, now)
    return most


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="bench.night", description=__doc__)
    parser.add_argument("hosts", type=int, nargs="?", default=1_300)
    parser.add_argument("--articles", type=int, default=4, help="of each host")
    parser.add_argument("--budget", type=int, default=5, help="requests a host and night")
    parser.add_argument("--delay", type=float, default=0.2, help="seconds between two requests")
    told = parser.parse_args(argv)
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(told.hosts, told.articles, light=True) as port,
    ):
        for name in ("first night", "second night"):
            done = night(Path(folder), port, told.hosts, budget=told.budget, delay=told.delay)
            print(done.line(name), flush=True)
            print("  " + done.cost.said.strip().splitlines()[-1], flush=True)


if __name__ == "__main__":
    main()

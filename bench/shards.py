"""`python -m bench.shards [HOSTS]`: what a night costs more when each host is a shard of its own."""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.measure import Cost, cost_of
from bench.server import addresses, serving

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Sharded:
    """One night in one process, and the same night dealt host by host on the same machine."""

    hosts: int
    whole: Cost
    dealt: Cost
    objects: int  # written by each shard
    stored: int  # bytes of each shard

    def line(self) -> str:
        more = (self.dealt.cpu - self.whole.cpu) / self.hosts
        return (
            f"{self.hosts} hosts: {self.whole.cpu:.1f} s CPU in one process, {self.dealt.cpu:.1f} s as "
            f"shards: {more:.1f} s more a shard; {self.objects} objects and {self.stored / 2**20:.2f} "
            "MiB a shard in the store"
        )


def sharded(folder: Path, hosts: int, articles: int) -> Sharded:
    """Both nights over one set of sample hosts."""
    store = folder / "store"
    with serving(hosts, articles, light=True) as port:
        costs = [
            cost_of(
                _words(folder / name, hosts, port, *more),
                env={"BENCH_PORT": str(port), "BENCH_PORTALS": str(hosts)}, cwd=ROOT,
            )
            for name, more in (("whole", ()), ("dealt", ("--store", f"file://{store}")))
        ]  # fmt: skip
    files = [path for path in (store / "shards").rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    return Sharded(hosts, *costs, len(files) // hosts, size // hosts)


def _words(folder: Path, hosts: int, port: int, *more: str) -> list[str]:
    folder.mkdir()
    allowed = ",".join(f"{address}:{port}" for address in addresses(hosts))
    return [
        sys.executable, "-m", "scrapy", "nightly", *more, "-q", "-s", "SPIDER_MODULES=bench.portals",
        "-s", "DOWNLOAD_DELAY=0.05", "-s", "AUTOTHROTTLE_ENABLED=False", "-s", "WORKERS=1",
        "-s", f"ARCHIVE_DB={folder / 'archive.db'}", "-s", f"CAPTURES_DIR={folder / 'captures'}",
        "-s", f"PRIVATE_HOSTS_ALLOWED={allowed}",
    ]  # fmt: skip


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="bench.shards", description=__doc__)
    parser.add_argument("hosts", type=int, nargs="?", default=8)
    parser.add_argument("--articles", type=int, default=4, help="of each host")
    told = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        print(sharded(Path(folder), told.hosts, told.articles).line())


if __name__ == "__main__":
    main()

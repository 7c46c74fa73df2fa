"""What `scrapy merge` costs: an archive into an empty one, the same once more, and a few beside it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from statistics import median

from bench.pipeline import scrapy, scratch
from samples.archive import fill

NEWEST = date(2026, 11, 24)
FEW = 20  # articles: what a merge costs before its first row


def main(sizes: tuple[int, ...], runs: int) -> None:
    """Print milliseconds of processor time an article of the larger archive: where all are new, where
    none is, and where a few of another one are brought to it.
    """
    print(f"\nmerging, CPU ms for each article of a shard, medians of {runs} runs")
    print(f"{'articles':>10}{'all new':>9}{'none new':>10}{'beside':>8}{'MiB':>6}{'seconds':>9}")
    with scratch() as place:
        base = _shard(place, FEW)
        for size in sizes:
            shard = _shard(place, size)
            first, again, beside, seconds = [], [], [], []
            for _ in range(runs):
                with scratch() as folder:
                    start = scrapy("merge", base, folder=folder / "base").cpu
                    there = scrapy("merge", base, folder=folder / "base").cpu
                    new = scrapy("merge", shard, folder=folder)
                    known = scrapy("merge", shard, folder=folder)
                    few = scrapy("merge", base, folder=folder)
                first.append(1000 * (new.cpu - start) / size)
                again.append(1000 * (known.cpu - there) / size)
                beside.append(1000 * (few.cpu - there) / size)
                seconds.append(new.seconds)
            print(
                f"{size:10,}{median(first):9.2f}{median(again):10.2f}{median(beside):8.3f}"
                f"{shard.stat().st_size / 2**20:6.0f}{median(seconds):9.1f}"
            )


def _shard(place: Path, size: int) -> Path:
    """An archive of so many articles of 3 KB."""
    path = place / f"{size}.db"
    fill(path, size, newest=NEWEST)
    return path

"""`python -m bench [--quick] [PART …]`: all benchmarks, medians and ratios; see docs/performance.md."""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench import (
    captured,
    desk,
    elements,
    extraction,
    growth,
    merging,
    pipeline,
    rereading,
    searches,
    stages,
)

FAILURES = (RuntimeError, OSError, AssertionError, sqlite3.Error)


@dataclass(frozen=True)
class Sizes:
    """How much of everything; `runs` is of the tables, growth curves say how often theirs ran."""

    runs: int
    portals: tuple[int, int]  # and articles of each
    kept: int  # heavy or real pages in a WARC file
    reread: int  # real pages read anew by one worker and by two
    merged: tuple[int, ...]  # articles of each of two archives that become one
    small: tuple[int, ...]  # light ones
    nights: tuple[int, ...]  # articles of an archive
    site: int  # articles of a portal in these nights
    menus: tuple[int, ...]  # entries
    crowd: tuple[int, int, int]  # portals with these menus, articles of each, runs
    searched: tuple[int, ...]  # articles of a dump
    seconds: float  # that readers ask one kind of question
    compared: int  # articles of the dump that stock Datasette serves beside ours


# Two hours on two cores, most of them for the crawls, the growth curves and half a million articles.
FULL = Sizes(
    runs=5, portals=(20, 160), kept=1_500, reread=6_000, merged=(500, 2_000),
    small=(1_000, 10_000, 100_000),
    nights=(1_000, 10_000, 100_000), site=50, menus=elements.MENUS, crowd=(10, 40, 3),
    searched=(10_000, 100_000, 500_000), seconds=20, compared=100_000,
)  # fmt: skip
QUICK = Sizes(
    runs=1, portals=(4, 10), kept=60, reread=120, merged=(100,), small=(100,), nights=(100, 1_000), site=2,
    menus=elements.MENUS[:2], crowd=(2, 5, 1), searched=(500, 1_000), seconds=1, compared=1_000,
)  # fmt: skip


def parts(sizes: Sizes, *, quick: bool) -> dict[str, Callable[[], None]]:
    """Everything that can be measured, in the order in which it is."""
    return {
        "pipeline": lambda: _crawls(sizes),
        "stages": lambda: stages.main(sizes.kept // 60),
        "offline": lambda: pipeline.table(
            f"{sizes.kept:,} heavy pages of one known portal, medians of {sizes.runs} runs",
            pipeline.offline(sizes.kept, sizes.runs),
        ),
        "captured": lambda: captured.main(sizes.kept, sizes.runs),
        "reading": lambda: rereading.main(sizes.reread, sizes.runs),
        "merging": lambda: merging.main(sizes.merged, sizes.runs),
        "weights": lambda: elements.main(*sizes.crowd, sizes.menus),
        "nights": lambda: growth.nights(sizes.nights, sizes.site, sizes.runs),
        "growth": lambda: growth.fillings(sizes.small, 1),
        "search": lambda: searches.main(sizes.searched, sizes.seconds),
        "extraction": lambda: extraction.main(quick=quick),
        "desk": lambda: desk.main(
            ["--articles", f"{sizes.compared}", "--seconds", f"{sizes.seconds}", "--words", "120"]
        ),
    }


def main() -> int:
    names = list(parts(QUICK, quick=True))
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, once: two minutes")
    parser.add_argument("parts", nargs="*", default=[], metavar="PART", help=", ".join(names))
    arguments = parser.parse_args()
    if unknown := set(arguments.parts) - set(names):
        parser.error(f"{', '.join(sorted(unknown))}: {', '.join(names)}")
    print(f"{date.today()}, {os.cpu_count()} × {_processor()}, Python {platform.python_version()}")
    all_parts = parts(QUICK if arguments.quick else FULL, quick=arguments.quick)
    spent, failed = {}, []
    for name in arguments.parts or names:
        began = time.monotonic()
        try:
            all_parts[name]()
        except FAILURES:  # hours of other parts are not lost with this one
            traceback.print_exc()
            failed.append(name)
        spent[name] = time.monotonic() - began
        print(f"[{name}: {_minutes(spent[name])}]", flush=True)
    told = ", ".join(f"{name} {_minutes(taken)}" for name, taken in spent.items())
    print(f"\nminutes: {told}; total {_minutes(sum(spent.values()))}")
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def _crawls(sizes: Sizes) -> None:
    portals, articles = sizes.portals
    lines = pipeline.crawls(portals, articles, sizes.runs)
    title = f"{portals} portals × {articles} heavy articles, medians of {sizes.runs} runs"
    pipeline.table(title, lines, base=lines[2])


def _minutes(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((li.partition(":")[2].strip() for li in lines if "model name" in li), "?")


if __name__ == "__main__":
    sys.exit(main())

"""`python -m bench [--quick]`: all benchmarks, medians and ratios; see docs/performance.md."""

from __future__ import annotations

import argparse
import os
import platform
from datetime import date
from pathlib import Path

from bench import captured, desk, extraction, growth, pipeline, stages

# portals, articles each, runs; pages offline, runs; articles of a site, archives, runs; small pages; search
FULL = ((20, 160, 5), (2_000, 5), (50, (1_000, 10_000, 100_000), 5), (1_000, 10_000, 100_000), (10_000, 100_000, 500_000))  # fmt: skip
QUICK = ((4, 10, 1), (60, 1), (2, (100, 1_000), 1), (100,), (1_000,))


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, once: a few minutes")
    parser.add_argument(
        "parts",
        nargs="*",
        default=[],
        help="pipeline, stages, offline, captured, nights, growth, search, extraction, desk",
    )
    arguments = parser.parse_args()
    crawled, kept, night, small, searched = QUICK if arguments.quick else FULL
    print(f"{date.today()}, {os.cpu_count()} × {_processor()}, Python {platform.python_version()}")
    wanted = arguments.parts

    def want(part: str) -> bool:
        return not wanted or part in wanted

    if want("pipeline"):
        lines = pipeline.crawls(*crawled)
        pipeline.table(
            f"{crawled[0]} portals × {crawled[1]} heavy articles, {crawled[2]} runs, medians",
            lines,
            base=lines[2],
        )
    if want("stages"):
        stages.main(kept[0] // 80 + 1)
    if want("offline"):
        pipeline.table(f"{kept[0]} heavy pages of one known portal", pipeline.offline(*kept))
    if want("captured"):
        captured.main(*kept)
    if want("nights"):
        articles, sizes, runs = night
        growth.nights(sizes, articles, runs)
    if want("growth"):
        growth.fillings(small, 1)
    if want("search"):
        growth.searches(searched)
    if want("extraction"):
        extraction.main(quick=arguments.quick)
    if want("desk") and not arguments.quick:
        desk.main([])


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((li.partition(":")[2].strip() for li in lines if "model name" in li), "?")


if __name__ == "__main__":
    main()

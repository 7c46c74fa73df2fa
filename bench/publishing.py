"""What publishing costs: processor seconds and memory, step by step.

`python -m bench.publishing [--articles N] [--words N] [--keep FOLDER]`
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bench.desk import WORDS
from crawler.dump import contents, publish, snapshot
from crawler.dump.contents import PublishOptions
from crawler.dump.gate import Minimum
from crawler.dump.site import write_site
from samples.archive import fill

METADATA = Path(__file__).parents[1] / "metadata.yml"
NOW = "2026-11-26T00:00:00Z"
# What is timed: where a step is called from, and what it is.
STEPS: tuple[tuple[Any, str, str], ...] = (
    (publish, "problems_of", "the gate: is the archive fit"),
    (publish, "write_snapshot", "the tables, their search indexes"),
    (snapshot, "build_by_date", "the indexes by date and of phrases"),
    (publish, "dump_problems", "the gate: is the dump the archive"),
    (publish, "digest_of", "SHA-256"),
    (contents, "digest_of", "SHA-256"),
    (contents, "compress", "zstandard"),
    (contents, "write_csv", "CSV"),
    (contents, "write_parquet", "Parquet"),
    (contents, "changes_between", "what changed"),
    (contents, "delta", "the delta"),
    (contents, "statistics", "statistics"),
)


class Clock:
    """Processor seconds by step; what a step calls is counted for itself alone."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._open: list[str] = []
        self._since = time.process_time()

    def _pass(self) -> None:
        now = time.process_time()
        self.spent[self._open[-1] if self._open else "all else"] += now - self._since
        self._since = now

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        self._pass()
        self._open.append(name)
        try:
            yield
        finally:
            self._pass()
            self._open.pop()

    def timed(self, name: str, called: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **named: Any) -> Any:
            with self.step(name):
                return called(*arguments, **named)

        return run


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.publishing", description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--words", type=int, default=WORDS)
    parser.add_argument("--keep", type=Path, help="a folder where archive and dumps stay")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        measure(options.keep or Path(folder), options.articles, options.words)
    return 0


def measure(folder: Path, articles: int, words: int) -> None:
    """Publish a sample archive of that many articles of about four times as many words each."""
    folder.mkdir(parents=True, exist_ok=True)
    working = folder / "working.db"
    if not working.is_file():
        fill(working, articles, newest=date(2026, 11, 24), words=words)
    wish = PublishOptions(Minimum(), 7, "", METADATA)
    clock = Clock()
    with patched(clock):
        publish.publish(working, folder / "dist", wish, now=NOW)
    with clock.step("the page without a server"):
        write_site(folder / "dist", folder / "site", contact="", address="")
    print(f"| step | CPU s, {articles:,} articles |\n|---|---|")
    for name, seconds in sorted(clock.spent.items(), key=lambda one: -one[1]):
        print(f"| {name} | {seconds:.1f} |")
    print(f"| together | {sum(clock.spent.values()):.1f} |")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = (folder / "dist" / "archive.db").stat().st_size / 2**20
    print(f"\nmemory {most:,.0f} MiB; the dump {size:,.0f} MiB")


@contextmanager
def patched(clock: Clock) -> Iterator[None]:
    """Each step's function with a clock around it."""
    patches = [
        patch.object(module, name, clock.timed(says, getattr(module, name)))
        for module, name, says in STEPS
    ]
    for one in patches:
        one.start()
    try:
        yield
    finally:
        for one in patches:
            one.stop()


if __name__ == "__main__":
    raise SystemExit(main())

"""Who does not read, date or serve does not load what does."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.conftest import ROOT

HEAVY = (
    "trafilatura", "dateparser", "datasette", "sqlite_utils", "pandas", "htmldate", "ftfy",
    "feedparser", "aiohttp", "tldextract", "distributed", "dask", "tornado", "obstore",
    "numpy", "PIL",
)  # fmt: skip
ASKED = """
import atexit, json, sys
from scrapy.cmdline import execute
atexit.register(lambda: print(json.dumps(sorted(set({heavy!r}) & set(sys.modules)))))
execute(["scrapy", *{words!r}])
"""


@pytest.mark.parametrize("words", [["list"], ["crawl", "nobody"], ["health", "--help"]])
def test_a_command_loads_only_what_it_uses(words):
    done = subprocess.run(
        [sys.executable, "-c", ASKED.format(heavy=HEAVY, words=words)],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert json.loads(done.stdout.splitlines()[-1]) == [], done.stderr


def test_the_crawl_itself_reads_no_page():
    done = subprocess.run(
        [
            sys.executable, "-c",
            "import json, sys, crawler.run.run, pipelines.normalise_authors, pipelines.normalise_dates\n"
            f"print(json.dumps(sorted(set({HEAVY!r}) & set(sys.modules))))",
        ],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout) == []

"""A folder of dumps large enough to be asked in parts, and the site that serves it."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from crawler.dump.publish import publish
from samples.archive import fill
from tests.conftest import ROOT
from tests.desk.browser import FLAGS, chromium, served_to_the_web
from tests.end_to_end.conftest import dumps
from tests.end_to_end.dump_fixtures import WISH

__all__ = ["dumps"]  # an archive and its dumps of two days
NEWEST = date(2026, 11, 24)
COUNT = 2100


@pytest.fixture(scope="session")
def release(tmp_path_factory):
    """A folder of dumps of some thousand articles of twenty years, too large to be read as a whole."""
    folder = tmp_path_factory.mktemp("release")
    fill(folder / "working.db", COUNT, newest=NEWEST, words=300)
    assert publish(folder / "working.db", folder / "dist", WISH, now="2026-11-26T00:00:00Z").files
    return folder / "dist"


@pytest.fixture(scope="session")
def public(release):
    """The address of the public site over it."""
    with served_to_the_web(release) as base:
        yield base


@pytest.fixture(scope="session")
def judges():
    """The folder of commands that others check dumps with."""
    folder = Path(os.environ.get("DATASET_VENV", ROOT / ".dataset-venv")) / "bin"
    if not (folder / "frictionless").exists():
        if os.environ.get("CI"):
            pytest.fail(f"no frictionless on CI: {folder} (make dataset)")
        pytest.skip(f"frictionless and wacz are not here: {folder} (make dataset)")
    return folder


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield launched
        launched.close()

"""What several tests need: the portals, and the shared captures where they are present."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from scrapy.settings import Settings

from crawler.registry.portals import known_portals

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("SHARED_DIR", ROOT.parent / "shared"))


@pytest.fixture(scope="module", autouse=True)
def environment():
    """What a file's tests leave in the environment (Scrapy writes there whose settings it read) would be
    inherited by the processes of whatever file comes next."""
    before = dict(os.environ)
    yield
    for name in os.environ.keys() - before.keys():
        del os.environ[name]
    os.environ.update(before)


@pytest.fixture(scope="session")
def portals():
    settings = Settings({"SPIDER_MODULES": ["spiders"]})
    return known_portals(settings)


@pytest.fixture(scope="session")
def captures() -> Path:
    """The folder of real saved pages; other people's texts, so not part of the project."""
    folder = SHARED / "captures"
    if not folder.is_dir():
        pytest.skip(f"real pages are not here: {folder} (set SHARED_DIR)")
    return folder

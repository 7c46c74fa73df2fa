"""An archive and its dumps of two days, for all that look at dumps."""

from __future__ import annotations

import shutil

import pytest

from crawler.clock import now
from crawler.dump.publish import publish
from tests.end_to_end.dump_fixtures import WISH, crawl
from tests.scrapy_command import rows, scrapy


@pytest.fixture(scope="session")
def dumps(tmp_path_factory):
    """An archive, and its dumps of two days."""
    folder = tmp_path_factory.mktemp("publish")
    archive, out = folder / "archive.db", folder / "dist"
    crawl(folder, archive, 24)
    assert publish(archive, out, WISH, now=now()).files
    shutil.copytree(out, folder / "yesterday", symlinks=True)
    crawl(folder, archive, 30)
    url = rows(archive, "select url from articles order by id limit 1")[0][0]
    assert scrapy("remove", url, "--reason", "x", archive=archive).returncode == 0
    done = scrapy("publish", "--out", out, archive=archive)
    assert done.returncode == 0, done.stderr
    return archive, out, folder / "yesterday"

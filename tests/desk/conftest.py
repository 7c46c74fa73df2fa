"""The desk over an archive of two thousand sample articles."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
import yaml
from datasette.app import Datasette
from playwright.sync_api import sync_playwright

from crawler.dump.snapshot import reading, write_snapshot
from samples.archive import fill
from tests.conftest import ROOT
from tests.desk.browser import DESK, FLAGS, Visit, chromium, served_to_the_web
from tests.desk.browser import served as serve_command

PUBLISH = ROOT / "publish"
NEWEST = date(2026, 11, 24)
COUNT = 2000


@pytest.fixture(scope="session")
def working(tmp_path_factory):
    """A working archive, as crawls leave it."""
    path = tmp_path_factory.mktemp("desk") / "archive.db"
    fill(path, COUNT, newest=NEWEST)
    return path


@pytest.fixture(scope="session")
def dump(working, tmp_path_factory):
    """The same, as it is published."""
    path = tmp_path_factory.mktemp("dump") / "archive.db"
    with reading(working) as conn:
        write_snapshot(conn, path)
    return path


def served(path: Any, *, ours: bool = True, immutable: bool = True, **settings: Any) -> Datasette:
    """Datasette over an archive, with everything of ours or only with metadata.yml."""
    said = yaml.safe_load((ROOT / "metadata.yml").read_text(encoding="utf-8"))
    extra: dict[str, Any] = {}
    if ours:
        extra = {
            "template_dir": str(PUBLISH / "templates"),
            "plugins_dir": str(PUBLISH / "plugins"),
            "static_mounts": [("desk", str(PUBLISH / "static"))],
        }
    files = {"immutables": [str(path)]} if immutable else {"files": [str(path)]}
    return Datasette(**({"files": []} | files), metadata=said, settings=settings, **extra)


@pytest.fixture(params=["working", "dump"])
def get(request) -> Callable[..., Any]:
    """Ask for a page, of both kinds of archive in turn."""
    datasette = served(request.getfixturevalue(request.param))
    return lambda path, **more: asyncio.run(_get(datasette, path, more))


async def _get(datasette: Datasette, path: str, more: dict[str, Any]) -> Any:
    await datasette.invoke_startup()
    return await datasette.client.get(path, **more)


@pytest.fixture
def rows(dump) -> Callable[..., list[tuple]]:
    def ask(sql: str, *values: Any) -> list[tuple]:
        conn = sqlite3.connect(f"{dump.as_uri()}?mode=ro", uri=True)
        try:
            return conn.execute(sql, values).fetchall()
        finally:
            conn.close()

    return ask


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    # Not for the whole session: while it is open, nobody else may run an event loop.
    path = chromium()
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=path, args=list(FLAGS), downloads_path=tmp_path_factory.mktemp("got")
        )
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def desk(dump):
    """The address of the desk over the dump, started as `make serve` starts it."""
    with serve_command(dump, *DESK) as base:
        yield base


@pytest.fixture(scope="session")
def dumps_folder(dump, tmp_path_factory):
    """A folder of dumps as `scrapy publish` leaves it, as far as a site needs it."""
    folder = tmp_path_factory.mktemp("dumps")
    name = "archive-20261124.db"
    (folder / name).symlink_to(dump)
    (folder / "archive.db").symlink_to(name)
    digest = sha256(dump.read_bytes()).hexdigest()
    (folder / "latest.json").write_text(json.dumps({"database": name, "sha256": {name: digest}}))
    return folder


@pytest.fixture(scope="session")
def public_desk(dumps_folder):
    """The address of the public site."""
    with served_to_the_web(dumps_folder) as base:
        yield base


@pytest.fixture
def visit(browser, desk):
    """Open a window; on closing it, nothing may have gone wrong."""
    opened: list[Visit] = []

    def begin(**settings: Any) -> Visit:
        opened.append(Visit(browser, desk, **settings))
        return opened[-1]

    yield begin
    for each in opened:
        each.close()

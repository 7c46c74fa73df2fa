"""A headless Chromium that notes every request, every message and every dialog."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
DESK = (
    "--template-dir", "publish/templates", "--plugins-dir", "publish/plugins",
    "--static", "desk:publish/static",
)  # fmt: skip


def chromium() -> str:
    """The browser; without one these tests are skipped, on CI they fail."""
    found = (
        os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium on CI: .ci/run installs it")
        pytest.skip("no Chromium here: apt-get install chromium, or set CHROMIUM=/path/to/it")
    return found


@contextmanager
def served(database: Path, *options: str, immutable: bool = True) -> Iterator[str]:
    """`datasette archive.db -m metadata.yml …`, the command itself, on a free port."""
    port = free_port()
    command = [
        sys.executable, "-m", "datasette", *(["-i"] if immutable else []), str(database), "-m",
        "metadata.yml", *options, "--host", "127.0.0.1", "--port", str(port),
    ]  # fmt: skip
    with _running(command, port) as base:
        yield base


@contextmanager
def served_to_the_web(dumps: Path, **variables: str) -> Iterator[str]:
    """`make serve-public` over a folder of dumps, on a free port."""
    port = free_port()
    command = [
        "make", "-o", ".venv/.installed", "--no-print-directory", "serve-public", f"DUMPS={dumps}",
        f"PORT={port}", *(f"{name}={value}" for name, value in variables.items()),
    ]  # fmt: skip
    with _running(command, port) as base:
        yield base


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def _running(command: list[str], port: int) -> Iterator[str]:
    # In a group of its own: make does not pass on that it is told to end.
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True,
    )  # fmt: skip
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{base}/-/static/app.css", timeout=5).close()
                break
            except (urllib.error.URLError, ConnectionError):
                assert process.poll() is None, process.stdout and process.stdout.read()
                time.sleep(0.1)
        yield base
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)
        if process.stdout:
            process.stdout.close()


class Visit:
    """One reader's window, and everything that happened in it."""

    def __init__(self, browser: Any, base: str, **settings: Any) -> None:
        self.base = base
        self.requests: list[str] = []
        self.messages: list[str] = []
        self.dialogs: list[str] = []
        self.context = browser.new_context(accept_downloads=True, **settings)
        self.page = self.context.new_page()
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.messages.append(str(error)))
        self.page.on("dialog", self._dialog)

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.messages.append(message.text)

    def _dialog(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def go(self, path: str) -> Any:
        self.page.goto(self.base + path)
        return self.page

    def close(self) -> None:
        """Nothing went wrong, and nothing was asked of anybody else."""
        self.context.close()
        assert self.messages == [], self.messages
        assert self.dialogs == []
        elsewhere = [u for u in self.requests if not u.startswith((self.base + "/", "data:"))]
        assert elsewhere == []


def wait_until(page: Any, condition: str, seconds: float = 30) -> None:
    """Until a condition in JavaScript holds. Playwright's own way to ask again is `eval`, which our pages
    forbid once their own scripts run."""
    ends = time.monotonic() + seconds
    while not page.evaluate(condition):
        assert time.monotonic() < ends, f"never came true: {condition}"
        page.wait_for_timeout(50)

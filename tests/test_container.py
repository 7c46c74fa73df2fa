"""The container of the public site: what its file says holds here, and where it can be built it is tried."""

from __future__ import annotations

import fnmatch
import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from crawler.dump.snapshot import reading, write_snapshot
from samples.archive import fill
from tests.conftest import ROOT
from tests.desk.conftest import NEWEST

OPERATIONS = ROOT / "docs" / "operations"
FILE = OPERATIONS / "Containerfile"
BUILDERS = [tool for tool in ("podman", "buildah") if shutil.which(tool)]
PORT = 18013


def instructions() -> list[tuple[str, str]]:
    """What the file tells to do, in order, lines that go on joined."""
    text = re.sub(r"\\\n\s*", "", FILE.read_text(encoding="utf-8"))
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in lines]


def said(name: str) -> list[str]:
    return [rest for word, rest in instructions() if word == name]


def test_the_base_is_a_version():
    (base,) = said("FROM")
    name, _, tag = base.rpartition(":")
    assert "/" in name and re.match(r"\d+\.\d+", tag), base
    python = re.search(r'requires-python = ">=(\d+\.\d+)', (ROOT / "pyproject.toml").read_text())
    assert python and tuple(map(int, tag.partition("-")[0].split("."))) >= tuple(
        map(int, python[1].split("."))
    )


def test_all_that_is_copied_is_there_and_reaches_the_build():
    ignored = (OPERATIONS / "Containerfile.dockerignore").read_text(encoding="utf-8").split("\n")
    let_in = {line[1:] for line in ignored if line.startswith("!")}
    assert "*" in ignored, "archives and captures beside the code stay out"
    for rest in said("COPY"):
        *sources, _ = rest.split()
        for source in sources:
            assert (ROOT / source).exists(), source
            assert any(fnmatch.fnmatch(source, pattern) for pattern in let_in), source


def test_what_the_site_needs_is_copied():
    copied = {source for rest in said("COPY") for source in rest.split()[:-1]}
    rules = (ROOT / "Makefile").read_text(encoding="utf-8")
    (command,) = said("CMD")
    (target,) = re.findall(r'"make", "([\w-]+)"', command)
    rule = re.search(rf"^{target}:.*\n(?:\t.*\n)+", rules, re.MULTILINE)
    assert rule and {"Makefile", "requirements.lock"} <= copied
    for name in ("metadata.yml", "publish/"):
        assert name.rstrip("/") in copied and name in rules
    imported = set()
    for path in (ROOT / "publish").rglob("*.py"):
        imported |= set(re.findall(r"^(?:from|import) (crawler|spiders|pipelines|samples|bench)\b",
                                   path.read_text(encoding="utf-8"), re.MULTILINE))  # fmt: skip
    assert imported <= copied, "what the desk imports"


def test_it_does_not_run_as_root():
    words = [word for word, _ in instructions()]
    (user,) = said("USER")
    assert user not in ("root", "0")
    assert words.index("USER") > max(at for at, word in enumerate(words) if word in ("RUN", "COPY"))


def test_no_other_registry_is_named():
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.*")):
        if path.suffix in (".md", ".yml", ".service", "") or path == FILE:
            found = re.findall(
                r"\b(?:ghcr|quay|gcr|registry[\w.-]*)\.(?:io|com)\b", path.read_text("utf-8")
            )
            assert not found, path


@pytest.mark.skipif(not BUILDERS, reason="neither podman nor buildah is here: nothing is built")
@pytest.mark.timeout(1800)
def test_it_builds_and_serves(tmp_path):
    (base,) = said("FROM")
    tool = BUILDERS[0]
    if subprocess.run([tool, "pull", base], capture_output=True, check=False).returncode:
        pytest.skip(f"{base} cannot be had here")
    build = ["build"] if tool == "podman" else ["bud"]
    done = subprocess.run(
        [tool, *build, "-t", "khcn-desk-test", "-f", str(FILE), str(ROOT)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    if tool != "podman":
        return
    archive = tmp_path / "working.db"
    fill(archive, 50, newest=NEWEST)
    with reading(archive) as conn:
        write_snapshot(conn, tmp_path / "archive.db")
    tmp_path.chmod(0o755)
    ran = subprocess.run(
        [tool, "run", "--detach", "--rm", "--read-only", "--tmpfs", "/tmp", "--memory", "512m",
         "-p", f"127.0.0.1:{PORT}:8001", "-v", f"{tmp_path}:/dist:ro,Z", "khcn-desk-test"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    try:
        assert "<html" in _page(f"http://127.0.0.1:{PORT}/")
    finally:
        subprocess.run([tool, "kill", ran.stdout.strip()], capture_output=True, check=False)


def _page(address: str) -> str:
    for _ in range(60):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return answer.read().decode()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(1)
    return ""

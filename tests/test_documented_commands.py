"""Every command line that a document shows is run, as far as it can run without the network."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from samples.portals import SITES
from samples.warc import write_warc
from tests.conftest import ROOT
from tests.scrapy_command import rows, scrapy

DOCUMENTS = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
SHOWN = re.compile(
    r"^ {4}((?:\. |export |scrapy |make |sqlite3 |zstd |sha256sum ).*)$", re.MULTILINE
)
NAMED = re.compile(r"`((?:scrapy|make) [^`…]+)`")
ASKS_THE_NETWORK = re.compile(r"--wayback|newportal|rescue|portal -a url=")
# What stands for the reader's own in the documents.
PLACES = {
    "yen_bai": "vinh_phuc", "yen_bai ha_noi": "vinh_phuc", "PORTAL": "vinh_phuc",
    "/srv/archive": "dist", "/srv/khcn/dist": "dist", "old.warc.gz": "FILE",
    "captures/PORTAL-*.warc.gz": "FILE", "captures/vinh_phuc-*.warc.gz": "FILE",
}  # fmt: skip


def documented() -> list[str]:
    """Each command line once, without its comment and what follows it."""
    found = {}
    for path in DOCUMENTS:
        text = path.read_text(encoding="utf-8")
        named = [line for line in NAMED.findall(text) if " " in line.split(" ", 1)[1]]
        for line in (*SHOWN.findall(text), *named):  # a bare `scrapy merge` is a name
            line = re.sub(r"\s+#.*$", "", line).strip()
            found.setdefault(re.split(r"\s*(?:\|\||>>?|\s\|\s)\s*", line)[0], path.name)
    return sorted(found)


COMMANDS = documented()
SCRAPY = [
    line for line in COMMANDS if line.startswith("scrapy ") and not re.search(r"[\[\]*…]", line)
]


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with an archive of one portal, its WARC file and a dump."""
    folder = tmp_path_factory.mktemp("documented")
    write_warc(folder / "samples.warc.gz", [SITES["vinh_phuc"]()])
    archive = folder / "archive.db"
    replay = ("-s", f"REPLAY_WARC={folder / 'samples.warc.gz'}")
    assert scrapy("nightly", "vinh_phuc", *replay, archive=archive).returncode == 0
    done = scrapy("publish", "--out", folder / "dist", archive=archive)
    assert done.returncode == 0, done.stdout
    return folder


def test_something_is_documented():
    assert len(SCRAPY) >= 15 and any(line.startswith("scrapy restore") for line in SCRAPY)


@pytest.mark.parametrize("line", [line for line in SCRAPY if not ASKS_THE_NETWORK.search(line)])
def test_a_documented_scrapy_command_runs(place, tmp_path, line):
    archive = tmp_path / "archive.db"
    shutil.copy(place / "archive.db", archive)
    for number in (1, 2):
        shutil.copy(place / "archive.db", tmp_path / f"shard{number}.db")
    shutil.copy(place / "dist" / "archive.db", tmp_path / "COPY.db")
    shutil.copytree(place / "dist", tmp_path / "dist", symlinks=True)
    warc = str(place / "samples.warc.gz")
    for shown, own in PLACES.items():
        line = re.sub(rf"(?<![\w/]){re.escape(shown)}(?![\w/])", own, line)
    url = rows(archive, "select url from articles order by id limit 1")[0][0]
    words = [re.sub(r"\bFILE\b", warc, word).replace("URL", url) for word in shlex.split(line)[1:]]
    words = [str(tmp_path / word) if re.fullmatch(r"[\w.-]+\.db|dist|out\.jsonl", word) else word
             for word in words]  # fmt: skip
    if words[0] in ("crawl", "nightly") and not any("REPLAY_WARC" in word for word in words):
        words += ["-s", f"REPLAY_WARC={warc}"]
    if words == ["nightly"] or (words[0] == "nightly" and "vinh_phuc" not in words):
        words.insert(1, "vinh_phuc")  # not sixty portals of which nothing is here
    if words == ["restore"]:
        words.append(str(tmp_path / "COPY.db"))  # a night leaves a snapshot, a crawl does not
    done = scrapy(*words, archive=archive)
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode in (0, 1), (words, done.stderr)


@pytest.mark.parametrize("line", [line for line in SCRAPY if ASKS_THE_NETWORK.search(line)])
def test_what_asks_the_network_is_understood_at_least(line):
    command = shlex.split(line)[1]
    shown = scrapy(command, "--help").stdout
    for option in re.findall(r"(?<!\S)(--?[a-z-]+)", line):
        assert option in shown, option


@pytest.mark.parametrize("line", [line for line in COMMANDS if line.startswith("make ")])
def test_a_documented_target_exists(line):
    words = [word for word in shlex.split(line)[1:] if word not in ("&&",)]
    done = subprocess.run(
        ["make", "-n", *words], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "MAKEFLAGS": ""},
    )  # fmt: skip
    assert "No rule to make target" not in done.stderr, done.stderr


def test_what_reads_a_file_is_fed_by_what_writes_it():
    """No pipe in a document reads a file that nothing has written."""
    for path in DOCUMENTS:
        written: set[str] = set()
        for line in SHOWN.findall(path.read_text(encoding="utf-8")):
            written |= set(re.findall(r">>?\s*([\w./-]+)", line))
            for name in re.findall(r"<\s*([\w./-]+\.txt)", line):
                assert Path(name).name in {Path(one).name for one in written}, line

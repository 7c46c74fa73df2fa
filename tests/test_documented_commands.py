"""Every command line that a document shows is run, as far as it can run without the network."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from samples.portals import SITES
from samples.warc import write_warc
from tests.conftest import ROOT
from tests.end_to_end.dump_fixtures import change
from tests.scrapy_command import rows, scrapy

DOCUMENTS = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
SHOWN = re.compile(
    r"^ {4}((?:\. |export |scrapy |make |sqlite3 |zstd |sha256sum |datasette |\S*bin/python ).*)$",
    re.MULTILINE,
)
# What only root may do, or a clock starts: what they name is looked for.
FOR_ROOT = re.compile(
    r"^ {4}((?:useradd |install |sudo |cp |systemctl |[\d*]+ [\d*]+ \* \* \* ).*)$", re.MULTILINE
)
# Indented lines that are no command: what a program prints, or a part of a file.
PRINTED = re.compile(
    r"^ {4}(?! |portal ──|\w+ = |\w+: |Đã chạy|Cần xem|first night|second night|\[str|\"select)(\S.*)$",
    re.MULTILINE,
)
NAMED = re.compile(r"`((?:scrapy|make) [^`…]+)`")
DUMP_TOOLS = ("sha256sum ", "zstd ", "sqlite3 ", "datasette ")
ASKS_THE_NETWORK = re.compile(r"--wayback|newportal|rescue|portal -a url=")
# What a command reads or writes where the reader stands.
OWN_PLACE = re.compile(r"[\w.*-]+\.db|dist|kho|FOLDER|out\.jsonl|page\.html")
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
SCRAPY = [re.sub(r"[\[\]]", "", line) for line in COMMANDS if line.startswith("scrapy ")]


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


def _found(pattern: str) -> list[str]:
    """The files that a shell would put in a pattern's place."""
    if "*" not in pattern:
        return []
    return sorted(str(path) for path in Path(pattern).parent.glob(Path(pattern).name))


def test_something_is_documented():
    assert len(SCRAPY) >= 15 and any(line.startswith("scrapy restore") for line in SCRAPY)


@pytest.mark.parametrize("line", [line for line in SCRAPY if not ASKS_THE_NETWORK.search(line)])
def test_a_documented_scrapy_command_runs(place, tmp_path, line):
    archive = tmp_path / "archive.db"
    shutil.copy(place / "archive.db", archive)
    for number in (1, 2):
        shutil.copy(place / "archive.db", tmp_path / f"shard{number}.db")
    shutil.copy(place / "dist" / "archive.db", tmp_path / "COPY.db")
    for name in ("dist", "FOLDER"):
        shutil.copytree(place / "dist", tmp_path / name, symlinks=True)
    warc = str(place / "samples.warc.gz")
    for shown, own in PLACES.items():
        line = re.sub(rf"(?<![\w/]){re.escape(shown)}(?![\w/])", own, line)
    url = rows(archive, "select url from articles order by id limit 1")[0][0]
    words = [re.sub(r"\bFILE\b", warc, word).replace("URL", url) for word in shlex.split(line)[1:]]
    words = [str(tmp_path / word) if OWN_PLACE.fullmatch(word) else word for word in words]
    if words[0] == "publish" and "--out" not in words:
        words += ["--out", str(tmp_path / "dist")]
    words = [name for word in words for name in (_found(word) or [word])]
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


@pytest.fixture(scope="module")
def dumps(place, tmp_path_factory):
    """A folder of two dumps, a day apart by their names, with the delta between them."""
    folder = tmp_path_factory.mktemp("dumps")
    archive = folder / "archive.db"
    shutil.copy(place / "archive.db", archive)
    for _ in range(2):
        change(archive, "update runs set finished_at = started_at")
        assert scrapy("publish", "--out", folder / "dist", archive=archive).returncode == 0
        change(archive, "update articles set last_seen = last_seen || ''; delete from _reread; "
               "update runs set exit_code = 1")  # fmt: skip
    return folder / "dist"


@pytest.mark.parametrize("line", [line for line in COMMANDS if line.startswith(DUMP_TOOLS)])
def test_what_is_said_of_a_dump_works(dumps, tmp_path, line):
    tools = re.findall(r"\b(?:zstd|sqlite3|sha256sum)\b", line.split(".")[0])
    if missing := [tool for tool in tools if shutil.which(tool) is None]:
        pytest.skip(f"not here: {', '.join(missing)}")
    folder = tmp_path / "dist"
    shutil.copytree(dumps, folder, symlinks=True)
    newest = (folder / "archive.db").resolve().stem.removeprefix("archive-")
    delta = next(folder.glob("delta-*")).name
    line = line.replace("archive-20250620", f"archive-{newest}")
    line = line.replace("delta-20250619-20250620.sql.zst", delta)
    if line.startswith("zstd -d "):
        (folder / f"archive-{newest}.db").unlink()
    if line.startswith("datasette "):
        line = (
            f"{Path(sys.executable).parent / 'datasette'}{line.removeprefix('datasette')} --get /"
        )
    done = subprocess.run(line, shell=True, cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0 and (done.stdout or done.stderr), done.stderr


@pytest.mark.parametrize("line", [line for line in COMMANDS if "bin/python " in line])
def test_a_documented_module_takes_these_words(line):
    words = shlex.split(line)[2:]
    asked = [sys.executable, "-m", words[0], "--help"] if words[0] != "-m" else [
        sys.executable, *words[:2], "--help"
    ]  # fmt: skip
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for word in words[2:]:
        assert word in done.stdout, word


def test_what_root_does_names_what_there_is():
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    lines = FOR_ROOT.findall(text)
    units = {path.name for path in (ROOT / "docs" / "operations").glob("khcn-*")}
    users = {line.split()[-1] for line in lines if line.startswith("useradd ")}
    for line in lines:
        for name in re.findall(r"[\w-]+\.(?:service|timer)", line):
            assert name in units, line
        if copied := re.search(r"cp /srv/khcn/(\S+)", line):
            assert _found(str(ROOT / copied[1])), line
        for name in re.findall(r"(?:-u|-o|-g|--groups) (\w[\w-]*)", line):
            assert name in users, line
        for command in re.findall(r"\.venv/bin/(scrapy [^>&|]+)", line):
            assert command.strip() in SCRAPY, "it is run here"
        if "make -C" in line:
            assert ".venv/.installed" in line
    assert len(lines) >= 8
    for unit in units:
        for user in re.findall(
            r"^User=(\S+)$", (ROOT / "docs" / "operations" / unit).read_text(), re.MULTILINE
        ):
            assert user in users, unit


def test_every_line_that_is_shown_is_run_or_looked_at():
    for path in DOCUMENTS:
        if path.name == "decisions.md":  # indented prose
            continue
        text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        tried = {*SHOWN.findall(text), *FOR_ROOT.findall(text)}
        assert not set(PRINTED.findall(text)) - tried, path.name


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

"""The folder of dumps: files whose names never change meaning, and pointers to the newest.

Every file of a dump bears its version in its name and is in place before anything points at it.
`latest.json`, moved last, is what others follow; a crash before that leaves the last dump as it was.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from crawler.durable import sync
from crawler.messages import Message, MessageError, say

LATEST = "latest.json"
SERVED = "archive.db"  # the name metadata.yml knows the database by
# What is there under a name without a version too.
UNDATED = ("SHA256SUMS-", "datapackage-", "CHANGES-", "README-", "metadata-", "statistics-",
           "CITATION-", "datacite-")  # fmt: skip
# Captures of a month are named by what they hold: the next dump has most of them as they are.
CAPTURES = re.compile(r"captures-[a-z0-9_]+-\d{6}-[0-9a-f]{12}\.wacz")
VERSION = re.compile(r"archive-(\d{8}(?:_\d+)?)\.db")


class PublishError(MessageError):
    """Nothing was published; the text says why. Yesterday's files are untouched."""

    def __init__(self, message: str, exit_code: int = 1, problems: Sequence[Message] = ()) -> None:
        super().__init__(message)
        self.exit_code = exit_code
        self.problems = problems

    def __str__(self) -> str:
        return with_problems(self.message, self.problems)


def with_problems(message: str, problems: Sequence[Message]) -> str:
    """A refusal and what was found wrong, one problem a line."""
    return "\n".join([message, *(f"- {problem.line}" for problem in problems)])


@dataclass(frozen=True, slots=True)
class Dump:
    """A published dump, as its manifest tells."""

    database: str
    version: str
    articles: int
    files: dict[str, str]  # name → SHA-256
    predecessor: dict[str, str] | None

    @property
    def sha256(self) -> str:
        return self.files[self.database]

    @property
    def manifest(self) -> str:
        return f"archive-{self.version}.json"


def last_published(out: Path) -> Dump | None:
    """What `latest.json` names; None when nothing was published yet. Raises PublishError."""
    return _manifest(out / LATEST)


def _manifest(path: Path) -> Dump | None:
    if not path.is_file():
        return None
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        version = VERSION.fullmatch(said["database"])
        if version is None or said["database"] not in said["sha256"]:
            raise ValueError(said["database"])
        return Dump(
            said["database"], version[1], said["articles"], said["sha256"], said["predecessor"]
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PublishError(say("publish_last_unreadable", path=path, detail=error)) from error


@contextmanager
def publish_lock(out: Path) -> Iterator[None]:
    """One publisher at a time; the folder itself is the lock, so nothing is left lying about."""
    handle = os.open(out, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise PublishError(say("publish_busy", path=out), 75) from error
    finally:
        os.close(handle)


def free_version(out: Path, day: str, digest: str) -> str:
    """The day; with a number when another dump of that day bears it: a name never changes meaning.

    What a crash left behind under the name is taken up when it is the very same.
    """
    number = 1
    while True:
        version = day if number == 1 else f"{day}_{number}"
        taken = out / f"archive-{version}.db"
        if not taken.exists() or digest_of(taken) == digest:
            return version
        number += 1


def pointers(dump: Dump) -> dict[str, str]:
    """The names without a version, and what each is a copy of; in the order they are moved."""
    return {
        **undated(dump.files, dump.database),
        SERVED: dump.database,
        LATEST: dump.manifest,
    }


def undated(files: Iterable[str], database: str) -> dict[str, str]:
    """The texts of a dump: each name without its version, and with it."""
    version = database.removeprefix("archive-").removesuffix(".db")
    return {
        re.sub(rf"-{re.escape(version)}(?=\.|$)", "", name): name
        for name in files
        if name.startswith(UNDATED)
    }


def move(work: Path, out: Path, dump: Dump, listings: dict[str, str]) -> None:
    """Put a finished dump in place: its own files, then the pointers and what lists all dumps,
    `latest.json` last.
    """
    # What the last dump has as it is, is there already.
    own = [name for name in (*dump.files, dump.manifest) if (work / name).exists()]
    names = pointers(dump)
    for pointer, name in names.items():
        if pointer == SERVED:
            (work / pointer).symlink_to(name)
        else:
            shutil.copyfile(work / name, work / pointer)
    for name, text in listings.items():
        (work / name).write_text(text, encoding="utf-8")
    for path in work.iterdir():
        _sync(path)
    for name in own:
        _replace(work / name, out / name)
    _sync(out)
    for name in (*(name for name in names if name != LATEST), *listings, LATEST):
        _replace(work / name, out / name)
    _sync(out)


def refresh(work: Path, out: Path, listings: dict[str, str]) -> None:
    """What lists all dumps, when it is not as it should be."""
    for name, text in listings.items():
        if not (out / name).is_file() or (out / name).read_text(encoding="utf-8") != text:
            (work / name).write_text(text, encoding="utf-8")
            _sync(work / name)
            _replace(work / name, out / name)


def _replace(source: Path, target: Path) -> None:
    source.replace(target)


def _sync(path: Path) -> None:
    if not path.is_symlink():
        sync(path)


def kept_dumps(out: Path, newest: Dump, keep: int) -> list[Dump]:
    """The last `keep` dumps, the newest first, as far as their manifests are there."""
    kept, dump = [newest], newest
    while dump.predecessor and len(kept) < keep:
        name = dump.predecessor["database"].removesuffix(".db") + ".json"
        before = _manifest(out / name)
        if before is None:
            break
        kept.append(before)
        dump = before
    return kept


def prune(out: Path, newest: Dump, keep: int) -> None:
    """Delete the dumps beyond the last `keep`, and what a crash left; nothing else is touched."""
    wanted = {
        name for dump in kept_dumps(out, newest, keep) for name in (*dump.files, dump.manifest)
    }
    for path in out.glob("captures-*.wacz"):
        if CAPTURES.fullmatch(path.name) and path.name not in wanted:
            path.unlink()
    for manifest in out.glob("archive-*.json"):
        old = _manifest(manifest)
        if old is None or manifest.name in wanted or manifest.name != old.manifest:
            continue
        for name in (*old.files, manifest.name):
            if name not in wanted and old.version in name and "/" not in name:
                (out / name).unlink(missing_ok=True)


def digest_of(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(2**20):
            digest.update(block)
    return digest.hexdigest()

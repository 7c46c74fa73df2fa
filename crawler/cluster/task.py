"""What one worker does with one group of portals: fetch its shard, run the command, push it back."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from crawler.archive.database import ArchiveError
from crawler.cluster.lease import Beating, Found, Lease, LostLeaseError, take
from crawler.cluster.shard import (
    ARCHIVE,
    CAPTURES,
    SHARDS,
    fetch_archive,
    fetch_captures,
    push,
    stamps,
    sweep,
)
from crawler.cluster.store import Store, StoreError, without_secrets
from crawler.extractor_version import extractor_version

TOLD = 200_000  # characters of what a command said
PATIENCE = 20.0  # seconds that a command has to end in order once it is asked to
PROJECT = Path(__file__).parents[2]
LEAST = 1e-6  # hours: a night that is over before it begins
KEPT = (0, 1)  # exit codes of a command whose archive is whole

# Python 3.11 reads its own syntax in one thread at a time only.
_READING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Job:
    """One command over all groups, the same for each of its tasks."""

    id: str  # the run's: what several attempts and machines share
    store: str
    store_name: str
    command: str
    options: tuple[str, ...]
    settings: tuple[tuple[str, str], ...]
    rules: str  # that pages are read by where the command was given
    lasts: float  # seconds of a lease
    stop: str  # an object of this name: end in order
    keeps: bool = True  # whether what the command leaves is a new state of the shard


@dataclass(frozen=True, slots=True)
class Task:
    """One group's part of a job."""

    group: str
    portals: tuple[str, ...]
    words: tuple[str, ...]  # after the command's name
    seed: tuple[str, str] | None = None  # an archive to begin with instead: its object and digest
    base: int = 0  # the state of the shard that the seed goes on from
    given: tuple[tuple[str, str, str], ...] = ()  # files: object, digest, path from its folder
    hours: float | None = None
    mark: str = ""  # of the portals' part of the archive that the result goes into


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task; `trouble` is why it has to be tried again."""

    group: str
    worker: str
    exit_code: int = 0
    token: int = 0
    said: str = ""
    trouble: str | None = None
    silent: tuple[str, ...] = ()  # workers that were given up for dead before
    address: str = ""


def perform(job: Job, task: Task, scratch: str | None = None) -> Outcome:
    """Do a task; never raises, so that whoever dealt it hears what happened."""
    worker = f"{socket.gethostname()}/{os.getpid()}/{threading.get_ident() % 10_000}"
    outcome = Outcome(task.group, worker)
    try:
        with _READING:
            ours = extractor_version()
        if ours != job.rules:
            return replace(outcome, trouble="other_rules", exit_code=1)
        return _perform(job, task, outcome, scratch)
    except LostLeaseError:
        return replace(outcome, trouble="lost", exit_code=1)
    except StoreError as error:
        return replace(outcome, trouble="store", said=str(error), exit_code=74)
    except (OSError, ArchiveError) as error:
        return replace(outcome, trouble="disk", said=without_secrets(str(error)), exit_code=74)
    except Exception as error:  # noqa: BLE001 -- a fault of one task is said, and tried elsewhere
        said = without_secrets(f"{type(error).__name__}: {error}")
        return replace(outcome, trouble="crashed", said=said, exit_code=1)


def _perform(job: Job, task: Task, outcome: Outcome, scratch: str | None) -> Outcome:
    store, began = Store(job.store, name=job.store_name), time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix=f"{task.group}-", dir=scratch))
    try:
        (folder / ARCHIVE).write_bytes(b"")  # a worker without a disk is found out before it begins
        (folder / ARCHIVE).unlink()
        place = f"{SHARDS}/{task.group}"
        taken = take(
            store, place, outcome.worker, lasts=job.lasts,
            enough=lambda found: (
                (found.ended and _is_done(found, job)) or store.get(job.stop) is not None
            ),
        )  # fmt: skip
        if isinstance(taken, Found) and not (taken.ended and _is_done(taken, job)):
            return replace(outcome, trouble="stopped", exit_code=1)
        if isinstance(taken, Found):  # by an attempt that was thought lost
            state = taken.state or {}
            return replace(
                outcome, token=taken.token, exit_code=state["exit_code"], worker=state["by"]
            )
        outcome = replace(outcome, silent=taken.lost, token=taken.token)
        if task.seed and (taken.before or {"token": 0})["token"] != task.base:
            taken.end(None)  # of a task that an earlier coordinator left going
            return replace(outcome, trouble="moved", exit_code=1)
        if task.hours is not None:  # waiting for who held it was a part of the night
            left = task.hours - (time.monotonic() - began) / 3600
            task = replace(task, hours=max(left, LEAST))
        with Beating(taken, job.lasts, lambda: store.get(job.stop) is not None) as beating:
            try:
                return _work(job, task, taken, beating, folder, outcome)
            except BaseException:
                with suppress(LostLeaseError, StoreError):
                    taken.end(None)
                raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _is_done(found: Found, job: Job) -> bool:
    return bool(found.state and found.state["job"] == job.id)


def _work(
    job: Job, task: Task, lease: Lease, beating: Beating, folder: Path, outcome: Outcome
) -> Outcome:
    store = lease.store
    (folder / CAPTURES).mkdir()
    if task.seed:
        store.download(task.seed[0], folder / ARCHIVE, digest=task.seed[1])
    elif lease.before:
        fetch_archive(store, lease.before, folder / ARCHIVE)
    if lease.before:
        fetch_captures(store, lease.before, folder / CAPTURES)
    untouched = stamps(folder)
    for key, digest, name in task.given:
        store.download(key, folder / name, digest=digest)
    code, said = _run(_words(job, task, folder), folder, beating)
    outcome = replace(outcome, exit_code=code, said=without_secrets(said))
    if beating.over.is_set():
        raise LostLeaseError(lease.folder)
    if code not in KEPT:
        lease.end(None)
        if code == 2:  # it makes no sense anywhere
            return outcome
        return replace(outcome, trouble="disk" if code == 74 else "died")
    if not job.keeps:
        lease.end(None)
        return outcome
    state = push(lease, folder, untouched, job=job.id, exit_code=code, by=outcome.worker,
                 portals=task.portals, mark=task.mark)  # fmt: skip
    lease.end(state)
    with suppress(StoreError):
        sweep(store, lease.place, state)
    return outcome


def _words(job: Job, task: Task, folder: Path) -> list[str]:
    """The command as one machine would be given it, in the worker's folder."""
    settings = {
        **dict(job.settings),
        "ARCHIVE_DB": str(folder / ARCHIVE), "CAPTURES_DIR": str(folder / CAPTURES),
        "RUN": job.id, "SNAPSHOTS": "0", "NOTIFY_WEBHOOK": "", "NOTIFY_SMTP": "", "NOTIFY_CHAT": "",
        "NOTIFY_ALIVE": "",
    }  # fmt: skip
    if task.hours is not None:
        settings["DEADLINE_HOURS"] = f"{task.hours:.6f}"
    words = [*task.words, *job.options]
    words = [word.replace("{folder}", str(folder)) for word in words]
    given = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    return [
        sys.executable, "-m", "crawler.cluster.tied", str(os.getpid()),
        sys.executable, "-m", "scrapy", job.command, *words, *given,
    ]  # fmt: skip


def _run(words: list[str], folder: Path, beating: Beating) -> tuple[int, str]:
    """Run a command until it ends, is asked to, or counts for nothing; its exit code and last words."""
    log = folder / "said.txt"
    with log.open("wb") as said:
        process = subprocess.Popen(
            words,
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,  # a Ctrl-C is whoever deals' to hand on
        )
        asked = 0.0
        while process.poll() is None:
            if beating.over.is_set():
                process.kill()
            elif beating.wanted.is_set() and not asked:
                asked = time.monotonic()
                process.send_signal(signal.SIGINT)
            elif asked and time.monotonic() - asked > PATIENCE:
                process.kill()
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.2)
    return process.returncode, log.read_text(errors="replace")[-TOLD:]

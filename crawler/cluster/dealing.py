"""What commands that may be dealt to many machines share."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from scrapy.settings import BaseSettings

from crawler.archive.database import ArchiveError
from crawler.backfill.processes import Readers
from crawler.cli import PortalCommand
from crawler.cluster.coordinator import Dealt
from crawler.cluster.over_shards import Sharing, over_shards
from crawler.crawl.arguments import ArgumentError
from crawler.messages import say, say_short
from crawler.run.run import Run

OTHERWISE = {"from": "first", "to": "last", "dry-run": "dry_run"}


def deal(command: PortalCommand, opts: argparse.Namespace, sharing: Sharing) -> tuple[Run, Dealt]:
    """Deal a command; its exit code tells how it went: the worst of what its tasks ended with.

    Raises ArgumentError or ArchiveError where nothing was begun.
    """
    if not opts.store:
        raise ArgumentError(say("store_wanted"))
    with _installed():
        run, dealt = over_shards(command.settings, opts, sharing)
    codes = [outcome.exit_code for outcome in dealt.done.values()]
    command.exitcode = max(run.exit_code, int(bool(dealt.failed or run.waiting)), *codes, 0)
    for outcome in dealt.failed.values():
        if outcome.exit_code == 2:
            command.fail(outcome.said.strip(), 2)
    if run.storage.failure:
        command.fail(run.storage.failure, 74)
    return run, dealt


def deal_all(command: PortalCommand, opts: argparse.Namespace, sharing: Sharing) -> None:
    """Deal a command that has no summary of its own, and say what became of the groups."""
    started = time.monotonic()
    try:
        run, dealt = deal(command, opts, replace(sharing, told=command.relay))
    except ArgumentError as error:
        command.fail(error, 2)
        return
    except ArchiveError as error:
        command.fail(error, error.exit_code)
        return
    if run.waiting:
        command.fail(say_short("not_begun", portals=", ".join(run.waiting)))
    command.say(
        say_short(
            "cluster_done", done=len(dealt.done), failed=len(dealt.failed),
            waiting=len(dealt.waiting), seconds=round(time.monotonic() - started, 1),
        )
    )  # fmt: skip


def readers_of(scheduler: str, settings: BaseSettings) -> Readers:
    """A scheduler's workers, to read pieces of captures. Raises ArgumentError or ArchiveError."""
    with _installed():
        from crawler.cluster.dask import executor

        return executor(scheduler, settings.getfloat("CLUSTER_CONNECT"))


@contextmanager
def _installed() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name not in ("distributed", "dask", "obstore"):
            raise
        raise ArgumentError(say("cluster_missing", name=error.name)) from None


def options_of(opts: argparse.Namespace, *names: str) -> tuple[str, ...]:
    """The options that somebody gave, as words again."""
    words: list[str] = []
    for name in names:
        value = getattr(opts, OTHERWISE.get(name, name))
        if value is True:
            words.append(f"--{name}")
        elif value not in (None, False):
            words += [f"--{name}", str(value)]
    return tuple(words)

"""What commands that may be dealt to many machines share."""

from __future__ import annotations

import argparse

from crawler.cli import PortalCommand
from crawler.cluster.coordinator import Dealt
from crawler.cluster.over_shards import Sharing, over_shards
from crawler.crawl.arguments import ArgumentError
from crawler.messages import say
from crawler.run.run import Run


def deal(command: PortalCommand, opts: argparse.Namespace, sharing: Sharing) -> tuple[Run, Dealt]:
    """Deal a command; its exit code tells how it went.

    Raises ArgumentError or ArchiveError where nothing was begun.
    """
    if not opts.store:
        raise ArgumentError(say("store_wanted"))
    try:
        run, dealt = over_shards(command.settings, opts, sharing)
    except ModuleNotFoundError as error:
        if error.name not in ("distributed", "dask", "obstore"):
            raise
        raise ArgumentError(say("cluster_missing", name=error.name)) from None
    command.exitcode = run.exit_code
    if dealt.failed and not command.exitcode:
        command.exitcode = 1
    for outcome in dealt.failed.values():
        if outcome.exit_code == 2:
            command.fail(outcome.said.strip(), 2)
    if run.storage.failure:
        command.fail(run.storage.failure, 74)
    return run, dealt

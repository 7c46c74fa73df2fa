"""A command over the shards of a store, as one run into one archive."""

from __future__ import annotations

import argparse
import os
import socket
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from scrapy.settings import BaseSettings

from crawler.archive.articles.reextract import end_progress
from crawler.archive.database import Archive, ArchiveBusyError, ArchiveError
from crawler.archive.frontier.queue import pending
from crawler.archive.runs import in_fair_order, retire
from crawler.cluster.accounts import account_of
from crawler.cluster.collection import Collection
from crawler.cluster.coordinator import Coordinator, Dealt, coordinating
from crawler.cluster.groups import host_groups
from crawler.cluster.options import settings_for_workers
from crawler.cluster.shard import CAPTURES
from crawler.cluster.store import Store, digest_of_file
from crawler.cluster.task import Job, Outcome, Task
from crawler.cluster.workers import LocalWorkers, Workers
from crawler.extractor_version import extractor_version
from crawler.messages import say
from crawler.portals.model import Portal
from crawler.portals.urls import classify_url
from crawler.registry.portals import known_portals
from crawler.run.run import Run

Groups = dict[str, tuple[str, ...]]
Given = tuple[tuple[str, str, str], ...]  # files: object, digest, path in a worker's folder


@dataclass(frozen=True, slots=True)
class Sharing:
    """A command that is dealt: its name and options, and the portals whose shards it works on."""

    command: str
    run: str  # the name that its run has in the archive
    names: tuple[str, ...]
    options: tuple[str, ...] = ()
    positional: bool = True  # whether the portals' names are words of the command
    files: tuple[Path, ...] = ()  # that the options name, and workers must have, too
    known: bool = False  # only portals that the archive has something of
    keeps: bool = True  # whether it changes the archive at all
    one_host: bool = False  # all portals' pages are asked of the same few hosts
    broken: Mapping[str, str] | None = None
    retired_but: Iterable[str] | None = None
    told: Callable[[str], None] | None = None  # takes what a task said

    @property
    def is_night(self) -> bool:
        """Whether a portal that was not reached is an account of the run."""
        return self.run == "nightly"


def over_shards(
    settings: BaseSettings, opts: argparse.Namespace, sharing: Sharing
) -> tuple[Run, Dealt]:
    """Deal a command, and take what comes into the archive; what went wrong is booked in the run.

    Raises ArgumentError, SchedulerError or ArchiveError where nothing was begun, and
    ArchiveBusyError also when another coordinator has taken over since.
    """
    store = Store(opts.store)
    store.check()
    owner = f"{socket.gethostname()}/{os.getpid()}"
    lasts = settings.getfloat("CLUSTER_LEASE")
    with (
        closing(_workers(opts, settings)) as workers,
        coordinating(store, owner, lasts) as (lease, beating),
    ):
        run = Run.open(settings, sharing.run)
        try:
            facts = known_portals(settings)
            collection = Collection(
                run.archive, store, Path(settings["CAPTURES_DIR"]), leads_to(facts),
                fetching=settings.getbool("CLUSTER_CAPTURES"),
            )  # fmt: skip
            settings_given = settings_for_workers(settings)
            if sharing.one_host:  # who asks one host together pauses as long as one would
                settings_given = (*settings_given, ("SHARED_BY", str(max(1, workers.room()))))
            given, options = laid_out(store, run.id, sharing, run.storage.folder)
            job = Job(
                run.id, store.address, store.name(), sharing.command, options, settings_given,
                extractor_version(), lasts, f"{lease.folder}/stop", keeps=sharing.keeps,
            )  # fmt: skip
            coordinator = Coordinator(
                run.archive, store, workers, collection, job, beating=beating,
                patience=settings.getfloat("CLUSTER_PATIENCE"), told=run.progress.warn,
            )  # fmt: skip
            try:
                _deal(run, coordinator, collection, facts, sharing, given, workers.room())
            except ArchiveBusyError as error:
                run.storage.fail(error)
                raise
            except (sqlite3.Error, ArchiveError, OSError) as error:
                said = (
                    error
                    if isinstance(error, ArchiveError)
                    else say("storage_failed", detail=error)
                )
                run.storage.fail(said)
            finally:
                with suppress(ArchiveError, OSError):
                    collection.close(job.id)
        finally:
            if not sharing.run:  # it is no run on one machine either
                with run.archive.transaction() as conn:
                    conn.execute("delete from runs where id = ?", (run.id,))
            run.close()
    return run, coordinator.dealt


def _deal(
    run: Run, coordinator: Coordinator, collection: Collection, facts: dict[str, Portal],
    sharing: Sharing, given: Given, room: int,
) -> None:  # fmt: skip
    collection.collect_all()
    if sharing.retired_but is not None:
        with run.archive.transaction() as conn:
            retire(conn, sharing.retired_but)
    for portal, said in (sharing.broken or {}).items():
        run.ledger.never_began(portal, said)
    names = list(sharing.names)
    if sharing.known:
        every = run.archive.conn.execute("select slug from portals order by 1")
        names = [name for name in names or [slug for (slug,) in every] if _is_known(run, name)]
    groups, wanted = groups_of(facts, names), set(names)

    def task_of(group: str, portals: tuple[str, ...]) -> Task:
        words = tuple(name for name in portals if name in wanted) if sharing.positional else ()
        return Task(group, portals, words, given=given)

    def merged(outcome: Outcome, portals: tuple[str, ...]) -> None:
        if sharing.told and outcome.said.strip():
            sharing.told(outcome.said.strip())
        for name in portals if sharing.is_night else ():
            if name in facts and (going := account_of(run, facts[name])):
                run.portals[name] = going
                run.progress.finish(going, pending(run.archive.conn, name))

    def hours() -> float | None:
        return None if run.deadline is None else (run.deadline - time.monotonic()) / 3600

    most = max(1, room) if sharing.one_host else None
    dealt = coordinator.deal(groups, task_of, merged=merged, hours=hours, most=most)
    if sharing.run == "reextract":  # authors that no shard's reading names any more
        with run.archive.transaction() as conn:
            end_progress(conn)
    run.waiting = sorted(n for group in dealt.waiting for n in groups[group] if n in wanted)
    for group, outcome in dealt.failed.items() if sharing.is_night else ():
        why = (
            say(f"trouble_{outcome.trouble}").in_language("en") if outcome.trouble else outcome.said
        )
        for name in groups[group]:
            if name in wanted:
                run.ledger.never_began(name, f"{why}; {outcome.worker}")
    if any(outcome.exit_code == 74 for outcome in dealt.failed.values()):
        named = ", ".join(g for g, o in dealt.failed.items() if o.exit_code == 74)
        run.storage.fail(say("cluster_storage", groups=named))


def _is_known(run: Run, portal: str) -> bool:
    query = "select 1 from captures where portal = ? limit 1"
    return run.archive.conn.execute(query, (portal,)).fetchone() is not None


def laid_out(
    store: Store, job: str, sharing: Sharing, captures: Path
) -> tuple[Given, tuple[str, ...]]:
    """Files that a command was given, for all workers; and its options as they are there.

    They come to lie in the folder of captures, where they stay whichever machine it is on.
    """
    given, options = [], list(sharing.options)
    for path in sharing.files:
        digest = digest_of_file(path)
        whole, folder = path.absolute(), captures.absolute()
        name = (
            whole.relative_to(folder).as_posix() if whole.is_relative_to(folder)
            else f"given/{digest[:12]}/{path.name}"
        )  # fmt: skip
        key = f"jobs/{job}/{CAPTURES}/{name}"
        store.upload(key, path)
        given.append((key, digest, f"{CAPTURES}/{name}"))
        there = f"{{folder}}/{CAPTURES}/{name}"
        options = [there if option == str(path) else option for option in options]
    return tuple(given), tuple(options)


def groups_of(facts: Mapping[str, Portal], names: Iterable[str]) -> Groups:
    """Host groups of the named portals, each with all its portals, in the order of the names."""
    groups = host_groups(facts.values())
    group_of = {name: group for group, members in groups.items() for name in members}
    found = dict.fromkeys(group_of.get(name, name) for name in names)
    return {group: groups.get(group, (group,)) for group in found}


def leads_to(facts: Mapping[str, Portal]) -> Callable[[str, str], str]:
    """The key of the article that an address of a portal is of, '' when it is of none."""

    def key_of(slug: str, url: str) -> str:
        return classify_url(url, facts[slug]).key if slug in facts else ""

    return key_of


def _workers(opts: argparse.Namespace, settings: BaseSettings) -> Workers:
    if not opts.scheduler:
        return LocalWorkers()
    from crawler.cluster.dask import DaskWorkers  # a second that only who deals pays

    return DaskWorkers(opts.scheduler, settings.getfloat("CLUSTER_CONNECT"))


def fairly(settings: BaseSettings, names: Iterable[str]) -> list[str]:
    """Portals as a night of one machine would begin them; as they come where there is no archive yet."""
    path = Path(settings["ARCHIVE_DB"])
    if not path.is_file():
        return list(names)
    archive = Archive.read(path)
    try:
        return in_fair_order(archive.conn, names)
    except sqlite3.Error:
        return list(names)  # of an earlier release; opening it for writing says what is wrong
    finally:
        archive.close()

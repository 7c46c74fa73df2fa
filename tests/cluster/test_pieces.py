"""Kept looks read anew by a scheduler's workers, who see the archive and its captures themselves."""

from __future__ import annotations

import os
import shutil
import signal
import time

import pytest

from crawler.cluster.dask import DaskWorkers
from tests.backfill.old_archive import build, whole
from tests.cluster.machines import machines, started
from tests.scrapy_command import scrapy

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def old(tmp_path_factory):
    folder = tmp_path_factory.mktemp("old")
    archive = build(folder)
    alone = folder.parent / "alone"
    shutil.copytree(archive.parent, alone)
    done = scrapy("reextract", archive=alone / archive.name)
    return archive, whole(alone / archive.name), done


def copied(archive, folder):
    shutil.copytree(archive.parent, folder)
    return folder / archive.name


def folder(tmp_path):
    made = tmp_path / "machines"
    made.mkdir()
    return made


def met(made):
    """Wait until all workers are known to the scheduler."""
    workers = DaskWorkers(made.address, 10)
    while workers.room() < len(made.workers):
        time.sleep(0.2)
    workers.close()


def test_as_on_one_machine_though_a_worker_is_killed(old, tmp_path):
    archive, wanted, alone = old
    many = copied(archive, tmp_path / "many")
    with machines(folder(tmp_path), 2) as made:
        met(made)
        running = started(
            "reextract", "--scheduler", made.address, archive=many, log=tmp_path / "log"
        )
        time.sleep(3)
        os.kill(made.workers[0].pid, signal.SIGKILL)
        assert running.wait(300) == alone.returncode, (tmp_path / "log").read_text()
        assert whole(many) == wanted
        tried = scrapy("reextract", "--dry-run", "--scheduler", made.address, archive=many)
        assert tried.returncode == alone.returncode, tried.stderr


def test_nobody_to_read(old, tmp_path):
    archive, _, _ = old
    with machines(folder(tmp_path), 0) as made:
        none = scrapy("reextract", "--scheduler", made.address, archive=archive)
        assert none.returncode == 1 and "dask worker" in none.stderr
    away = scrapy(
        "reextract", "--scheduler", "tcp://127.0.0.1:9", "-s", "CLUSTER_CONNECT=1", archive=archive
    )
    assert away.returncode == 1 and "dask scheduler" in away.stderr

"""Whoever deals is killed, or asked to end, while tasks run: nothing is lost, doubled or left hanging."""

from __future__ import annotations

import json
import os
import signal
import time
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from crawler.cluster.lease import look
from crawler.cluster.store import Store
from samples.portals import SITES
from samples.server import Served, serve
from tests.cluster.machines import Machines, children_of, machines, started
from tests.end_to_end.test_systems import FAST
from tests.scrapy_command import contents, rows, scrapy

COUNT = 4  # articles of a portal
NAMES = ("nukeviet", "joomla")


@dataclass
class Night:
    """Two portals on hosts of their own, and one worker: one of them runs, the other one waits."""

    folder: Path
    served: list[Served]
    options: tuple[str, ...]
    environment: dict[str, str]
    made: Machines

    def begin(self, log):
        """A command, once its first task asks for pages."""
        before = self.asked
        words = ("--store", f"file://{self.folder}/store", "--scheduler", self.made.address)
        running = started("nightly", *words, *self.options, archive=self.archive,
                          log=self.folder / log, **self.environment)  # fmt: skip
        while self.asked < before + 4:
            assert running.poll() is None, self.said(log)
            time.sleep(0.05)
        return running

    def said(self, log):
        return (self.folder / log).read_text()

    @property
    def asked(self):
        return sum(len(one.hits) for one in self.served)

    @property
    def archive(self):
        return self.folder / "archive.db"

    def state(self, group):
        return look(Store(f"file://{self.folder}/store"), f"shards/{group}")


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """The portals, one worker that knows them, and what one machine makes of them."""
    folder = tmp_path_factory.mktemp("coordinator")
    with ExitStack() as stack:
        served, told = [], {}
        for at, name in enumerate(NAMES, 1):
            one = stack.enter_context(serve(SITES[name](COUNT), host=f"127.0.0.{at}", delay=0.1))
            served.append(one)
            told[name] = {"url": f"{one.url}/", "platform": name}
        (folder / "portals.json").write_text(json.dumps(told))
        hosts = ",".join(one.url.partition("://")[2] for one in served)
        options = (
            *FAST, "-s", "SPIDER_MODULES=samples.spiders", "-s", f"PRIVATE_HOSTS_ALLOWED={hosts}",
            "-s", "DOWNLOAD_DELAY=0.1", "-s", "FILES=False", "-s", "WORKERS=1", "-s", "CLUSTER_LEASE=2",
        )  # fmt: skip
        environment = {"SAMPLE_PORTALS": str(folder / "portals.json")}
        made = stack.enter_context(machines(folder, 1, **environment))
        alone = folder / "archive.db"
        assert scrapy("nightly", *options, archive=alone, **environment).returncode == 0
        yield Night(folder, served, options, environment, made), contents(alone)


@pytest.fixture
def night(shared, tmp_path):
    return replace(shared[0], folder=tmp_path)


def is_as_one_machines(night, shared):
    assert contents(night.archive) == shared[1]
    found = rows(night.archive, "select portal, count(*) from articles group by 1 order by 1")
    assert found == [(name, COUNT) for name in sorted(NAMES)]


def test_killed_while_a_task_runs(night, shared):
    """The task ends, the next command takes it in, and says what became of the first."""
    first = night.begin("first")
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    second = night.begin("second")
    assert second.wait(120) == 0, night.said("second")
    said = night.said("second")
    assert "was killed before its end" in said and "Traceback" not in said
    runs = rows(night.archive, "select outcome, exit_code from runs order by id")
    assert runs == [("killed", None), ("ok", 0)], "a task that ended well does not end its run well"
    is_as_one_machines(night, shared)


def test_asked_to_end_while_a_task_runs(night):
    """It ends soon, says what is done and what waits, and lets go of leases and workers."""
    running = night.begin("first")
    running.send_signal(signal.SIGINT)
    asked_at = time.monotonic()
    assert running.wait(60) == 1, night.said("first")
    assert time.monotonic() - asked_at < 30
    said = night.said("first")
    assert "1 portals: 1 fine" in said and "Traceback" not in said
    assert "never had their turn: joomla" in said or "never had their turn: nukeviet" in said
    states = [night.state(name) for name in NAMES]
    assert all(state.ended for state in states) and [bool(s.state) for s in states].count(True) == 1
    assert not children_of(night.made.workers[0].pid), "the worker is free"


def test_asked_twice(night):
    """It waits for nobody; the running task ends by itself and comes in with the next command."""
    running = night.begin("first")
    running.send_signal(signal.SIGINT)
    time.sleep(0.1)  # two signals of one number at once are one
    running.send_signal(signal.SIGINT)
    assert running.wait(40) == 1, night.said("first")
    said = night.said("first")
    assert "Traceback" not in said and "never had their turn: " in said


def test_asked_to_end_when_the_last_worker_is_gone(night):  # the last: it takes the worker away
    """Nobody is there who could end in order: that is waited for as long as a lease lasts."""
    running = night.begin("first")
    os.kill(night.made.workers[0].pid, signal.SIGKILL)
    running.send_signal(signal.SIGINT)
    assert running.wait(40) == 1, night.said("first")
    said = night.said("first")
    assert "never had their turn: joomla, nukeviet" in said and "Traceback" not in said

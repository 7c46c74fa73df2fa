"""One worker and one group: what it brings counts once, and only from whoever holds the shard."""

from __future__ import annotations

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from crawler.cluster import task as tasks
from crawler.cluster.lease import look
from crawler.cluster.shard import fetch_archive, fetch_captures
from crawler.cluster.store import Store
from crawler.cluster.task import Job, Task, perform
from crawler.extractor_version import extractor_version
from samples.portals import SITES
from samples.server import serve
from tests.end_to_end.test_killed import unreadable
from tests.end_to_end.test_systems import FAST
from tests.scrapy_command import rows

RUN = "2026-05-01T20:00:00.000Z"
SETTINGS = dict(part.split("=", 1) for part in FAST if "=" in part)


@pytest.fixture
def served(tmp_path, monkeypatch):
    with serve(SITES["nukeviet"](4), delay=0.1) as made:
        told = tmp_path / "portals.json"
        told.write_text(json.dumps({"slow": {"url": f"{made.url}/", "platform": "nukeviet"}}))
        monkeypatch.setenv("SAMPLE_PORTALS", str(told))
        yield made


@pytest.fixture
def job(served, tmp_path):
    settings = {
        **SETTINGS, "SPIDER_MODULES": "samples.spiders", "WORKERS": "1", "FILES": "False",
        "PRIVATE_HOSTS_ALLOWED": served.url.partition("://")[2],
    }  # fmt: skip
    store = Store(f"file://{tmp_path}/store")
    return Job(RUN, store.address, store.name(), "nightly", (), tuple(settings.items()),
               extractor_version(), 2.0, "stop")  # fmt: skip


TASK = Task("slow", ("slow",), ("slow",))


def brought(job, folder):
    """The archive that the store holds, with its captures beside it."""
    store = Store(job.store)
    state = look(store, "shards/slow").state
    fetch_archive(store, state, folder / "archive.db")
    fetch_captures(store, state, folder / "captures")
    return folder / "archive.db", state


def test_a_shard_is_what_one_machine_would_have(job, tmp_path):
    done = perform(job, TASK)
    assert (done.trouble, done.exit_code, done.token) == (None, 0, 1), done.said
    archive, state = brought(job, tmp_path)
    assert rows(archive, "select count(*) from articles") == [(4,)]
    assert rows(archive, "select id, exit_code from runs") == [(RUN, 0)]
    assert not unreadable(archive), "every look can be read back from the files in the store"
    assert state["exit_code"] == 0 and not (tmp_path / "store" / "stop").exists()


def test_the_same_task_twice_is_done_once(job, served):
    first = perform(job, TASK)
    asked = len(served.hits)
    again = perform(job, TASK)
    assert (again.token, again.worker) == (first.token, first.worker) and again.trouble is None
    assert len(served.hits) == asked
    tomorrow = perform(replace(job, id="2026-05-02T20:00:00.000Z"), TASK)
    assert tomorrow.token == 2 and len(served.hits) > asked


def test_a_worker_that_was_thought_dead_writes_nothing(job, tmp_path, monkeypatch):
    """Its heart stops while its crawl goes on; another one takes over; it comes back with its crawl."""

    class Heart(tasks.Beating):
        def _beat(self) -> None:
            if threading.current_thread().name != "beating" or self._lease.token > 1:
                super()._beat()

    outcomes = {}
    monkeypatch.setattr(tasks, "Beating", Heart)
    zombie = threading.Thread(target=lambda: outcomes.update(zombie=perform(slower(job), TASK)))
    zombie.start()
    while look(Store(job.store), "shards/slow").token == 0:
        time.sleep(0.05)
    outcomes["heir"] = perform(job, TASK)
    zombie.join(120)
    assert outcomes["zombie"].trouble == "lost", outcomes
    assert outcomes["heir"].trouble is None and outcomes["heir"].token == 2
    assert outcomes["heir"].silent == (outcomes["zombie"].worker,)
    archive, state = brought(job, tmp_path)
    assert state["token"] == 2 and state["by"] == outcomes["heir"].worker
    assert rows(archive, "select count(*) from articles") == [(4,)]
    named = [entry["key"] for entry in (state["archive"], *state["captures"].values())]
    assert all(key.startswith("shards/slow/00000002/") for key in named)


def slower(job):
    """The same job for a worker that takes its time between two pages."""
    settings = {**dict(job.settings), "DOWNLOAD_DELAY": "0.6"}
    return replace(job, settings=tuple(settings.items()))


def test_half_an_upload_is_none(job, tmp_path, monkeypatch):
    """A worker that dies between its uploads leaves the shard as it was, and nothing for long."""
    perform(job, TASK)

    def dies(lease, state):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(
            tasks.Lease, "end", lambda self, state: dies(self, state) if state else None
        )
        second = replace(job, id="2026-05-02T20:00:00.000Z")
        failed = perform(second, TASK)
    assert (failed.trouble, failed.exit_code) == ("disk", 74)
    store = Store(job.store)
    assert look(store, "shards/slow").token == 2 and not look(store, "shards/slow").ended
    assert perform(second, TASK).token == 3  # when its lease has run out
    assert perform(replace(job, id="2026-05-03T20:00:00.000Z"), TASK).token == 4
    left = {name.split("/")[2] for name in store.below("shards/slow") if name.endswith(".db")}
    assert left == {"00000003", "00000004"}, "old archives and half uploads are swept"
    archive, state = brought(job, tmp_path)
    assert not unreadable(archive) and len(state["captures"]) == 3


def test_who_is_asked_to_stop_keeps_what_it_has(job, served, tmp_path):
    outcomes = []
    working = threading.Thread(target=lambda: outcomes.append(perform(slower(job), TASK)))
    working.start()
    while len(served.hits) < 4:
        time.sleep(0.05)
    Store(job.store).put("stop", b"stop")
    working.join(120)
    assert outcomes[0].trouble is None, outcomes
    archive, _ = brought(job, tmp_path)
    assert 0 < rows(archive, "select count(*) from captures")[0][0] < 8
    Store(job.store).delete(["stop"])
    assert perform(replace(job, id="2026-05-02T20:00:00.000Z"), TASK).exit_code == 0
    archive, _ = brought(job, tmp_path)
    assert rows(archive, "select count(*) from articles") == [(4,)]


def test_threads_that_begin_at_once(job, monkeypatch):
    """A worker with several threads asks for its rules in all of them at the same moment."""
    monkeypatch.setattr(tasks, "_perform", lambda job, task, outcome, scratch: outcome)
    extractor_version.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda _: perform(job, TASK), range(8)))
    assert [outcome.trouble for outcome in outcomes] == [None] * 8


@pytest.mark.parametrize(
    ("change", "trouble", "code"),
    [
        ({"rules": "another"}, "other_rules", 1),
        ({"store": "file:///proc/nowhere"}, "store", 74),
        ({"options": ("-a", "max_pages=none")}, None, 2),
        ({"options": ("--db", "/proc/nowhere/archive.db")}, "disk", 74),
    ],
)
def test_what_keeps_a_worker_from_it(change, trouble, code, job):
    outcome = perform(replace(job, **change), TASK)
    assert (outcome.trouble, outcome.exit_code) == (trouble, code)
    if trouble is None:  # nobody tries again what makes no sense anywhere
        assert "max_pages" in outcome.said


def test_a_seed_that_a_shard_has_outgrown(job, tmp_path):
    """A task of an earlier coordinator ended after the seed was made: its looks are not thrown away."""
    assert perform(job, TASK).token == 1
    seeded = replace(TASK, seed=("jobs/none.db", "0" * 64), base=0)
    later = perform(replace(job, id="2026-05-02T20:00:00.000Z"), seeded)
    assert (later.trouble, later.token) == ("moved", 2)
    archive, state = brought(job, tmp_path)
    assert state["token"] == 1 and rows(archive, "select count(*) from articles") == [(4,)]


def test_another_store_at_the_same_address(job, tmp_path):
    """A folder that is not mounted on a worker, or another one: it keeps nothing there."""
    (tmp_path / "store").rename(tmp_path / "elsewhere")
    assert perform(job, TASK).trouble == "store" and not (tmp_path / "store").exists()
    other = Store(job.store)
    assert other.name() != job.store_name
    assert perform(job, TASK).trouble == "store" and other.names("shards") == []

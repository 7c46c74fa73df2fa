"""Several machines crawl what one would have: row for row, whoever is killed in between."""

from __future__ import annotations

import os
import re
import shutil
import signal
import time

import pytest

from crawler.cluster.lease import look
from crawler.cluster.store import Store
from tests.cluster.machines import (
    LEASE,
    children_of,
    described,
    differing,
    machines,
    nightly,
    started,
    timeless,
    two_nights,
)
from tests.scrapy_command import rows, scrapy

# Each two share a host.
MANY = [
    "nukeviet", "wordpress", "vinh_phuc", "ha_noi", "joomla", "vnpt", "dotnetnuke", "sharepoint",
]  # fmt: skip
LATER = str(86_400.0)  # seconds: a night later

pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def portals(tmp_path_factory):
    """The sample portals, what they answered on two nights, and one machine's archive after each."""
    folder = tmp_path_factory.mktemp("one")
    named = {"SAMPLE_PORTALS": str(described(folder, MANY))}
    files = two_nights(folder, MANY)
    archive, after = folder / "archive.db", []
    for night, options in enumerate(map(options_of, files)):
        done = nightly(*options, archive=archive, **named, **clock(night))
        after.append((timeless(archive), done.returncode, summary(done.stderr)))
    assert [code for _, code, _ in after] == [0, 1], "much that was edited at once is an alarm"
    return named, files, after, len(MANY) // 2


def summary(said):
    """How many portals were fine, how many articles new and edited."""
    (line,) = re.findall(r"\d+ portals: \d+ fine, \d+ failed; \d+ new articles, \d+ edited", said)
    return line


def options_of(warc):
    return ("-s", "SPIDER_MODULES=samples.spiders", "-s", f"REPLAY_WARC={warc}", "-s", "WORKERS=1",
            "-s", f"CLUSTER_LEASE={LEASE}")  # fmt: skip


def clock(night):
    return {"KHCN_CLOCK_AHEAD": LATER} if night else {}


def test_two_nights_of_killed_machines_are_as_those_of_one(portals, objects, tmp_path):
    """Night 1: a worker is killed with -9 in the middle of its work. Night 2: the scheduler is."""
    named, (first, second), after, shared_hosts = portals
    archive, store = tmp_path / "archive.db", objects.store(tmp_path.name)
    environment = {**named, **objects.environment}
    words = ("nightly", "--store", store)
    with machines(tmp_path, 2, **environment) as made:
        words += ("--scheduler", made.address)
        running = started(*words, *options_of(first), archive=archive, log=tmp_path / "night1", **environment)  # fmt: skip
        worker = made.busy()
        commands = children_of(worker.pid)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        made.add()
        code, said = running.wait(400), (tmp_path / "night1").read_text()
        assert "was silent for too long" in said and "Traceback" not in said, said
        assert not [pid for pid in commands if is_running(pid)], "it left a crawl behind"
        assert not differing(timeless(archive), after[0][0])
        assert (code, summary(said)) == after[0][1:]
    with machines(tmp_path, 2, **environment, **clock(1)) as made:
        words = (*words[:-1], made.address)
        running = started(*words, *options_of(second), archive=archive, log=tmp_path / "night2", **environment, **clock(1))  # fmt: skip
        made.busy()
        os.kill(made.scheduler.pid, signal.SIGKILL)
        made.scheduler.wait()
        time.sleep(1)
        made.begin()
        made.add(2)
        code, said = running.wait(400), (tmp_path / "night2").read_text()
        assert "the scheduler lost it" in said and "Traceback" not in said, said
    assert not differing(timeless(archive), after[1][0])
    assert (code, summary(said)) == after[1][1:]
    logs = [path.read_text() for path in (*tmp_path.glob("night?"), *tmp_path.glob("*.txt"))]
    assert not [log for log in logs if objects.environment["AWS_SECRET_ACCESS_KEY"] in log]
    # Each two that share a host are one shard.
    shards = {name: look_at(store, objects, name) for name in shards_in(store, objects)}
    assert len(shards) == shared_hosts and shards["nukeviet"]["portals"] == [
        "nukeviet",
        "wordpress",
    ]


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return b"scrapy" in open(f"/proc/{pid}/cmdline", "rb").read()  # noqa: PTH123


def shards_in(store, objects):
    os.environ.update(objects.environment)
    return Store(store).names("shards")


def look_at(store, objects, name):
    found = look(Store(store), f"shards/{name}")
    assert found.ended
    return found.state


SOME = ["nukeviet", "wordpress", "vnpt"]


@pytest.fixture
def some(tmp_path):
    folder = tmp_path / "some"
    folder.mkdir()
    return {"SAMPLE_PORTALS": str(described(folder, SOME))}, two_nights(folder, SOME)


def test_a_shard_goes_on_from_the_archive_whoever_worked_on_it(some, tmp_path):
    """One machine's night before, an article removed, portals in other groups: all are obeyed."""
    named, (first, second) = some
    one, many = tmp_path / "one" / "archive.db", tmp_path / "many" / "archive.db"
    store = ("--store", f"file://{tmp_path}/store")
    one.parent.mkdir()
    assert nightly(*options_of(first), archive=one, **named).returncode == 0
    url = rows(one, "select url from articles where portal = 'vnpt' order by id limit 1")[0][0]
    assert scrapy("remove", url, "--reason", "x", archive=one).returncode == 0
    shutil.copytree(one.parent, many.parent)
    for archive, more in ((one, ()), (many, store)):
        done = nightly(*options_of(second), *more, archive=archive, **named, **clock(1))
        assert done.returncode == 0, done.stderr
    assert not differing(many, one)
    # The store has the state; an archive made anew of it alone is the same.
    again = tmp_path / "again" / "archive.db"
    again.parent.mkdir()
    done = scrapy("reextract", "--dry-run", *store, *options_of(second), archive=again, **named)
    assert done.returncode == 0, done.stderr
    assert rows(again, "select * from articles order by id") == rows(many, "select * from articles order by id")  # fmt: skip


def test_two_who_deal_at_once(some, tmp_path):
    """The second is told who does, and that it is to come later; so is one who has no scheduler."""
    named, (first, _) = some
    store = ("--store", f"file://{tmp_path}/store")
    archive = tmp_path / "archive.db"
    with machines(tmp_path, 0) as made:
        words = ("nightly", *store, "--scheduler", made.address, *options_of(first))
        running = started(*words, archive=archive, log=tmp_path / "said", **named)
        while not (tmp_path / "store" / "coordinator" / "00000001" / "beat.json").exists():
            assert running.poll() is None, (tmp_path / "said").read_text()
            time.sleep(0.1)
        other = nightly(*store, *options_of(first), archive=tmp_path / "other" / "archive.db", **named)  # fmt: skip
        assert other.returncode == 75 and "deals out of" in other.stderr
        assert not (tmp_path / "other" / "archive.db").exists()
        same = nightly(*store, *options_of(first), archive=archive, **named)
        assert same.returncode == 75
        running.send_signal(signal.SIGINT)  # nobody works for it yet
        assert running.wait(60) == 1
    said = (tmp_path / "said").read_text()
    assert "never had their turn: nukeviet, vnpt, wordpress" in said and "Traceback" not in said
    # It has let go: the next one need not wait.
    assert nightly(*store, *options_of(first), archive=archive, **named).returncode == 0
    away = nightly(*store, "--scheduler", made.address, *options_of(first), "-s", "CLUSTER_CONNECT=1", archive=archive, **named)  # fmt: skip
    assert away.returncode == 1 and "no scheduler answers" in away.stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--scheduler", "tcp://127.0.0.1:9"), 2, "wants --store"),
        (("--store", "ftp://x/y"), 2, "store"),
        (("--store", "file:///proc/nowhere/store"), 74, "cannot be used"),
        (("--store", "s3://bucket/x"), 74, "cannot be used"),
    ],
)
def test_wrong_use(words, code, said, some, tmp_path):
    named, (first, _) = some
    environment = {
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_ACCESS_KEY_ID": "key", "AWS_REGION": "x",
        "AWS_SECRET_ACCESS_KEY": "topsecret",
    }  # fmt: skip
    done = nightly(*words, *options_of(first), archive=tmp_path / "archive.db", **named, **environment)  # fmt: skip
    assert done.returncode == code and said in done.stderr and "Traceback" not in done.stderr
    assert "topsecret" not in done.stderr and not (tmp_path / "archive.db").exists()


def test_a_worker_without_a_disk(some, tmp_path):
    """It says so; another one does its part, and the summary names who did not."""
    named, (first, _) = some
    archive, store = tmp_path / "archive.db", f"file://{tmp_path}/store"
    lost = tmp_path / "lost"
    lost.mkdir()
    with machines(tmp_path, 0, **named) as made:
        made.add(1, scratch=lost)
        while not list(lost.rglob("worker-*")):
            assert made.workers[0].poll() is None, (tmp_path / "workers.txt").read_text()
            time.sleep(0.1)
        shutil.rmtree(lost)
        lost.write_text("a disk that is gone")
        made.add(1)
        done = nightly("--store", store, "--scheduler", made.address, *options_of(first), archive=archive, **named)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "its disk could not be written" in done.stderr and "3 portals: 3 fine" in done.stderr
    assert "given to another one" in done.stderr and "Traceback" not in done.stderr

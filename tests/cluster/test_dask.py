"""A scheduler's workers as an Executor, and as those who do tasks."""

from __future__ import annotations

import pytest

from crawler.cluster.dask import DaskWorkers, SchedulerError, executor
from crawler.cluster.task import Job, Task
from tests.cluster.machines import machines


def test_an_executor(tmp_path):
    with machines(tmp_path, 1) as made:
        with executor(made.address, 10) as pool:
            assert list(pool.map(divmod, [7, 9], [2, 4])) == [(3, 1), (2, 1)]
            failing = pool.submit(int, "x")
            assert isinstance(failing.exception(60), ValueError)
        workers = DaskWorkers(made.address, 10)
        try:
            while not workers.room():
                workers.ended(0.2)
            job = Job(
                "r",
                f"file://{tmp_path}/store",
                "name",
                "nightly",
                (),
                (),
                "other rules",
                3.0,
                "stop",
            )
            workers.begin(job, Task("g", ("p",), ("p",)), but=frozenset())
            assert workers.room() == 0
            (outcome,) = workers.ended(60)
            assert (outcome.group, outcome.trouble) == ("g", "other_rules")
            assert outcome.address.startswith("tcp://127.0.0.1:") and workers.room() == 1
        finally:
            workers.close()
    with pytest.raises(SchedulerError) as caught:
        executor(made.address, 0.5)
    assert made.address in str(caught.value)

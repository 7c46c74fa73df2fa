"""Many machines on paper: the model waits for whoever is slowest, and a merge takes every row once."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bench.machines import (
    ARCHIVE_BYTES,
    CHANGE,
    MERGE_BESIDE,
    MERGE_NEW,
    READ,
    STAMP,
    STORE,
    Rereading,
    levels,
    merged,
)

MOVED = ARCHIVE_BYTES / 1e9 * STORE  # seconds for an article


@pytest.mark.parametrize("changed", [0.0, 0.05, 0.5, 1.0])
def test_workers_help_until_the_writer_is_waited_for(changed):
    work = Rereading(1_000_000, changed)
    hours = [work.hours(workers) for workers in range(1, 200)]
    assert all(more <= fewer for fewer, more in pairwise(hours))
    assert hours[work.most - 1] > work.writer / 3600 == hours[work.most] == hours[-1]
    assert work.hours(2) < 0.56 * work.hours(1) or changed == 1.0


def test_the_writer_is_paid_for_each_look_by_what_it_says():
    assert Rereading(1_000, 0.0).writer == pytest.approx(1_000 * STAMP)
    assert Rereading(1_000, 0.25).writer == pytest.approx(250 * CHANGE + 750 * STAMP)
    assert Rereading(1_000, 1.0).readers(1) > 1_000 * READ


def test_what_a_merge_costs():
    assert merged(1_000, 1, 8) == 0
    two = 500 * (MERGE_NEW + MERGE_BESIDE) + 1_000 * MOVED
    assert merged(1_000, 2, 2) == merged(1_000, 2, 8) == pytest.approx(two)
    # Four by twos: both pairs at once, then the pairs.
    assert merged(1_000, 4, 2) == pytest.approx(merged(500, 2, 2) + merged(1_000, 2, 2))


@pytest.mark.parametrize(
    ("shards", "fan", "wanted"), [(34, 34, 1), (34, 8, 2), (64, 8, 2), (65, 8, 3), (8, 2, 3)]
)
def test_levels_of_a_tree(shards, fan, wanted):
    assert levels(shards, fan) == wanted

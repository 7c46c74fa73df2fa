"""Of all who think that they hold a shard, one can write it."""

from __future__ import annotations

import json
import threading
import time
from random import Random

import pytest

from crawler.cluster.lease import Beating, Found, Lease, LostLeaseError, look, take
from crawler.cluster.store import Store

SHORT = 0.8  # seconds


@pytest.fixture
def store(address):
    return Store(address)


def test_one_after_the_other(store):
    assert look(store, "p") == Found()
    first = take(store, "p", "a", lasts=SHORT)
    assert (first.token, first.before, look(store, "p").owner) == (1, None, "a")
    first.end({"n": 1})
    second = take(store, "p", "b", lasts=SHORT)
    assert (second.token, second.before, second.lost) == (2, {"n": 1}, ())
    second.end(None)  # nothing came of it
    assert look(store, "p") == Found(2, state={"n": 1})
    assert take(store, "p", "c", lasts=SHORT).before == {"n": 1}


def test_whoever_was_thought_dead_can_write_nothing(store):
    """It comes back after another one took over; and after that one has ended, too."""
    zombie = take(store, "p", "zombie", lasts=SHORT)
    heir = take(store, "p", "heir", lasts=SHORT)
    assert heir.lost == ("zombie",) and heir.token == 2
    assert zombie.is_over()
    zombie.beat()
    with pytest.raises(LostLeaseError):
        zombie.end({"by": "zombie"})
    assert look(store, "p") == Found(2, "heir", None, ended=False)
    heir.end({"by": "heir"})
    with pytest.raises(LostLeaseError):
        zombie.end({"by": "zombie"})
    assert look(store, "p").state == {"by": "heir"}
    with pytest.raises(LostLeaseError):
        heir.end({"by": "heir again"})


def test_who_ends_while_it_is_given_up_has_ended(store):
    """The end that was written first counts, and whoever takes over begins with it."""
    slow = take(store, "p", "slow", lasts=SHORT)
    slow.end({"by": "slow"})
    heir = take(store, "p", "heir", lasts=SHORT)
    assert heir.before == {"by": "slow"} and heir.lost == ()


def test_a_heart_that_beats_is_waited_for(store):
    lease = take(store, "p", "slow", lasts=SHORT)
    taken = []
    waiting = threading.Thread(target=lambda: taken.append(take(store, "p", "next", lasts=SHORT)))
    with Beating(lease, SHORT) as beating:
        waiting.start()
        time.sleep(3 * SHORT)
        assert not taken and not beating.over.is_set()
        lease.end({"n": 1})
    waiting.join(20)
    assert taken[0].before == {"n": 1} and taken[0].lost == ()


def test_a_heart_hears_of_its_end_and_of_wishes(store):
    lease = take(store, "p", "a", lasts=SHORT)
    with Beating(lease, SHORT, lambda: store.get("stop") is not None) as beating:
        assert not beating.wanted.wait(SHORT / 2)
        store.put("stop", b"x")
        assert beating.wanted.wait(10)
        store.create(f"{lease.folder}/end.json", json.dumps({"state": None}).encode())
        assert beating.over.wait(10)


def test_many_at_once_take_turns(store):
    """Each adds itself to what it found; nobody's addition is lost, and no token is given twice."""
    count, seen, errors = 6, [], []

    def work(number: int) -> None:
        try:
            lease = take(store, "p", str(number), lasts=8)
            assert isinstance(lease, Lease)
            seen.append(lease.token)
            time.sleep(Random(number).uniform(0, 0.05))
            lease.end({"all": [*(lease.before or {"all": []})["all"], number]})
        except Exception as error:  # noqa: BLE001 -- told below, in the test's own thread
            errors.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not errors
    assert sorted(seen) == list(range(1, count + 1))
    assert sorted(look(store, "p").state["all"]) == list(range(count))


def test_enough_is_not_taken(store):
    take(store, "p", "a", lasts=SHORT).end({"job": "tonight"})
    found = take(store, "p", "b", lasts=SHORT, enough=lambda f: f.state == {"job": "tonight"})
    assert found == Found(1, state={"job": "tonight"})
    assert store.names("p") == ["00000001"]

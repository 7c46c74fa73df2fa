"""A night over hosts that misbehave as a whole, all in one run."""

from __future__ import annotations

import re
from contextlib import ExitStack
from itertools import pairwise

import pytest

from tests.hostile.certificates import Authority
from tests.hostile.host_cases import CASES, Host, answer_of
from tests.hostile.server import listen, reply
from tests.hostile.world import crawl
from tests.scrapy_command import rows


@pytest.fixture(scope="module")
def night(tmp_path_factory):
    folder = tmp_path_factory.mktemp("night")
    authority, other = Authority(folder), Authority(folder, "Khác")
    hosts: dict[str, Host] = {}
    portals: dict[str, dict] = {}
    with ExitStack() as stack:
        canary = stack.enter_context(listen(lambda asked: reply("User-agent: *\nDisallow: /\n")))
        for at, case in enumerate(CASES, 1):
            answer, known = answer_of(case, canary.url)
            address = f"127.0.4.{at}"
            tls = case.tls(address, authority, other) if case.tls else None
            served = stack.enter_context(listen(answer, host=address, tls=tls, greet=case.greet))
            served.scheme = case.scheme
            known.append(Host(case, served, canary.url))
            hosts[case.name] = known[0]
            facts = {"url": f"{served.url}/", "platform": "nukeviet"} | case.facts
            portals[case.name] = facts
        allowed = [h.served.place for h in hosts.values() if not h.case.facts.get("closed")]
        ended = crawl(
            folder / "archive.db", portals, [*allowed, "127.0.4.250:9"], "DOWNLOAD_TIMEOUT=4",
            authority=authority.file, arguments=("max_pages=400",),
        )  # fmt: skip
        yield hosts, ended, canary


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_host(case, night):
    hosts, ended, _ = night
    served = hosts[case.name].served
    outcome, failure, evidence = ended.portals()[case.name]
    assert (outcome, failure) == (case.outcome, case.failure), evidence
    kept = rows(ended.archive, "select count(*) from articles where portal = ?", case.name)
    assert kept == [(case.articles,)]
    said = rows(
        ended.archive,
        "select outcome from captures where portal = ?1 union select reason from issues where portal = ?1",
        case.name,
    )
    assert not case.issue or (case.issue,) in said, said
    assert len(served.hits) <= case.requests, served.paths()[:40]
    assert served.connections <= case.requests + 2
    assert not case.never or not [p for p in served.paths() if re.search(case.never, p)]
    if case.gap and not case.gap[0]:
        gaps = [later.at - hit.at for hit, later in pairwise(served.hits)]
        assert min(gaps) >= case.gap[1], gaps
    elif case.gap:
        first = next(at for at, hit in enumerate(served.hits) if re.search(case.gap[0], hit.path))
        assert served.hits[first + 1].at - served.hits[first].at >= case.gap[1]


def test_the_night(night):
    _, ended, canary = night
    assert ended.exit_code == 1 and "Traceback" not in ended.stderr
    assert canary.connections == 0, canary.paths()
    assert ended.peak < 500
    # What a host did not answer is not given up: it waits for another night.
    assert rows(
        ended.archive,
        "select count(*) from _frontier where portal in ('rhang', 'r503', 'expired') "
        "and state = 'parked'",
    ) == [(3,)]

"""Every hostile page comes to what it must, beside healthy ones that all are kept."""

from __future__ import annotations

import pytest

from tests.hostile.content_cases import CASES as CONTENT
from tests.hostile.frame_cases import CASES as FRAMES
from tests.hostile.server import listen, reply
from tests.hostile.transport_cases import CASES as TRANSPORT
from tests.hostile.world import Case, Gauntlet, crawl
from tests.scrapy_command import rows

CASES: list[Case] = [*TRANSPORT, *FRAMES, *CONTENT]


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    archive = tmp_path_factory.mktemp("gauntlet") / "archive.db"
    with listen(lambda asked: reply("<h1>secret</h1>")) as canary:
        gauntlet = Gauntlet(CASES, canary.url)
        with gauntlet.serving("127.0.0.2") as served:
            ended = crawl(
                archive, {"gauntlet": {"url": f"{served.url}/", "platform": "nukeviet"}},
                [served.place], "DOWNLOAD_TIMEOUT=2", arguments=("max_pages=1000",),
            )  # fmt: skip
            yield gauntlet, ended, canary


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_page(case, ran):
    gauntlet, ended, _ = ran
    path = next(path for path, one in gauntlet.paths.items() if one is case)
    url = gauntlet.served.url + path
    said, articles = ended.said().get(url, set()), ended.articles()
    assert case.outcome in said, said
    if case.reason:
        assert case.reason in said, said
    if case.note:
        assert case.note in said, said
    if case.stored:
        title, text = case.stored
        assert articles[url][0] == title
        assert not text or articles[url][1] == text
    else:
        assert url not in articles
    assert 1 <= len(gauntlet.hits(path)) <= case.requests
    assert gauntlet.seconds(path) < case.seconds
    assert gauntlet.megabytes(path, ended) < case.megabytes


def test_the_rest(ran):
    gauntlet, ended, canary = ran
    articles = ended.articles()
    healthy = {gauntlet.served.url + path for path in gauntlet.site.addresses.values()}
    assert healthy <= articles.keys(), "every healthy article is kept"
    wanted = sum(case.stored is not None for case in CASES)
    assert len(articles) == len(healthy) + wanted, "and nothing that is none"
    assert canary.hits == [] and canary.connections == 0
    assert "Traceback" not in ended.stderr and ended.exit_code == 1
    assert len(gauntlet.served.hits) <= len(healthy) + sum(case.requests for case in CASES) + 40
    assert not [path for path in gauntlet.served.paths() if "ssrf" in path]
    kept = rows(
        ended.archive,
        "select count(*) from captures where outcome <> 'ok' and warc is not null "
        "and outcome in ('too_large', 'truncated', 'bad_encoding', 'timeout', 'connection')",
    )
    assert kept == [(0,)], "no part of an answer is kept as one"
    assert ended.peak < 300

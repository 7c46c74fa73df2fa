"""A night on which nothing is new: few requests, no article, little time, nothing written."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from contextlib import ExitStack
from datetime import timedelta
from types import SimpleNamespace

import pytest

from samples.server import serve
from samples.shells import dotnetnuke, drupal, joomla, nukeviet, vnpt, wordpress
from tests.end_to_end.simulated_portal import FIRST
from tests.end_to_end.test_systems import FAST
from tests.scrapy_command import rows, scrapy

SHELLS = (nukeviet, wordpress, drupal, vnpt, joomla, dotnetnuke)
PORTALS = 20
EMPTY_SPIDER = """
import json, os
import scrapy

class Empty(scrapy.Spider):
    name = "empty"
    async def start(self):
        for url in json.loads(os.environ["URLS"]):
            yield scrapy.Request(url, dont_filter=True)
    def parse(self, response):
        pass
"""


def cpu_of(action) -> float:
    """Processor seconds of the child processes that an action starts and waits for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    action()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.fixture(scope="module")
def night(tmp_path_factory):
    folder = tmp_path_factory.mktemp("quiet")
    archive, told = folder / "archive.db", folder / "portals.json"
    with ExitStack() as stack:
        sites, portals = {}, {}
        for at in range(PORTALS):
            shell = SHELLS[at % len(SHELLS)]
            newest = FIRST.date() - timedelta(days=3)
            site = shell.build(24, seed=at, newest=newest)
            served = stack.enter_context(serve(site, host=f"127.0.2.{at + 1}"))
            name = f"{site.name}_{at}"
            sites[name] = (site, served)
            portals[name] = {"url": f"{served.url}/", "platform": site.name}
        told.write_text(json.dumps(portals), encoding="utf-8")
        hosts = ",".join(served.url.partition("://")[2] for _, served in sites.values())

        def visit(day: int):
            ahead = (FIRST + timedelta(days=day)).timestamp() - time.time()
            done = scrapy(
                "nightly", *FAST, "-s", "SPIDER_MODULES=samples.spiders",
                "-s", f"PRIVATE_HOSTS_ALLOWED={hosts}", archive=archive,
                KHCN_CLOCK_AHEAD=str(ahead), SAMPLE_PORTALS=str(told),
            )  # fmt: skip
            assert done.returncode == 0, done.stderr[-2000:]
            return done

        visit(0)
        before = rows(archive, "select * from articles order by id")
        revisions = rows(archive, "select count(*) from revisions")
        for _, served in sites.values():
            served.hits.clear()
        cpu = cpu_of(lambda: visit(1))
        asked = {name: [path for _, path in served.hits] for name, (_, served) in sites.items()}
        urls = [served.url + path for name, (_, served) in sites.items() for path in asked[name]]
        spider = folder / "empty.py"
        spider.write_text(EMPTY_SPIDER, encoding="utf-8")

        def empty():
            subprocess.run(
                [sys.executable, "-m", "scrapy", "runspider", str(spider), "--nolog"],
                cwd=folder, env={**os.environ, "URLS": json.dumps(urls)}, check=True,
                capture_output=True, timeout=200,
            )  # fmt: skip

        yield SimpleNamespace(
            archive=archive, sites=sites, asked=asked, cpu=cpu, empty=cpu_of(empty),
            before=before, revisions=revisions,
        )  # fmt: skip


def test_three_requests_a_section_at_most_and_no_article(night):
    for name, (site, _) in night.sites.items():
        asked = night.asked[name]
        sections = len({article.section for article in site.articles})
        assert 0 < len(asked) <= 3 * sections, (name, asked)
        assert not set(asked) & set(site.addresses.values()), name


def test_nothing_is_written_of_articles(night):
    assert len(night.before) == PORTALS * 24
    assert rows(night.archive, "select * from articles order by id") == night.before
    assert rows(night.archive, "select count(*) from revisions") == night.revisions


def test_little_time_beyond_scrapys_own(night, capsys):
    requests = sum(map(len, night.asked.values()))
    beyond = (night.cpu - night.empty) / requests * 1000
    with capsys.disabled():
        print(
            f"\nquiet night: {requests} requests, {night.cpu:.2f} s CPU, empty spider "
            f"{night.empty:.2f} s, {beyond:.1f} ms a request beyond it"
        )
    assert beyond <= 25  # 10 on a machine that does nothing else

"""Scrapy's own commands work here as everywhere: no archive, no traceback, and the guards stay on."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from samples.portals import SITES
from samples.server import Served, serve
from samples.site import Answer
from tests.conftest import ROOT
from tests.scrapy_command import scrapy

QUICKLY = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False")
PLAIN = '''
import scrapy


class Plain(scrapy.Spider):
    name = "plain"
    start_urls = ["{url}"]

    def parse(self, response):
        """Reads the list.

        @url {url}
        @returns items 1
        """
        yield {{"title": response.css("title::text").get()}}
'''


@pytest.fixture(scope="module")
def site():
    return SITES["nukeviet"]()


@pytest.fixture(scope="module")
def served(site):
    with serve(site) as going:
        yield going


@pytest.fixture
def project(tmp_path) -> Path:
    """A folder for spiders, so that none is written into the project's own."""
    (tmp_path / "scratch").mkdir()
    (tmp_path / "scratch" / "__init__.py").write_text("", encoding="utf-8")
    return tmp_path


def run(
    served: Served, project: Path, *words: object, allowed: bool = True
) -> subprocess.CompletedProcess[str]:
    """A command that must end well, beside the spiders in `project` and without an archive."""
    place = served.url.partition("://")[2] if allowed else ""
    done = scrapy(
        *words, *QUICKLY, "-s", f"PRIVATE_HOSTS_ALLOWED={place}", "-s", "SPIDER_MODULES=scratch,samples.spiders",
        "-s", "NEWSPIDER_MODULE=scratch", "-s", f"ARCHIVE_DB={project / 'none.db'}",
        PYTHONPATH=f"{ROOT}:{project}", BROWSER="/bin/true",
        SAMPLE_PORTALS=_portals(served, project),
    )  # fmt: skip
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    assert done.returncode == 0, done.stderr
    assert not (project / "none.db").exists()
    return done


def _portals(served: Served, project: Path) -> str:
    file = project / "portals.json"
    start = SITES["nukeviet"]().start
    told = {"mau": {"url": f"{served.url}{start}", "platform": "nukeviet"}}
    file.write_text(json.dumps(told), encoding="utf-8")
    return str(file)


def article(site, served) -> dict:
    row = next(iter(site.gold()))
    return {**row, "url": row["url"].replace(site.root, served.url)}


def test_shell(site, served, project):
    url = article(site, served)["url"]
    done = run(served, project, "shell", url, "-c", "(response.status, len(response.body) > 500)")
    assert "(200, True)" in done.stdout


@pytest.mark.parametrize("spider", [(), ("--spider", "mau")])
def test_fetch(site, served, project, spider):
    wanted = article(site, served)
    assert wanted["title"] in run(served, project, "fetch", *spider, wanted["url"]).stdout


def test_view(site, served, project):
    run(served, project, "view", article(site, served)["url"])


def test_parse_reads_an_article_as_a_crawl_does(site, served, project):
    wanted = article(site, served)
    options = ("--spider", "mau", "--pipelines", "--nocolour")
    said = run(served, project, "parse", *options, wanted["url"]).stdout
    assert " ".join(wanted["title"].split()[:3]) in said
    assert f"'published': '{wanted['date']}'" in said


def test_parse_follows_the_links_of_a_list(site, served, project):
    said = run(
        served, project, "parse", "--spider", "mau", "--nocolour", f"{served.url}{site.start}"
    ).stdout
    assert said.count("<GET ") >= 5


def test_runspider_of_a_plain_spider_has_whole_stats(served, site, project):
    file = project / "plain.py"
    file.write_text(PLAIN.format(url=f"{served.url}{site.start}"), encoding="utf-8")
    items = project / "items.jsonl"
    said = run(served, project, "runspider", file, "-o", items, "-s", "LOG_LEVEL=INFO").stderr
    for told in (
        "'finish_reason': 'finished'", "'item_scraped_count': 1", "'response_received_count': 2",
        "'downloader/response_status_count/200': 2", "'elapsed_time_seconds': ",
    ):  # fmt: skip
        assert told in said, said[said.find("Dumping") :]
    assert json.loads(items.read_text(encoding="utf-8"))["title"]


def test_runspider_of_a_portal_reads_its_articles(served, site, project):
    (project / "portal_alone.py").write_text(
        "from crawler.platforms.nukeviet import NukeVietSpider\n\n\n"
        "class Alone(NukeVietSpider):\n"
        "    name, province = 'alone', 'yen_bai'\n"
        f"    allowed_domains = ['{served.url.partition('://')[2]}']\n"
        f"    start_urls = ['{served.url}{site.start}']\n",
        encoding="utf-8",
    )
    items = project / "items.jsonl"
    run(served, project, "runspider", project / "portal_alone.py", "-o", items)
    pages = [json.loads(line) for line in items.read_text(encoding="utf-8").splitlines()]
    titles = {page["reading"]["article"]["title"] for page in pages if page["reading"]["article"]}
    assert titles == {row["title"] for row in site.gold()}


def test_genspider_then_crawl(served, site, project):
    run(served, project, "genspider", "fresh", f"{served.url}{site.start}")
    source = (project / "scratch" / "fresh.py").read_text(encoding="utf-8")
    (project / "scratch" / "fresh.py").write_text(
        source.replace("pass", 'yield {"status": response.status}'), encoding="utf-8"
    )
    items = project / "items.jsonl"
    run(served, project, "crawl", "fresh", "-O", items)
    assert json.loads(items.read_text(encoding="utf-8")) == {"status": 200}


def test_check_runs_contracts(served, site, project):
    (project / "scratch" / "plain.py").write_text(
        PLAIN.format(url=f"{served.url}{site.start}"), encoding="utf-8"
    )
    said = run(served, project, "check", "plain").stderr
    assert "Ran 2 contracts" in said or "Ran 1 contract" in said
    assert "OK" in said
    run(served, project, "check", "-l")


def test_bench(served, project):
    done = run(served, project, "bench", "-s", "CLOSESPIDER_TIMEOUT=3", allowed=False)
    assert "Crawled" in done.stderr


@pytest.mark.parametrize("command", ["fetch", "shell"])
def test_private_addresses_stay_closed(served, site, project, command):
    served.hits.clear()
    words = (article(site, served)["url"],) + (("-c", "1") if command == "shell" else ())
    scrapy(command, *words, *QUICKLY)
    assert served.hits == []


def test_robots_are_obeyed(project):
    site = SITES["nukeviet"]()
    site.pages["/robots.txt"] = lambda: Answer(200, "User-agent: *\nDisallow: /\n", "text/plain")
    with serve(site) as served:
        run(served, project, "fetch", article(site, served)["url"])
        assert [path for _, path in served.hits] == ["/robots.txt"]

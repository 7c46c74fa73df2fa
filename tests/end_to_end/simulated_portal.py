"""Sample portals that change from night to night, and one archive that visits them all."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Collection, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Self

from samples.articles import MADE_UP, SampleArticle, compose
from samples.server import Served, serve
from samples.shells.nukeviet import SHELL
from samples.site import Answer, Site
from tests.conftest import ROOT
from tests.end_to_end.test_systems import FAST
from tests.scrapy_command import command, rows, scrapy

FIRST = datetime(2025, 6, 20, 15, 10, tzinfo=UTC)  # 22:10 in Hà Nội
COUNTERS = re.compile(r"Đang online: [\d.]+|Hôm nay: [\d.]+|truy cập: [\d.]+")


def article_page(body: str) -> Answer:
    return Answer(200, MADE_UP + body)


class Living:
    """A portal with its own life: what it publishes and how its server behaves tonight."""

    forms = None

    def __init__(self, name: str, count: int) -> None:
        self.name = name
        self.site: Site = SHELL.build(count, newest=FIRST.date() - timedelta(days=1))
        self.root, self.served, self.elsewhere = self.site.root, Served(""), ""
        self.host = ""  # the name it is known by, where it has one
        self.rule = None  # (path, answer) → answer: how the server behaves tonight
        self.marked = ""  # the path of the article that its fate is about
        self.looks = 0

    def answer(self, path: str) -> Answer:
        answer = self.site.answer(path)
        if self.rule:
            answer = self.rule(path, answer)
        if answer.status == 200 and answer.content_type.startswith("text/html"):
            answer = replace(answer, body=self._restless(answer.body))
        return answer

    def _restless(self, html: str) -> str:
        """Counters, tokens and banners differ at every look, as they do everywhere."""
        self.looks += 1
        html = COUNTERS.sub(lambda m: f"{m[0].partition(':')[0]}: {self.looks * 17}", html)
        token = f'<input type="hidden" name="__token" value="{self.looks * 7919:x}">'
        banner = f'<div class="qc"><a href="https://qc.example.vn/{self.looks}">Liên kết web {self.looks}</a></div>'
        return html.replace("</body>", f"{token}{banner}</body>")

    def publish(self, day: date, count: int = 1, *, at: int = 0, **fields) -> list[SampleArticle]:
        """New articles, at the head of the lists or further down."""
        newest = max(article.id for article in self.site.articles)
        made = compose(
            count, seed=newest, sections=tuple(SHELL.sections), newest=day, first_id=newest + 1
        )
        made = [
            replace(article, published=made[0].published - timedelta(minutes=n), **fields)
            for n, article in enumerate(made)
        ]
        self.site.articles[at:at] = made
        SHELL.fill(self.site)
        return made

    def change(self, number: int, **fields) -> None:
        """The portal edits an article."""
        self.site.articles[number] = replace(self.site.articles[number], **fields)
        SHELL.fill(self.site)

    def path(self, number: int) -> str:
        return self.site.addresses[self.site.articles[number].id]

    def url(self, path: str) -> str:
        return self.served.url + path

    def is_article(self, path: str) -> bool:
        return path in self.site.addresses.values()

    def is_list(self, path: str) -> bool:
        return path == "/" or path in self.site.lists


class Nights:
    """One archive over all living portals; each night is one run of `scrapy nightly`."""

    def __init__(self, portals: list[Living], folder: Path, *, named: Collection[str] = ()) -> None:
        self.portals = {portal.name: portal for portal in portals}
        self.names: dict[str, str] = {}  # what the names of portals resolve to tonight
        self._named = named
        self.archive = folder / "archive.db"
        self._told = folder / "portals.json"
        self._stack = ExitStack()
        self.day = 0

    def __enter__(self) -> Self:
        told = {}
        for at, (name, portal) in enumerate(self.portals.items(), 1):
            address = f"127.0.1.{at}"  # a machine of its own
            portal.served = self._stack.enter_context(serve(portal, host=address))
            if name in self._named:
                portal.host = f"{name}.mau.test"
                self.names[portal.host] = address
                portal.served.url = portal.served.url.replace(address, portal.host)
            plain = self._stack.enter_context(
                serve(portal, host=address)
            )  # what answers where TLS should
            portal.elsewhere = plain.url.replace("http:", "https:")
            host = plain.url.partition("://")[2]
            told[name] = {"url": f"{portal.served.url}/", "platform": "nukeviet", "hosts": [host]}
        self._told.write_text(json.dumps(told), encoding="utf-8")
        return self

    def __exit__(self, *raised) -> None:
        self._stack.__exit__(*raised)

    @property
    def today(self) -> date:
        return (FIRST + timedelta(days=self.day)).date()

    def visit(self, *options: str, everything: bool = False, hours: float = 0.0):
        """Tonight's run; `everything`: each known article is due. `hours`: by which the clock is off."""
        if everything:
            self.all_due()
        done = self.command("nightly", *options, hours=hours)
        assert "Traceback" not in done.stderr, done.stderr[-3000:]
        self.day += 1
        return done

    def all_due(self, portals: Collection[str] = ()) -> None:
        """Every known article is looked at again tonight; of these portals, or of all."""
        which = f" and portal in ({', '.join('?' * len(portals))})" if portals else ""
        query = f"update _frontier set due = '2000-01-01' where kind = 'article'{which}"
        self.sql(query, *portals)

    def command(self, *words: str, hours: float = 0.0):
        """A command as it would be given so many hours after tonight's run."""
        arguments, environment = self._call(words, hours)
        return scrapy(*arguments, archive=self.archive, **environment)

    def killed(self, pages: int):
        """Tonight's run, killed when it has read so many pages."""
        arguments, environment = self._call(("nightly",), 0.0)
        last = self.sql("select coalesce(max(id), '') from runs")[0][0]
        process = subprocess.Popen(
            command(*arguments, archive=self.archive), cwd=ROOT, start_new_session=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        read = "select coalesce(sum(pages), 0) from run_portals where run > ?"
        while process.poll() is None and self.sql(read, last)[0][0] < pages:
            time.sleep(0.02)
        assert process.poll() is None, "it ended before it could be killed"
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.day += 1

    def _call(self, words: Sequence[str], hours: float) -> tuple[list[str], dict[str, str]]:
        hosts = [
            url.partition("://")[2]
            for portal in self.portals.values()
            for url in (portal.served.url, portal.elsewhere)
        ]
        moment = FIRST + timedelta(days=self.day, hours=hours)
        arguments = [
            *words, *FAST, "-s", "SPIDER_MODULES=samples.spiders", "-s", "REVISITS=500",
            "-s", f"PRIVATE_HOSTS_ALLOWED={','.join(hosts)}",
            "-s", "TWISTED_DNS_RESOLVER=samples.resolver.SampleResolver",
        ]  # fmt: skip
        return arguments, {
            "KHCN_CLOCK_AHEAD": str(moment.timestamp() - time.time()),
            "SAMPLE_PORTALS": str(self._told),
            "SAMPLE_NAMES": json.dumps(self.names),
        }

    def sql(self, query: str, *values):
        return rows(self.archive, query, *values)

    def verdicts(self) -> dict[str, tuple[str, str | None, frozenset[str]]]:
        """What the last run said of each portal: outcome, failure class, alarms."""
        return {
            portal: (outcome, failure, frozenset((alarms or "").split()))
            for portal, outcome, failure, alarms in self.sql(
                "select portal, outcome, failure, alarms from portal_health"
            )
        }

"""An article that stands at several addresses is read at the one that answers."""

from __future__ import annotations

import re
import sqlite3
from html import unescape
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.warcwriter import WARCWriter

from crawler.portals.model import Portal
from crawler.portals.urls import classify_url
from samples.portals import SITES
from samples.server import serve
from samples.site import Answer
from tests.conftest import ROOT
from tests.end_to_end.test_systems import crawl
from tests.scrapy_command import rows, scrapy

CAPTURES = ROOT.parent / "shared" / "captures" / "ha_noi_liferay.warc.gz"


FAILING = [404, 410, 403, 451, 500, 503]


@pytest.mark.parametrize("status", FAILING)
def test_another_section_has_it(status, tmp_path):
    """Every second article's first address fails, whichever the crawl asks first."""
    site = SITES["ha_noi"](24)
    archive = tmp_path / "archive.db"
    asked: dict[str, str] = {}
    number = {}

    def answer(path: str) -> Answer:
        key = path.rpartition("view_content/")[2].partition("-")[0].partition("?")[0]
        if key.isdigit() and whole(path).status == 200:
            first = asked.setdefault(key, path)
            number.setdefault(key, len(number))
            if path == first and number[key] % 2:
                return Answer(status, "")
        return whole(path)

    whole = site.answer
    site.answer = answer  # type: ignore[method-assign]
    with serve(site) as served:
        done = crawl(site, served, archive)
    titles = {title for (title,) in rows(archive, "select title from articles")}
    twice = {
        row["title"] for row in site.gold()
        if sum(row["url"].rpartition("/")[2] in path for path in site.pages) > 1
    }  # fmt: skip
    assert len(twice) >= 10, "the sample stands in two sections"
    assert twice <= titles, done.stderr
    assert not rows(
        archive,
        "select 1 from issues where reason like 'http_%' and article is not null",
    )


def test_an_article_is_not_gone_while_a_copy_answers(tmp_path):
    """On a later night the address that was read is dead, its copy in another section is not."""
    site = SITES["ha_noi"](12)
    archive = tmp_path / "archive.db"
    with serve(site) as served:
        crawl(site, served, archive)
        before = rows(archive, "select id, url from articles order by id")
        dead = {url.removeprefix(served.url) for _, url in before}
        for path in dead:
            site.pages.pop(path, None)
        for _ in range(2):
            look_again(site, served, archive)
    assert rows(archive, "select id from articles order by id") == [(i,) for i, _ in before]
    assert {status for (status,) in rows(archive, "select status from articles")} == {"live"}


def look_again(site, served, archive) -> None:
    """Another night, on which every article is due."""
    with sqlite3.connect(archive) as conn:
        conn.execute("update _frontier set due = '2000-01-01T00:00:00Z' where due is not null")
    conn.close()
    crawl(site, served, archive)


@pytest.mark.skipif(not CAPTURES.exists(), reason=f"{CAPTURES} is not here")
@pytest.mark.parametrize(("turn", "unreachable"), [(0, 2), (1, 4)])
def test_the_real_portal_loses_nothing_that_is_linked_elsewhere(
    turn, unreachable, portals, tmp_path
):
    """What is lost although it answers somewhere has that address on no page that was fetched."""
    replay("whole.db", CAPTURES, tmp_path)
    asked = rows(
        tmp_path / "whole.db",
        "select _frontier.url, key from articles join _frontier on _frontier.portal = articles.portal "
        "and _frontier.name = 'a:' || key order by _frontier.id",
    )
    dead = {url for at, (url, _) in enumerate(asked) if at % 2 == turn}
    kept = without(CAPTURES, dead, tmp_path / "half.warc.gz")
    replay("half.db", tmp_path / "half.warc.gz", tmp_path)
    half = tmp_path / "half.db"
    lost = {key for _, key in asked} - {key for (key,) in rows(half, "select key from articles")}
    fetched = {url for (url,) in rows(half, "select url from captures where outcome = 'ok'")}
    linked = linked_articles(CAPTURES, portals["ha_noi"])
    answering = {
        key: {url for found in linked.values() for url in found.get(key, ()) if url in kept}
        for key in lost
    }
    assert len(dead) == 35
    assert sum(map(bool, answering.values())) == unreachable
    for page in fetched & linked.keys():
        for key in lost & linked[page].keys():
            assert not linked[page][key] & answering[key], f"{page} names another address"


def linked_articles(warc: Path, portal: Portal) -> dict[str, dict[str, set[str]]]:
    """Page → the articles it links to by their keys → the addresses it gives for each."""
    found: dict[str, dict[str, set[str]]] = {}
    with warc.open("rb") as file:
        for record in ArchiveIterator(file):
            if record.rec_type != "response":
                continue
            page = record.rec_headers.get_header("WARC-Target-URI")
            markup = record.content_stream().read().decode("utf-8", "replace")
            keys = found.setdefault(page, {})
            for target in re.findall(r"""href=["']([^"']+)""", markup):
                url = classify_url(unescape(target), portal, base=page)
                if url.kind == "article":
                    keys.setdefault(url.key, set()).add(url.url)
    return found


def replay(name: str, warc: Path, folder: Path) -> None:
    done = scrapy("crawl", "ha_noi", "-s", f"REPLAY_WARC={warc}", archive=folder / name)
    assert done.returncode == 0, done.stderr


def without(source: Path, dead: set[str], target: Path) -> set[str]:
    """Copy a WARC file but for some addresses; returns those that stay."""
    kept = set()
    with source.open("rb") as old, target.open("wb") as new:
        writer = WARCWriter(new, gzip=True)
        for record in ArchiveIterator(old):
            url = record.rec_headers.get_header("WARC-Target-URI")
            if url not in dead:
                writer.write_record(record)
                kept.add(url)
    return kept

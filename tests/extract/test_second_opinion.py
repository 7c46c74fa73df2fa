"""Never less than most of what two independent readings of a page agree on, on every page there is."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.captures import read_capture, responses
from crawler.extract.blocks import parse, read_blocks
from crawler.extract.decode import decode
from crawler.extract.page import read_page
from crawler.extract.second_opinion import agreed
from crawler.items import Fetched
from crawler.registry.unknown_portal import portal_by_page
from samples.layouts.articles import ARTICLES
from samples.layouts.crowded import LAYOUTS
from samples.portals import SITES
from tests.conftest import ROOT
from tests.extract.test_unseen_bodies import PAGES, SEEN, URL, page

SHARED = Path(os.environ.get("SHARED_DIR", ROOT.parent / "shared"))
CAPTURES = ("real_sites", "ha_noi_liferay", "nukeviet")
LEAST = 0.6
FEWEST = 30  # words that readers agree on, below which a page has no article to lose


def layouts() -> Iterator[Fetched]:
    for draw, url in LAYOUTS.values():
        for printed in ARTICLES:
            yield Fetched(url, SEEN, 200, (), draw(printed).encode())


def shapes() -> Iterator[Fetched]:
    for _, inner, _, _ in PAGES:
        yield Fetched(URL, SEEN, 200, (), page(inner))


def samples() -> Iterator[Fetched]:
    for build in SITES.values():
        site = build()
        for row in site.gold():
            body = site.answer(row["url"].removeprefix(site.root)).body.encode()
            yield Fetched(row["url"], site.captured_at, 200, (), body)


def captured(name: str) -> Iterator[Fetched]:
    place = SHARED / "captures" / f"{name}.warc.gz"
    if not place.is_file():
        pytest.skip(f"no real pages here: {place}")
    gold = (SHARED / "captures" / f"{name}.gold.jsonl").read_text("utf-8").splitlines()
    articles = {json.loads(line)["url"] for line in gold}
    for found in responses(place):
        if found.url in articles:
            yield read_capture(found)


CORPORA = {"layouts": layouts, "shapes": shapes, "samples": samples}
CORPORA |= {name: lambda name=name: captured(name) for name in CAPTURES}


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def share_kept(fetched: Fetched) -> float:
    """How much of what others agree on our reading has; 1 where they agree on nothing."""
    decoded = decode(fetched.body, fetched.header("content-type")).text
    tree = parse(decoded)
    assert tree is not None
    theirs = words(" ".join(block.text for block in agreed(tree, read_blocks(tree))))
    if len(theirs) < FEWEST:
        return 1.0
    portal = replace(portal_by_page(fetched), article_urls=())
    article = read_page(fetched, portal, expect="headline").article
    if article is None:
        return 0.0
    ours = words(f"{article.title or ''} {article.summary or ''} {article.text}")
    return len(theirs & ours) / len(theirs)


@pytest.mark.parametrize("corpus", CORPORA)
def test_never_less_than_most_of_what_others_agree_on(corpus: str) -> None:
    lost = {}
    for fetched in CORPORA[corpus]():
        share = share_kept(fetched)
        if share < LEAST:
            lost[fetched.url, len(lost)] = round(share, 2)
    assert lost == {}

"""Which looks are worth having, and what lists of crawls say."""

from __future__ import annotations

import json

import pytest

from crawler.rescue.choice import best_looks
from crawler.rescue.common_crawl import read_crawls
from crawler.rescue.queue import Look
from crawler.rescue.sources import start_of
from crawler.wayback.cdx import CdxRow, Period

ORDER = ("one", "two")


def look(written):
    """`two 2019 A en`: source, timestamp, digest, address."""
    source, timestamp, digest, *more = written.split()
    folder = f"{more[0]}/" if more and more[0] != "refused" else ""
    url = f"https://h.vn/{folder}tin-1"
    state = "refused" if "refused" in more else "listed"
    digest = "" if digest == "-" else digest
    return Look(source, url, timestamp, digest, "text/html", "200", 9, "", url, "1", "article",
                state, None, 0, None, None)  # fmt: skip


@pytest.mark.parametrize(
    ("looks", "chosen"),
    [
        (["one 01 A"], [0]),
        (["one 01 A", "one 02 A", "one 03 A"], [0, 2]),  # first and last
        (["one 01 A", "one 02 A", "one 03 B", "one 04 B", "one 05 B"], [0, 2, 4]),
        (["one 01 A", "one 02 B", "one 03 A"], [0, 1, 2]),  # and back again
        (["one 01 A", "two 02 A", "one 03 A"], [0, 2]),
        (["one 01 -", "one 02 -", "one 03 A"], [0, 1, 2]),  # nobody knows
        (["one 01 A", "two 01 A", "one 02 B"], [0, 2]),  # one look, listed twice
        (["two 01 A", "one 01 A"], [1]),
        (["one 01 A", "one 02 A refused", "one 03 A"], [0, 2]),
        (["one 01 A", "one 01 B en", "one 05 C en"], [0]),  # a translation beside the original
        (["one 01 B en", "one 02 C en"], [0, 1]),  # nothing but a translation
    ],
)
def test_the_best_looks(looks, chosen):
    given = [look(written) for written in looks]
    found = best_looks(given, ORDER)
    assert [
        at for at, one in enumerate(given) if (one.source, one.url, one.timestamp) in found
    ] == chosen


INDEX = "https://index.commoncrawl.org"
LISTED = [
    {"id": "CC-MAIN-2024-10", "name": "February/March 2024 Index", "cdx-api": f"{INDEX}/CC-MAIN-2024-10-index",
     "timegate": f"{INDEX}/CC-MAIN-2024-10/", "from": "2024-02-20T20:57:40", "to": "2024-03-05T16:36:35"},
    {"id": "CC-MAIN-2009-2010", "cdx-api": f"{INDEX}/CC-MAIN-2009-2010-index"},
    {"id": "CC-MAIN-2019-35", "cdx-api": f"{INDEX}/CC-MAIN-2019-35-index"},
    {"id": "CC-MAIN-2012", "cdx-api": f"{INDEX}/CC-MAIN-2012-index"},
    {"id": "CC-MAIN-2020-05", "cdx-api": "https://elsewhere.example/CC-MAIN-2020-05-index"},
    {"id": 7, "cdx-api": None}, "x",
]  # fmt: skip


def test_a_list_of_crawls():
    crawls = read_crawls(json.dumps(LISTED).encode(), f"{INDEX}/collinfo.json")
    assert [crawl.name for crawl in crawls] == [
        "CC-MAIN-2009-2010", "CC-MAIN-2012", "CC-MAIN-2019-35", "CC-MAIN-2024-10",
    ]  # fmt: skip
    held = {
        years: [c.name[8:] for c in crawls if c.may_hold(Period.of(*years))]
        for years in (("2010", "2010"), ("2019", "2019"), ("2024-03", None), (None, None))
    }
    assert held[("2010", "2010")] == ["2009-2010"]
    assert held[("2019", "2019")] == ["2019-35"]
    assert held[("2024-03", None)] == ["2024-10"]
    assert len(held[(None, None)]) == 4


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"{}", b'[{"id": "a", "cdx-api": "https://x.vn/i"}]']
)
def test_what_is_no_list_of_crawls(body):
    with pytest.raises(ValueError, match="no list"):
        read_crawls(body, f"{INDEX}/collinfo.json")


@pytest.mark.parametrize(
    ("place", "found"),
    [("a/b c.warc.gz 17", ("a/b c.warc.gz", 17)), ("a.warc.gz x", None), ("", None), ("9", None)],
)
def test_places(place, found):
    assert start_of(CdxRow("u", "t", "m", "s", "d", 0, place)) == found

"""Atom as RFC 4287 wants it."""

from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import pytest

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ["/dong-tin/moi.atom", "/dong-tin/sua-go.atom", "/dong-tin/tinh/lao_cai.atom", "/dong-tin/cong/yen_bai.atom",
         "/tim.atom?q=nhan+hieu&nam=2025", "/tim.atom?q=khongcogi"]  # fmt: skip


def one(parent, name: str) -> str:
    found = parent.findall(ATOM + name)
    assert len(found) == 1, (name, len(found))
    return found[0].text or ""


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_is_valid(get, path):
    answer = get(path)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert not feedparser.parse(answer.content).bozo
    feed = ElementTree.fromstring(answer.content)
    assert feed.tag == f"{ATOM}feed"
    assert one(feed, "id").startswith("urn:uuid:") and one(feed, "title")
    datetime.fromisoformat(one(feed, "updated"))
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"].endswith(path) and urlsplit(links["alternate"]).scheme == "http"
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    entries = feed.findall(f"{ATOM}entry")
    assert entries or "khongcogi" in path
    names = [one(entry, "id") for entry in entries]
    assert len(set(names)) == len(names)
    for entry in entries:
        assert one(entry, "title") and one(entry, "summary") is not None
        datetime.fromisoformat(one(entry, "updated"))
        for published in entry.findall(f"{ATOM}published"):
            assert datetime.fromisoformat(published.text).tzinfo
        alternates = [
            link for link in entry.findall(f"{ATOM}link") if link.get("rel") == "alternate"
        ]
        assert len(alternates) == 1
        assert urlsplit(alternates[0].get("href")).path.startswith("/archive/articles/")


def test_an_unknown_province_has_no_feed(get):
    assert get("/dong-tin/tinh/atlantis.atom").status_code == 404


def test_the_same_feed_has_the_same_names(get):
    first, second = (feedparser.parse(get(FEEDS[0]).content) for _ in range(2))
    assert [entry.id for entry in first.entries] == [entry.id for entry in second.entries]

"""Requests that would leave the public web are not made."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from scrapy import Request
from scrapy.settings import Settings

from crawler.downloader.middlewares.private_hosts import PrivateHostsMiddleware
from crawler.http.outcomes import Forbidden
from crawler.http.public_addresses import is_public
from crawler.portals.hosts import is_own
from crawler.portals.model import Portal
from samples.portals import SITES
from samples.server import serve
from tests.scrapy_command import rows, scrapy


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("113.160.1.1", True), ("2001:4860:4860::8888", True),
        ("127.0.0.1", False), ("127.9.9.9", False), ("10.1.2.3", False), ("172.16.0.1", False),
        ("192.168.1.1", False), ("169.254.169.254", False), ("0.0.0.0", False), ("100.64.0.1", False),
        ("224.0.0.1", False), ("255.255.255.255", False), ("::1", False), ("fe80::1", False),
        ("fe80::1%eth0", False), ("fd00::1", False), ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False), ("2002:7f00:1::", False), ("192.0.2.1", False),
        ("64:ff9b::7f00:1", False), ("64:ff9b::a9fe:a9fe", False), ("64:ff9b::808:808", True),
        ("64:ff9b:1::808:808", False), ("2002:808:808::1", True), ("::ffff:8.8.8.8", True),
        ("2001:0:53aa:64c::1", False), ("2001:db8::1", False), ("::", False), ("::7f00:1", False),
        ("fec0::1", False), ("ff02::1", False), ("198.18.0.1", False), ("240.0.0.1", False),
        ("192.88.99.1", False), ("100.127.255.254", False), ("not an address", False),
    ],
)  # fmt: skip
def test_public_addresses(address, public):
    assert is_public(address) == public


def crawler_of(*hosts, allowed=""):
    portal = Portal("x", "yen_bai", "Sở", hosts=hosts)
    spider = SimpleNamespace(may_ask=lambda url: is_own(url, portal))
    return SimpleNamespace(settings=Settings({"PRIVATE_HOSTS_ALLOWED": allowed}), spider=spider)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://127.1/", "http://0x7f000001/",
        "http://2130706433/", "http://[::1]/", "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1:8080/", "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/",
        "http://0/", "http://017700000001/", "http://localhost./",
    ],
)  # fmt: skip
def test_private_hosts_are_refused(url):
    guard = PrivateHostsMiddleware(
        crawler_of(urlsplit(url).netloc.removesuffix("."), allowed="127.0.0.1:9999")
    )
    with pytest.raises(Forbidden) as refused:
        asyncio.run(guard.process_request(Request(url)))
    assert refused.value.outcome == "private_address"


def test_a_crawl_asks_nothing_of_this_machine(tmp_path):
    archive = tmp_path / "archive.db"
    with serve(SITES["nukeviet"](12)) as served:
        done = scrapy(
            "crawl", "portal", "-a", f"url={served.url}/", archive=archive,
            KHCN_CONTACT="https://example.org/",
        )  # fmt: skip
        assert served.hits == []
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert rows(archive, "select outcome, failure from run_portals") == [
        ("failed", "private_address")
    ]

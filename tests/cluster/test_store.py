"""What a store holds is whole, is told apart, and what it says tells no secret."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler

import pytest

from crawler.cluster.store import Store, StoreError, digest_of_file, without_secrets
from crawler.crawl.arguments import ArgumentError
from samples.server import listening


def test_objects_by_name(address, tmp_path):
    store = Store(address)
    assert store.get("a/b.json") is None and store.names("a") == []
    store.put("a/b.json", b"1")
    store.put("a/b.json", b"2")
    store.put("a/c/d", b"3")
    assert store.get("a/b.json") == b"2"
    assert store.names("a") == ["b.json", "c"] and sorted(store.below("a")) == ["a/b.json", "a/c/d"]
    store.delete(["a/b.json"])
    assert store.get("a/b.json") is None


def test_one_of_many_creates(address):
    store, won = Store(address), []

    def work(number: int) -> None:
        if store.create("one", str(number).encode()):
            won.append(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(won) == 1 and store.get("one") == str(won[0]).encode()
    store.check()
    assert store.names("probes") == []


def test_whose_answer_was_lost_has_created(address):
    """A request that is sent again finds what it wrote itself."""
    store = Store(address)
    assert store.create("one", b"mine") and store.create("one", b"mine")
    assert not store.create("one", b"another's")


def test_files_come_whole_or_not_at_all(address, tmp_path):
    store, file = Store(address), tmp_path / "file"
    file.write_bytes(bytes(range(256)) * 50_000)
    store.upload("x/file", file)
    back = tmp_path / "new" / "back"
    store.download("x/file", back, digest=digest_of_file(file))
    assert back.read_bytes() == file.read_bytes()
    with pytest.raises(StoreError):
        store.download("x/file", tmp_path / "other", digest="0" * 64)
    with pytest.raises(StoreError):
        store.download("x/none", tmp_path / "none", digest="0" * 64)
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["file"]


@pytest.mark.parametrize(
    "address",
    ["/folder", "ftp://host/x", "s3://key:topsecret@bucket/x", "file://u:topsecret@/x",
     "s3://bucket/x?secret=topsecret", ""],
)  # fmt: skip
def test_what_is_no_store(address):
    with pytest.raises(ArgumentError) as caught:
        Store(address)
    assert "topsecret" not in str(caught.value)


def test_no_secret_is_said(monkeypatch):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hush/hush")
    said = without_secrets("denied for hush/hush at https://me:word@host/x, s3://bucket/y")
    assert said == "denied for *** at https://***@host/x, s3://bucket/y"


class Failing(BaseHTTPRequestHandler):
    """Answers 503 to so many requests, then as an S3 that has nothing and takes all."""

    failures = 0
    asked = 0

    def do_GET(self) -> None:
        self._answer(404)

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._answer(200)

    def do_POST(self) -> None:
        self.do_PUT()

    def _answer(self, status: int) -> None:
        Failing.asked += 1
        if Failing.failures > 0:
            Failing.failures -= 1
            status = 503
        self.send_response(status)
        self.send_header("ETag", '"1"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def failing(monkeypatch):
    with listening(Failing) as url:
        for name, value in {"AWS_ENDPOINT_URL": url, "AWS_ACCESS_KEY_ID": "k", "AWS_REGION": "x",
                            "AWS_SECRET_ACCESS_KEY": "topsecret"}.items():  # fmt: skip
            monkeypatch.setenv(name, value)
        Failing.failures = Failing.asked = 0
        yield Failing


def test_a_store_that_is_busy_is_asked_again(failing):
    failing.failures = 3
    Store("s3://bucket/x").put("a", b"1")
    assert failing.asked == 4


def test_a_store_that_stays_away_is_an_error(failing, monkeypatch):
    monkeypatch.setattr("crawler.cluster.store.TRIES", 2)
    failing.failures = 10**6
    with pytest.raises(StoreError) as caught:
        Store("s3://bucket/x").put("a", b"1")
    assert "503" in str(caught.value) and "topsecret" not in str(caught.value)
    assert caught.value.exit_code == 74 and failing.asked == 3


def test_a_store_that_lets_two_write_is_refused(failing):
    """A server that knows nothing of If-None-Match says yes to everybody."""
    with pytest.raises(StoreError) as caught:
        Store("s3://bucket/x").check()
    assert "If-None-Match" in str(caught.value)

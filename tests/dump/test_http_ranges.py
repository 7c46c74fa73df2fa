"""A dump that lies on the web is asked in parts, by whatever program, from whatever page."""

from __future__ import annotations

import http.client
import json
import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest

from crawler.dump.releases import FEED, INDEX
from publish.desk.dump_files import part_of
from tests.desk.test_nginx import Nginx, patiently
from tests.end_to_end.dump_fixtures import latest_of


def asked(base, path, method="GET", **headers):
    """Status, headers and body; `-` in a header's name is `_` here."""
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=60)
    try:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=names)
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("wanted", "part"),
    [
        ("", (0, 99)),
        ("bytes=0-0", (0, 0)),
        ("bytes=10-19", (10, 19)),
        ("bytes=90-", (90, 99)),
        ("bytes=90-1000", (90, 99)),
        ("bytes=-5", (95, 99)),
        ("bytes=-500", (0, 99)),
        ("bytes=100-", None),
        ("bytes=7-3", None),
        ("bytes=-0", None),
        ("bytes=-", (0, 99)),
        ("bytes=0-1,5-6", (0, 99)),
        ("lines=1-2", (0, 99)),
        ("bytes=²-3", (0, 99)),
        ("bytes=" + "9" * 40 + "-", (0, 99)),
    ],
)
def test_what_a_range_asks_for(wanted, part):
    assert part_of(wanted, 100) == part


def test_parts_of_a_dump(release, public):
    latest = json.loads((release / "latest.json").read_text())
    name = latest["database"]
    whole, etag = (release / name).read_bytes(), f'"{latest["sha256"][name]}"'
    for path in (f"/dump/{name}", "/dump/archive.db", f"/dump/sha256/{etag[1:-1]}"):
        status, headers, body = asked(public, path, range="bytes=4096-8191")
        assert (status, body) == (206, whole[4096:8192]), path
        assert headers["content-range"] == f"bytes 4096-8191/{len(whole)}"
        assert headers["etag"] == etag and headers["accept-ranges"] == "bytes"
        status, _, body = asked(public, path, range="bytes=-100")
        assert (status, body) == (206, whole[-100:])
    path = f"/dump/{name}"
    status, headers, body = asked(public, path, "HEAD")
    assert (status, body, int(headers["content-length"])) == (200, b"", len(whole))
    assert asked(public, path, range=f"bytes={len(whole)}-")[0] == 416
    assert asked(public, path, if_none_match=etag)[::2] == (304, b"")
    # A part of another file than the one whose parts are there already is no use to anybody.
    same = asked(public, path, range="bytes=0-9", if_range=etag)
    other = asked(public, path, range="bytes=0-9", if_range='"another"')
    assert (same[0], len(same[2]), other[0], len(other[2])) == (206, 10, 200, len(whole))


def test_a_page_of_another_origin_may_read(release, public):
    version = json.loads((release / "latest.json").read_text())["version"]
    for name in ("archive.db", f"articles-{version}.parquet", INDEX, FEED, "statistics.json"):
        status, headers, _ = asked(public, f"/dump/{name}", origin="https://other.example")
        assert (status, headers["access-control-allow-origin"]) == (200, "*"), name
        assert headers["cross-origin-resource-policy"] == "cross-origin"
        assert "content-range" in headers["access-control-expose-headers"]
    status, headers, body = asked(
        public, "/dump/archive.db", "OPTIONS", origin="https://other.example",
        access_control_request_method="GET", access_control_request_headers="range",
    )  # fmt: skip
    assert (status, body) == (204, b"") and "range" in headers["access-control-allow-headers"]
    # The pages stay their own.
    headers = asked(public, "/")[1]
    assert "access-control-allow-origin" not in headers
    assert headers["cross-origin-resource-policy"] == "same-origin"


def test_the_home_page_offers_the_dumps(release, public):
    latest = latest_of(release)
    page = asked(public, "/")[2].decode()
    assert latest["sha256"][latest["database"]] in page
    links = re.findall(r'href="(/dump/[^"]+)"', page)
    assert {f"/dump/{latest['database']}.zst", f"/dump/{FEED}", f"/dump/{INDEX}"} <= set(links)
    for link in links:
        assert asked(public, link, "HEAD")[0] == 200, link


def test_nginx_hands_out_every_file_of_a_dump_and_answers_preflights(release, public, tmp_path):
    names = [*latest_of(release)["sha256"], "index.json", "releases.atom", "latest.json", "archive.db",
             "CITATION.cff", "datacite.json", "statistics.json", "SHA256SUMS"]  # fmt: skip
    with Nginx(tmp_path, release, public) as ask:
        for name in names:
            status, headers, body = patiently(ask, f"/dump/{name}", Range="bytes=0-9")
            assert (status, len(body)) == (206, 10), name
            assert headers["access-control-allow-origin"] == "*"
        assert patiently(ask, "/dump/secret.txt")[0] == 404


def test_nothing_else_of_the_folder_can_be_asked_for(release, public):
    (release / "secret.txt").write_text("x")
    for path in ("secret.txt", ".work/x", "../working.db", "sha256/", "", "archive-99999999.json"):
        assert asked(public, f"/dump/{path}")[0] == 404, path


def test_duckdb_asks_a_parquet_file_over_http_ranges(release, public):
    """Through fsspec, as notebooks do; DuckDB's own httpfs asks for the same parts."""
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    http_files = pytest.importorskip("fsspec.implementations.http", reason="fsspec is not here")
    read = []

    class Counted(http_files.HTTPFileSystem):
        def modified(self, path):
            return datetime(2026, 1, 1, tzinfo=UTC)  # what bears a version never changes

        def _open(self, path, *args, **more):
            file = super()._open(path, *args, **more)
            fetch = file._fetch_range
            file.cache.fetcher = lambda start, end: read.append(end - start) or fetch(start, end)
            return file

    name = latest_of(release)["tables"]["articles"]["parquet"]
    question = "select count(*), min(published) from read_parquet(?) where published >= '2026'"
    conn = duckdb.connect()
    conn.register_filesystem(Counted(cache_type="bytes", block_size=2**14))
    found = conn.execute(question, [f"{public}/dump/{name}"]).fetchone()
    assert found == duckdb.connect().execute(question, [str(release / name)]).fetchone()
    assert found[0] > 10
    # The end of the file and one column of the groups that hold the year.
    assert 0 < sum(read) < (release / name).stat().st_size / 4, read

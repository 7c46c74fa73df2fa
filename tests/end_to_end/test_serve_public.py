"""The public site: attacks are refused or bounded, memory stays small, headers are there."""

from __future__ import annotations

import http.client
import re
import socket
import subprocess
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.end_to_end.dump_fixtures import latest_of

LEAST_HEADERS = {
    "content-security-policy": "default-src 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
}
ZEROBLOB = "select+zeroblob(1000000000)"
ENDLESS = "with+recursive+c(n)+as+(select+1+union+all+select+n%2B1+from+c)+select+count(*)+from+c"
REFUSED = {
    "a gigabyte of zeros": f"/archive?sql={ZEROBLOB}",
    "a query without an end": f"/archive.json?sql={ENDLESS}",
    "another database": "/archive?sql=attach+'/etc/passwd'+as+x",
    "an extension": "/archive?sql=select+load_extension('x')",
    "a file to be written": "/archive?sql=select+writefile('x.txt','x')",
    "a file to be read": "/archive?sql=select+readfile('/etc/passwd')",
    "pragma": "/archive.json?sql=pragma+database_list",
    "a condition of one's own": "/archive/articles?_where=1=1+union+select+1",
    "a huge size": "/archive/articles.json?_size=1000000000",
    "size max": "/archive/articles.json?_size=max",
    "all rows as CSV": "/archive/articles.csv?_stream=on&_size=max",
    "a workbook of a whole table": "/archive/articles.xlsx",
    "a trace": "/archive/articles?_trace=1",
    "facets": "/archive/articles?_facet=title&_facet=text&_facet=url",
    "array facets": "/archive/articles?_facet_array=text",
    "settings": "/-/settings",
    "plugins": "/-/plugins.json",
    "threads": "/-/threads",
    "dashboards": "/-/dashboards",
    "metadata": "/-/metadata.json",
    "databases": "/-/databases.json",
    "permissions": "/-/permissions",
    "messages": "/-/messages",
    "login": "/-/auth-token?token=x",
    "a path upwards": "/-/static/../../../../etc/passwd",
    "a path upwards, encoded": "/desk/%2e%2e/%2e%2e/metadata.yml",
    "a dump upwards": "/dump/../archive.db",
    "the work folder": "/dump/.work/archive.db",
    "the database as it is": "/archive.db",
    "another host": "//evil.example/%2e%2e",
    "too long": "/archive/tim?q=" + "x" * 5000,
}
# Answered, but in bounds: the desk's own parameters are words, whatever they hold.
BOUNDED = [
    "/archive/tim.json?q=%22+OR+1%3D1+--&_shape=array",
    "/archive/tim.json?q=')%3B+drop+table+articles%3B--&_shape=array",
    "/archive/tim.json?q=a*+NEAR(b+c%2C+1000000)&_shape=array",
    "/archive/bai_cua_tac_gia.json?author=%25%27+or+1%3D1--&_shape=array",
    "/archive/cong_im_lang.json?days=1%3B+attach+x&_shape=array",
    "/archive/articles/0%20or%201=1",
    "/archive/articles.json?id__gt=0;drop&_size=200",
    "/archive/articles?_sort=text&_size=200",
    "/archive/articles.csv?_size=200",
    "/tim?q=%3Cscript%3Ealert(1)%3C/script%3E",
    "/?lang=%3Cscript%3E",
]


@pytest.fixture(scope="module")
def site(dumps):
    _, out, _ = dumps
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = subprocess.Popen(
        ["make", "-o", ".venv/.installed", "--no-print-directory", "serve-public", f"DUMPS={out}", f"PORT={port}"],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    for _ in range(240):
        try:
            answer(port, "/")
            break
        except OSError:
            time.sleep(0.25)
    server = server_of(running.pid)
    yield port, server, out
    for pid in (server, running.pid):
        subprocess.run(["kill", str(pid)], check=False, capture_output=True)
    running.wait()


def server_of(pid):
    """The Datasette that make started."""
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        if "datasette" in Path(f"/proc/{child}/cmdline").read_text():
            return server_of(int(child))
    return pid


def answer(port, path, method="GET", read=True):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.putrequest(method, path)
        connection.endheaders()
        response = connection.getresponse()
        body = response.read() if read else b""
        return response.status, {k.lower(): v for k, v in response.getheaders()}, body
    finally:
        connection.close()


@pytest.mark.parametrize("name", REFUSED)
def test_an_attack_is_refused(site, name):
    port, _, _ = site
    status, headers, body = answer(port, REFUSED[name])
    assert status in (400, 403, 404, 405, 414), (status, body[:200])
    assert len(body) < 20_000 and b"root:" not in body and b"Traceback" not in body
    assert all(value in headers[header] for header, value in LEAST_HEADERS.items())
    assert not headers.get("location", "").startswith(("//", "http"))


@pytest.mark.parametrize("path", BOUNDED)
def test_what_is_answered_is_bounded(site, path):
    port, _, out = site
    status, headers, body = answer(port, path)
    assert status < 500 and len(body) < 20 * 2**20, (status, body[:300])
    assert b"<script>alert(1)" not in body
    assert all(value in headers[header] for header, value in LEAST_HEADERS.items())
    count = latest_of(out)["articles"]
    assert f">{count}<".encode() not in body or status == 200  # nothing was dropped
    assert answer(port, "/archive/articles.json?_size=1")[0] == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_sent(site, method):
    port, _, _ = site
    assert answer(port, "/archive/articles", method)[0] == 405


def test_pages_robots_and_dumps_are_there(site):
    port, _, out = site
    latest = latest_of(out)
    for path in ("/", "/archive/articles", "/archive/tim?q=hoi+nghi", "/-/static/app.css"):
        status, headers, _ = answer(port, path)
        assert status == 200, path
        assert all(value in headers[header] for header, value in LEAST_HEADERS.items())
    assert b"Disallow: /" in answer(port, "/robots.txt")[2]
    name = latest["database"]
    digest = latest["sha256"][name]
    by_name = answer(port, f"/dump/{name}")
    assert by_name[2] == (out / name).read_bytes() and by_name[1]["etag"] == f'"{digest}"'
    assert answer(port, f"/dump/sha256/{digest}")[2] == by_name[2]
    # What the home page offers is there.
    assert b'href="/dump/archive.db"' in answer(port, "/")[2]
    assert answer(port, "/dump/archive.db")[2] == by_name[2]
    assert answer(port, "/dump/latest.json")[2] == (out / "latest.json").read_bytes()
    assert latest["predecessor"]["database"].encode() in answer(port, "/dump/latest.json")[2]
    assert answer(port, f"/dump/{latest['predecessor']['database']}")[0] == 200


def test_tables_of_a_page_and_workbooks_of_answers_only(site):
    port, _, _ = site
    link = re.search(rb'href="([^"]+articles\.csv[^"]+)"', answer(port, "/archive/articles")[2])[1]
    table = answer(port, link.decode().replace("&amp;", "&"))[2].decode("utf-8-sig")
    assert table.startswith("id,portal,")
    assert answer(port, "/archive/tim.xlsx?q=hoi")[2].startswith(b"PK")
    assert b".xlsx" in answer(port, "/archive/tim?q=hoi")[2]
    assert b".xlsx" not in answer(port, "/archive/articles")[2]


def test_no_inline_script_but_datasettes_own_may_run(site):
    port, _, _ = site
    policy = answer(port, "/")[1]["content-security-policy"]
    scripts = re.search(r"script-src ([^;]*)", policy)[1]
    assert "'unsafe-inline'" not in scripts and "'self'" in scripts


def test_memory_stays_small(site):
    """After all of the above, a few more of each at once."""
    port, server, _ = site
    for path in [*REFUSED.values(), *BOUNDED] * 2:
        answer(port, path)
    status = Path(f"/proc/{server}/status").read_text()
    peak = int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024
    assert "datasette" in Path(f"/proc/{server}/cmdline").read_text()
    assert peak < 300, f"{peak:.0f} MB"

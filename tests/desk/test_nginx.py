"""docs/operations/nginx.conf in front of the public site: it starts, bounds, and hands out dumps."""

from __future__ import annotations

import gzip
import http.client
import re
import shutil
import ssl
import subprocess
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.desk.browser import free_port, served_to_the_web

AROUND = """
daemon off; master_process off; pid nginx.pid; error_log error.log;
events {{}}
http {{
    access_log off; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f;
    uwsgi_temp_path u; scgi_temp_path s;
{conf}
}}
"""
NAME = "khcn.example.org"


@pytest.fixture(scope="module")
def before_the_desk(dumps_folder, public_desk, tmp_path_factory):
    """nginx with a certificate of its own, on loopback."""
    folder = tmp_path_factory.mktemp("nginx")
    with Nginx(folder, dumps_folder, public_desk) as ask:
        yield ask


class Nginx:
    def __init__(self, folder: Path, dumps: Path, desk: str, path: str = "") -> None:
        self.command = shutil.which("nginx") or pytest.skip("nginx is not here")
        self.folder, self.port, plain = folder, free_port(), free_port()
        key, certificate = folder / "key.pem", folder / "cert.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={NAME}",
             "-days", "2", "-keyout", key, "-out", certificate],
            check=True, capture_output=True,
        )  # fmt: skip
        conf = (ROOT / "docs" / "operations" / "nginx.conf").read_text(encoding="utf-8")
        for old, new in {
            "listen 443": f"listen 127.0.0.1:{self.port}",
            "listen 80": f"listen 127.0.0.1:{plain}",
            f"/etc/letsencrypt/live/{NAME}/fullchain.pem": str(certificate),
            f"/etc/letsencrypt/live/{NAME}/privkey.pem": str(key),
            "/srv/khcn/dist": str(dumps),
            "http://127.0.0.1:8001": desk,
            "^/dump": f"^{path}/dump",
            "location / {": f"location {path}/ {{",
        }.items():
            assert old in conf, old
            conf = conf.replace(old, new)
        (folder / "nginx.conf").write_text(AROUND.format(conf=conf), encoding="utf-8")

    def __enter__(self):
        with_conf = [self.command, "-p", str(self.folder), "-e", "error.log", "-c", "nginx.conf"]
        tried = subprocess.run([*with_conf, "-t"], capture_output=True, text=True, check=False)
        assert tried.returncode == 0 and "warn" not in tried.stderr, tried.stderr
        self.process = subprocess.Popen(with_conf)
        for _ in range(100):
            try:
                self("/")
                break
            except OSError:
                time.sleep(0.1)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)

    def __call__(self, path: str, **headers: str):
        context = ssl.create_default_context(cafile=str(self.folder / "cert.pem"))
        context.check_hostname = False
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, context=context)
        try:
            connection.request("GET", path, headers={"Host": f"{NAME}:{self.port}", **headers})
            answer = connection.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        finally:
            connection.close()


def patiently(ask, path, **headers):
    """An answer, when the limit lets one pass again."""
    for _ in range(20):
        answer = ask(path, **headers)
        if answer[0] != 429:
            return answer
        time.sleep(0.3)
    return answer


def test_dumps_come_from_the_disk(before_the_desk, dump):
    ask = before_the_desk
    whole = dump.read_bytes()
    status, headers, body = patiently(ask, "/dump/archive-20261124.db")
    assert (status, body) == (200, whole) and "immutable" in headers["cache-control"]
    assert headers["server"] == "nginx" and headers["x-content-type-options"] == "nosniff"
    assert headers["strict-transport-security"] and headers["accept-ranges"] == "bytes"
    status, headers, body = patiently(ask, "/dump/archive.db", Range="bytes=100-199")
    assert (status, body, headers["cache-control"]) == (206, whole[100:200], "no-cache")
    status, headers, _ = patiently(ask, "/dump/latest.json")
    assert (status, headers["content-type"]) == (200, "application/json")
    assert headers["access-control-allow-origin"] == "*"
    assert headers["cross-origin-resource-policy"] == "cross-origin"
    for path in ("/dump/.work/archive.db", "/dump/../archive.db", "/dump/x.db", "/dump/"):
        assert patiently(ask, path)[0] in (400, 404), path


def test_pages_know_where_they_are(before_the_desk):
    ask = before_the_desk
    here = f"https://{NAME}:{ask.port}/"
    status, headers, body = patiently(ask, "/dong-tin/moi.atom")
    links = re.findall(r'href="([^"]+)"', body.decode())
    assert status == 200 and links and all(not link.startswith("http://127") for link in links)
    assert f"{here}archive/articles/" in body.decode() and f"{here}dong-tin/moi.atom" in links
    status, headers, body = patiently(ask, "/", **{"Accept-Encoding": "gzip"})
    assert status == 200 and b"<html" in gzip.decompress(body)
    assert "script-src 'self'" in headers["content-security-policy"]
    assert headers["strict-transport-security"]


def test_who_asks_too_often_is_told_so(before_the_desk):
    statuses = [before_the_desk("/desk/desk.css")[0] for _ in range(40)]
    assert statuses.count(429) >= 10 and set(statuses) <= {200, 429}
    assert patiently(before_the_desk, "/")[0] == 200


def test_below_a_path_of_a_larger_site(dumps_folder, dump, tmp_path):
    with (
        served_to_the_web(dumps_folder, BASE="/khcn/") as desk,
        Nginx(tmp_path, dumps_folder, desk, "/khcn") as ask,
    ):
        status, _, body = patiently(ask, "/khcn/")
        links = re.findall(r'(?:href|src|action)="([^"#?]+)', body.decode())
        assert status == 200 and "/khcn/dump/archive.db" in links
        assert all(link.startswith("/khcn/") for link in links), links
        assert patiently(ask, "/khcn/desk/desk.css")[0] == 200
        assert patiently(ask, "/khcn/dump/archive.db")[2] == dump.read_bytes()
        assert patiently(ask, "/khcn/-/settings")[0] == 404

"""The operator is told, on loopback; a notification that fails is said and breaks nothing."""

from __future__ import annotations

import json
import socketserver
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from scrapy.settings import Settings

from crawler.run.notify import Report, notify

ALARMS = (
    {"portal": "yen_bai", "code": "lists_empty", "detail": "3 of 3 lists", "new": True},
    {"portal": "an_giang", "code": "dns", "detail": "dns × 2 / 2", "new": False},
)
BAD = Report("2025-06-20T15:10:00Z", 1, "Đã chạy 2 cổng | 2 portals", ALARMS)


@contextmanager
def running(server):
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def settings(**values) -> Settings:
    return Settings({"USER_AGENT": "khcn-archive/0.1", **values})


def webhook(got: list, status: int = 204):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            got.append((self.path, self.headers["Content-Type"], self.rfile.read(length)))
            self.send_response(status)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    return HTTPServer(("127.0.0.1", 0), Handler)


def mailbox(got: list):
    """As much of SMTP as a mail needs."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 loopback\r\n")
            for line in self.rfile:
                word = line.split(b" ")[0].strip().upper()
                if word == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    while (line := self.rfile.readline()) != b".\r\n":
                        got.append(line)
                if word == b"QUIT":
                    self.wfile.write(b"221 bye\r\n")
                    return
                self.wfile.write(b"250 OK\r\n")

    return socketserver.TCPServer(("127.0.0.1", 0), Handler)


def test_a_webhook_gets_the_report():
    got: list = []
    with running(webhook(got)) as port:
        assert notify(BAD, settings(NOTIFY_WEBHOOK=f"http://127.0.0.1:{port}/told")) == []
    path, kind, body = got[0]
    told = json.loads(body)
    assert path == "/told" and kind.startswith("application/json")
    assert told["exit_code"] == 1 and [alarm["code"] for alarm in told["alarms"]] == [
        "lists_empty",
        "dns",
    ]
    assert "* yen_bai: lists_empty" in told["text"]


def test_a_mail_is_sent():
    got: list = []
    with running(mailbox(got)) as port:
        sent = settings(NOTIFY_SMTP=f"smtp://127.0.0.1:{port}", NOTIFY_TO="operator@example.vn")
        assert notify(BAD, sent) == []
    head = b"".join(got)
    assert b"To: operator@example.vn" in head and b"=?utf-8?" in head


def test_nobody_is_told_of_a_good_night_unless_they_want_to():
    good, got = Report("…", 0, "tốt", ()), []
    with running(webhook(got)) as port:
        address = f"http://127.0.0.1:{port}/"
        assert notify(good, settings(NOTIFY_WEBHOOK=address)) == [] and got == []
        assert notify(good, settings(NOTIFY_WEBHOOK=address, NOTIFY_ALWAYS=True)) == []
    assert len(got) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"NOTIFY_WEBHOOK": "http://127.0.0.1:1/"},
        {"NOTIFY_WEBHOOK": "file:///etc/passwd"},
        {"NOTIFY_SMTP": "smtp://me:secret@127.0.0.1:1", "NOTIFY_TO": "a@example.vn"},
        {"NOTIFY_SMTP": "smtp://127.0.0.1:1"},
        {"NOTIFY_SMTP": "mail.example.vn", "NOTIFY_TO": "a@example.vn"},
    ],
)
def test_what_cannot_be_sent_is_said_without_the_password(wrong):
    problems = notify(BAD, settings(**wrong))
    assert len(problems) == 1 and "secret" not in problems[0]


def test_a_server_that_refuses_is_a_problem():
    got: list = []
    with running(webhook(got, status=500)) as port:
        problems = notify(BAD, settings(NOTIFY_WEBHOOK=f"http://127.0.0.1:{port}/"))
    assert len(got) == 1 and "500" in problems[0]

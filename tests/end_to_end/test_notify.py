"""The operator is told, on loopback; a notification that fails is said and breaks nothing."""

from __future__ import annotations

import json
import socketserver
import threading
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import pytest
from scrapy.settings import Settings

from crawler.archive.database import Archive
from crawler.run.notify import notify
from crawler.run.report import Report, Told
from tests.scrapy_command import scrapy

ALARMS = (
    Told("yen_bai", "lists_empty", "3 of 3 lists", "2025-06-20T15:11:00Z", new=True),
    Told("an_giang", "dns", "dns × 2 / 2", "2025-06-18T15:12:00Z"),
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
    assert "* yen_bai: trang danh sách trống (lists_empty), từ 2025-06-20" in told["text"]
    for words in ("lists that always had articles have none", "scrapy health --accept PORTAL"):
        assert words in told["text"]
    assert told["alarms"][1]["since"].startswith("2025-06-18") and told["alarms"][1]["remedy"]


def test_a_mail_is_sent():
    got: list = []
    with running(mailbox(got)) as port:
        sent = settings(NOTIFY_SMTP=f"smtp://127.0.0.1:{port}", NOTIFY_TO="operator@example.vn")
        assert notify(BAD, sent) == []
    head = b"".join(got)
    assert b"To: operator@example.vn" in head and b"=?utf-8?" in head
    mail = message_from_bytes(head, policy=default)
    assert parsedate_to_datetime(mail["Date"]).tzinfo
    assert mail["Message-ID"].endswith("@example.vn>")
    said = mail.get_content()
    assert "since 2025-06-18" in said and "What to do" in said and "Cần làm" in said


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


@pytest.mark.filterwarnings(
    "ignore:'imghdr' is deprecated"
)  # apprise's, where it looks for plugins
def test_a_chat_gets_words():
    """apprise's own way to a JSON service stands for Telegram, Slack and the rest."""
    got: list = []
    with running(webhook(got, status=200)) as port:
        assert notify(BAD, settings(NOTIFY_CHAT=f"json://127.0.0.1:{port}/chat")) == []
    told = json.loads(got[0][2])
    assert told["title"] == "Đã chạy 2 cổng" and "trang danh sách trống" in told["message"]
    problems = notify(BAD, settings(NOTIFY_CHAT="tgram-secret-nonsense"))
    assert len(problems) == 1 and "secret" not in problems[0]


class DeadMansSwitch(BaseHTTPRequestHandler):
    knocks: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.knocks.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


def test_only_a_good_night_gives_a_sign_of_life():
    with running(HTTPServer(("127.0.0.1", 0), DeadMansSwitch)) as port:
        alive = settings(NOTIFY_ALIVE=f"http://127.0.0.1:{port}/alive")
        assert notify(Report("…", 0, "tốt"), alive) == []
        for code in (1, 74, 75):
            assert notify(Report("…", code, "hỏng"), alive) == []
    assert DeadMansSwitch.knocks == ["/alive"]


@pytest.mark.parametrize("code", [74, 75])
def test_a_night_that_cannot_begin_is_told(tmp_path, code):
    got: list = []
    archive = tmp_path / "archive.db"
    held = Archive.open(archive) if code == 75 else archive.write_bytes(b"damaged" * 1000)
    with running(webhook(got)) as port:
        done = scrapy(
            "nightly", "yen_bai", archive=archive,
            KHCN_NOTIFY_WEBHOOK=f"http://127.0.0.1:{port}/", KHCN_CONTACT="https://example.org/",
        )  # fmt: skip
    if code == 75:
        held.close()
    assert done.returncode == code and "Traceback" not in done.stderr
    told = json.loads(got[0][2])
    assert told["exit_code"] == code and str(archive) in told["summary"]


def test_every_night_is_told_when_the_environment_says_so():
    for value, expected in (("1", True), ("", False), ("0", False)):
        done = scrapy("settings", "--getbool", "NOTIFY_ALWAYS", KHCN_NOTIFY_ALWAYS=value)
        assert done.stdout.strip() == str(expected)

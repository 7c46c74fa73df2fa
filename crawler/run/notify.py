"""Telling the operator how a night went: a webhook, an e-mail, a chat, and a dead man's switch."""

from __future__ import annotations

import json
import smtplib
import ssl
import urllib.request
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import unquote

from scrapy.settings import BaseSettings

from crawler.messages import say_short
from crawler.parsing import split_url
from crawler.run.report import Report

PATIENCE = 20.0  # seconds; a night does not wait for its mail
SUBJECT = 120  # characters
Way = Callable[[Report, str, BaseSettings], None]


def notify(report: Report, settings: BaseSettings) -> list[str]:
    """Send a report wherever the settings say; returns what went wrong, never raises."""
    problems: list[str] = []
    ways: list[tuple[str, Way]] = [("NOTIFY_ALIVE", _knock)] if report.exit_code == 0 else []
    if report.worth_telling or settings.getbool("NOTIFY_ALWAYS"):
        ways += [("NOTIFY_WEBHOOK", _post), ("NOTIFY_SMTP", _mail), ("NOTIFY_CHAT", _chat)]
    for name, send in ways:
        address = settings.get(name)
        if not address:
            continue
        try:
            send(report, address, settings)
        except (OSError, ValueError, smtplib.SMTPException) as error:
            # The address may hold a password or a token: only its host is named.
            problems.append(f"{name} {split_url(address).hostname}: {error}")
    return problems


def _knock(report: Report, address: str, settings: BaseSettings) -> None:
    """A sign of life: whoever waits for it and hears none knows that no good night came."""
    _ask(urllib.request.Request(_web(address), headers={"User-Agent": settings["USER_AGENT"]}))


def _post(report: Report, address: str, settings: BaseSettings) -> None:
    request = urllib.request.Request(
        _web(address),
        json.dumps(report.stored, ensure_ascii=False).encode(),
        {"Content-Type": "application/json; charset=utf-8", "User-Agent": settings["USER_AGENT"]},
    )
    _ask(request)


def _web(address: str) -> str:
    if split_url(address).scheme not in ("http", "https"):
        raise ValueError("http://… or https://… is wanted")
    return address


def _ask(request: urllib.request.Request) -> None:
    with urllib.request.urlopen(request, timeout=PATIENCE):
        pass


def _chat(report: Report, addresses: str, settings: BaseSettings) -> None:
    """Telegram, Slack, ntfy and whatever else apprise knows: `tgram://token/chat`, `ntfys://topic`."""
    import apprise  # half a second that only a night with something to say pays

    service = apprise.Apprise()
    if not service.add(addresses.split()):
        raise ValueError("apprise does not know this address")
    title = report.summary.partition(" | ")[0]
    if not service.notify(title=title, body=report.text, body_format=apprise.NotifyFormat.TEXT):
        raise ValueError("not accepted by the service")


def _mail(report: Report, address: str, settings: BaseSettings) -> None:
    """`smtp://user:password@host:587` (STARTTLS where it is offered) or `smtps://…`."""
    parts, reader = split_url(address), settings.get("NOTIFY_TO")
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or not reader:
        raise ValueError("smtp://host:port or smtps://host:port, and NOTIFY_TO, are wanted")
    mail = EmailMessage()
    mail["Subject"] = f"Kho KH&CN: {report.summary.partition(' | ')[0]}"[:SUBJECT]
    mail["From"] = settings.get("NOTIFY_FROM") or reader
    mail["To"] = reader
    mail["Date"] = formatdate(localtime=True)
    mail["Message-ID"] = make_msgid("khcn", domain=mail["From"].rpartition("@")[2].strip("> "))
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(report.text)
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            parts.hostname,
            parts.port or 465,
            timeout=PATIENCE,
            context=ssl.create_default_context(),
        )
    else:
        server = smtplib.SMTP(parts.hostname, parts.port or 587, timeout=PATIENCE)
    with server:
        server.ehlo()
        if parts.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(mail)


def told(report: Report, settings: BaseSettings) -> list[str]:
    """The sentences about what could not be sent."""
    return [say_short("not_told", detail=problem) for problem in notify(report, settings)]

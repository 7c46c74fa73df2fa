"""Telling the operator how a night went: a webhook or an e-mail, by the standard library alone."""

from __future__ import annotations

import json
import smtplib
import ssl
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any
from urllib.parse import unquote

from scrapy.settings import BaseSettings

from crawler.parsing import split_url
from crawler.run.portal_run import PortalRun

PATIENCE = 20.0  # seconds; a night does not wait for its mail


@dataclass(frozen=True, slots=True)
class Report:
    """What is told: the run's last line, and each portal's alarms, the new ones first."""

    run: str
    exit_code: int
    summary: str
    alarms: tuple[dict[str, Any], ...]

    @classmethod
    def of(cls, run: str, exit_code: int, summary: str, portals: Iterable[PortalRun]) -> Report:
        found = [
            {
                "portal": going.portal.slug,
                "code": alarm.code,
                "detail": alarm.detail,
                "new": any(alarm.code == other.code for other in going.news),
            }
            for going in portals
            if going.verdict
            for alarm in going.verdict.alarms
        ]
        found.sort(key=lambda alarm: (not alarm["new"], alarm["portal"]))
        return cls(run, exit_code, summary, tuple(found))

    @property
    def text(self) -> str:
        lines = [
            f"{'* ' if alarm['new'] else '  '}{alarm['portal']}: {alarm['code']}: {alarm['detail']}"
            for alarm in self.alarms
        ]
        return "\n".join([self.summary, "", *lines, "", "* mới / new", f"run {self.run}"])

    @property
    def worth_telling(self) -> bool:
        return self.exit_code != 0


def notify(report: Report, settings: BaseSettings) -> list[str]:
    """Send a report wherever the settings say; returns what went wrong, never raises."""
    problems: list[str] = []
    if not report.worth_telling and not settings.getbool("NOTIFY_ALWAYS"):
        return problems
    for name, send in (("NOTIFY_WEBHOOK", _post), ("NOTIFY_SMTP", _mail)):
        address = settings.get(name)
        if not address:
            continue
        try:
            send(report, address, settings)
        except (OSError, ValueError, smtplib.SMTPException) as error:
            # The address may hold a password: only its host is named.
            problems.append(f"{name} {split_url(address).hostname}: {error}")
    return problems


def _post(report: Report, address: str, settings: BaseSettings) -> None:
    if split_url(address).scheme not in ("http", "https"):
        raise ValueError("http://… or https://… is wanted")
    told = {
        "run": report.run, "exit_code": report.exit_code, "summary": report.summary,
        "alarms": report.alarms, "text": report.text,
    }  # fmt: skip
    request = urllib.request.Request(
        address,
        json.dumps(told, ensure_ascii=False).encode(),
        {"Content-Type": "application/json; charset=utf-8", "User-Agent": settings["USER_AGENT"]},
    )
    with urllib.request.urlopen(request, timeout=PATIENCE):
        pass


def _mail(report: Report, address: str, settings: BaseSettings) -> None:
    """`smtp://user:password@host:587` (STARTTLS where it is offered) or `smtps://…`."""
    parts, reader = split_url(address), settings.get("NOTIFY_TO")
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or not reader:
        raise ValueError("smtp://host:port or smtps://host:port, and NOTIFY_TO, are wanted")
    mail = EmailMessage()
    mail["Subject"] = f"Kho KH&CN: {report.summary.partition(' | ')[0]}"
    mail["From"] = settings.get("NOTIFY_FROM") or reader
    mail["To"] = reader
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

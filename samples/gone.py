"""A portal that is switched off, as a web archive kept it: some articles, lists of all, a new owner."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from crawler.captures import CaptureWriter
from samples.articles import MADE_UP
from samples.shells import nukeviet
from samples.site import Site
from samples.sold import bets

ROOT = "http://khcncaobang.gov.vn"
LOOKS = ("2016-03-02T03:10:00Z", "2019-09-14T11:42:00Z")  # of everything that was kept
SOLD = "2023-08-01T09:00:00Z"
NEWEST = date(2015, 11, 20)
MISSED = 4  # every fourth article was never kept


def portal() -> Site:
    return nukeviet.build(16, newest=NEWEST)


def write_kept(path: Path) -> int:
    """Write the captures as one WARC file; returns how many. An older file is replaced."""
    path.unlink(missing_ok=True)
    site, writer = portal(), CaptureWriter(path, software="samples", portal="cao_bang_nukeviet")
    missed = {site.addresses[a.id] for n, a in enumerate(site.articles) if n % MISSED == 1}
    looks = 0
    for at in LOOKS:
        for address in site.pages:
            answer = site.answer(address)
            if address in missed or answer.status != 200 or not _is_kept(address):
                continue
            _keep(writer, address, at, answer.body)
            looks += 1
    _keep(writer, "/", SOLD, MADE_UP + bets())
    _keep(writer, site.addresses[site.articles[0].id], SOLD, MADE_UP + bets())
    writer.close()
    return looks + 2


def _is_kept(address: str) -> bool:
    return not address.startswith(("/print", "/savefile", "/users", "/seek", "/statistics"))


def _keep(writer: CaptureWriter, address: str, at: str, body: str) -> None:
    writer.keep(
        ROOT + address, fetched_at=at, status=200,
        headers=[("Content-Type", "text/html; charset=utf-8")], body=body.encode(),
    )  # fmt: skip

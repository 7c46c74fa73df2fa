"""Whether a server means its ETag and Last-Modified, as its own answers have shown."""

from __future__ import annotations

import sqlite3

from crawler.items import Capture
from crawler.parsing import split_url

FULL_WITHIN = "-30 days"  # a page is asked for whole at least so often, whatever its server says


def learn_validators(conn: sqlite3.Connection, capture: Capture) -> None:
    """Compare an answer with the one before it at the same address: bytes and validators.

    `kept`: both the same; `changed`: both new; `lied`: other bytes under the same validators.
    """
    host = split_url(capture.url).netloc
    if capture.outcome == "not_modified":
        _count(conn, host, "kept")
        return
    before = conn.execute(
        "select digest, etag, last_modified from captures where url = ? and fetched_at < ? "
        "and status = 200 order by fetched_at desc limit 1",
        (capture.url, capture.fetched_at),
    ).fetchone()
    if before is None or capture.status != 200 or not (capture.etag or capture.last_modified):
        return
    same_bytes = before[0] == capture.digest
    same = before[1:] == (capture.etag, capture.last_modified)
    if same_bytes == same:
        _count(conn, host, "kept" if same else "changed")
    elif same:
        _count(conn, host, "lied")


def _count(conn: sqlite3.Connection, host: str, what: str) -> None:
    conn.execute(
        f"insert into _validators(host, {what}) values (?, 1) "
        f"on conflict do update set {what} = {what} + 1",
        (host,),
    )


def validators_of(conn: sqlite3.Connection, url: str, now: str) -> dict[str, str]:
    """Headers to ask for an article only if it is another now; none where that cannot be trusted.

    A server is trusted once a page of it changed with its validators and another stayed with them,
    and while none has changed behind them.
    """
    trusted = conn.execute(
        "select 1 from _validators where host = ? and kept > 0 and changed > 0 and lied = 0",
        (split_url(url).netloc,),
    ).fetchone()
    if trusted is None:
        return {}
    row = conn.execute(
        "select etag, last_modified from captures where url = ? and status = 200 "
        "and outcome = 'ok' and article is not null "
        "and julianday(fetched_at) > julianday(?, ?) order by fetched_at desc limit 1",
        (url, now, FULL_WITHIN),
    ).fetchone()
    names = ("If-None-Match", "If-Modified-Since")
    return {name: value for name, value in zip(names, row or (), strict=False) if value}

"""Whole hosts that misbehave: certificates, robots.txt, servers that ask for rest, traps without end."""

from __future__ import annotations

import re
import ssl
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from samples.portals import SITES
from tests.hostile.certificates import DAY, NOW, Authority
from tests.hostile.pages import article, framed
from tests.hostile.server import (
    Asked,
    Reply,
    Served,
    Talk,
    drip,
    pour,
    redirect,
    reply,
    silence,
    site_reply,
    torn,
)

ALL = 12  # articles of each host
Answer = Callable[[Asked, "Host"], Reply | None]


@dataclass
class HostCase:
    """A host and what a night there must come to."""

    name: str
    does: str
    answer: Answer | None = None  # None, or an answer of None: what the healthy site says
    group: str = "host"
    outcome: str = "ok"
    failure: str | None = None
    issue: str = ""  # an outcome or reason that must be on record
    articles: int = ALL
    requests: int = 60  # at most, robots.txt included
    never: str = ""  # a pattern of paths that must not be asked for
    tls: Callable[[str, Authority, Authority], ssl.SSLContext] | None = None
    scheme: str = "http"
    greet: Talk | None = None
    facts: dict = field(default_factory=dict)
    gap: tuple[str, float] | None = None  # after a hit on this path, so many seconds of rest


@dataclass
class Host:
    """A case being served."""

    case: HostCase
    served: Served
    canary: str


def answer_of(case: HostCase, canary: str) -> tuple[Callable[[Asked], Reply], list[Host]]:
    """The server's side of a case; the list takes the host once it is known."""
    site = SITES["nukeviet"](ALL)
    host: list[Host] = []

    def answer(asked: Asked) -> Reply:
        said = case.answer(asked, host[0]) if case.answer else None
        return site_reply(site, asked, host[0].served.url) if said is None else said

    return answer, host


def robots(said: Callable[[Host], Reply]) -> Answer:
    return lambda asked, host: said(host) if asked.path == "/robots.txt" else None


def _robots_text(text: str | bytes) -> Answer:
    return robots(lambda host: reply(text, kind="text/plain"))


def _old(host: str, authority: Authority, other: Authority) -> ssl.SSLContext:
    context = authority.server(host)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context


def _expired(host: str, authority: Authority, other: Authority) -> ssl.SSLContext:
    return authority.server(host, since=NOW - timedelta(9), until=NOW - DAY)


def _https(name: str, does: str, issue: str, tls: object = None, **more: object) -> HostCase:
    found = {"outcome": "failed", "failure": "tls", "articles": 0, "requests": 1} | more
    return HostCase(name, does, group="tls", issue=issue, tls=tls, scheme="https", **found)  # type: ignore[arg-type]


TLS = [
    _https("fine", "a certificate in order", "", lambda h, a, o: a.server(h), outcome="ok", failure=None, articles=ALL, requests=60),
    _https("expired", "an expired certificate", "tls_expired", _expired),
    _https("early", "a certificate not yet valid", "tls_not_yet_valid", lambda h, a, o: a.server(h, since=NOW + DAY)),
    _https("selfsigned", "a self-signed certificate", "tls_self_signed", lambda h, a, o: a.server(h, self_signed=True)),
    _https("stranger", "an issuer nobody knows", "tls_unknown_issuer", lambda h, a, o: o.server(h)),
    _https("wrongname", "a certificate for another host", "tls_wrong_host", lambda h, a, o: a.server("127.0.9.9")),
    _https("old", "TLS 1.0 and nothing newer", "tls_unsupported", _old),
    _https("alert", "a protocol alert", "tls_unsupported", greet=lambda c, s: (c.recv(4000), c.sendall(b"\x15\x03\x01\x00\x02\x02\x46"))),
    _https("hangup", "hangs up in the handshake", "tls_unsupported", greet=lambda c, s: c.recv(100)),
    _https("plain", "plain HTTP where TLS is spoken", "tls_not_spoken", greet=lambda c, s: (c.recv(4000), c.sendall(b"HTTP/1.1 400 Bad\r\n\r\n"))),
    _https("stall", "says nothing in the handshake", "timeout", greet=silence, failure="timeout"),
    _https("overlooked", "an expired certificate, and the portal's facts say `unverified`", "tls_expired", _expired, facts={"tls": "unverified"}, outcome="ok", failure=None, articles=ALL, requests=60),
    _https("overlookedold", "TLS 1.0, and the portal's facts say `unverified`", "tls_unsupported", _old, facts={"tls": "unverified"}, outcome="ok", failure=None, articles=ALL, requests=60),
]  # fmt: skip


def _no_robots(
    name: str, does: str, said: Callable[[Host], Reply], issue: str, failure: str
) -> HostCase:
    return HostCase(
        name, does, robots(said), "robots", "failed", failure, issue, articles=0, requests=1,
        never=r"^/(?!robots\.txt$)",
    )  # fmt: skip


def _hops(count: int) -> Answer:
    """robots.txt behind so many redirects; the last one forbids a section."""

    def answer(asked: Asked, host: Host) -> Reply | None:
        found = re.fullmatch(r"/robots(\d*)\.txt", asked.path)
        if found is None:
            return None
        hop = int(found[1] or 0)
        if hop < count:
            return redirect(f"/robots{hop + 1}.txt")
        return reply("User-agent: *\nDisallow: /tin-trong-nuoc/\n", kind="text/plain")

    return answer


HALF = {"articles": ALL // 2, "never": r"^/tin-trong-nuoc/"}
ROBOTS = [
    _no_robots("r503", "robots.txt answers 503", lambda h: reply(status=503), "http_503", "http_5xx"),
    _no_robots("r500", "robots.txt answers 500", lambda h: reply(status=500), "http_500", "http_5xx"),
    _no_robots("r429", "robots.txt answers 429", lambda h: reply(status=429), "http_429", "http_4xx"),
    _no_robots("rhang", "robots.txt never comes", lambda h: silence, "timeout", "timeout"),
    _no_robots("rdrip", "robots.txt comes a byte at a time", lambda h: drip(reply(length=False), b"#", 0.2), "timeout", "timeout"),
    _no_robots("rtorn", "robots.txt is cut off", lambda h: torn(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nUser-agent"), "truncated", "connection"),
    HostCase("r404", "robots.txt answers 404", robots(lambda h: reply(status=404)), "robots"),
    HostCase("r403", "robots.txt answers 403", robots(lambda h: reply(status=403)), "robots"),
    HostCase("rhtml", "a web page as robots.txt", robots(lambda h: reply(framed("<p>Không tìm thấy</p>"))), "robots"),
    HostCase("rendless", "robots.txt without end: what stands in the first 500 KiB counts", robots(lambda h: pour(reply("User-agent: *\nDisallow: /tin-trong-nuoc/\n", kind="text/plain", length=False), b"# xin chao\n" * 6000)), "robots", **HALF),
    HostCase("rbom", "robots.txt with a BOM and carriage returns alone", _robots_text(b"\xef\xbb\xbfUser-agent: *\rDisallow: /tin-trong-nuoc/\r"), "robots", **HALF),
    HostCase("rmine", "a group of our own, in capitals", _robots_text("User-agent: *\nDisallow: /\n\nUser-agent: KHCN-Archive\nDisallow: /tin-trong-nuoc/\n"), "robots", **HALF),
    HostCase("rlatin", "robots.txt in another charset", _robots_text("# Trang thông tin điện tử\nUser-agent: *\nDisallow: /tin-trong-nuoc/\n".encode("utf-16")), "robots", **HALF),
    HostCase("rfive", "robots.txt behind five redirects", _hops(5), "robots", **HALF),
    HostCase("rsix", "robots.txt behind six redirects, as if there were none", _hops(6), "robots"),
    HostCase("raway", "robots.txt redirects to another port of this machine", robots(lambda h: redirect(f"{h.canary}/robots.txt")), "robots"),
    HostCase("rall", "robots.txt forbids everything", _robots_text("User-agent: *\nDisallow: /\n"), "robots", "failed", "robots", "robots", articles=0, requests=1, never=r"^/(?!robots\.txt$)"),
    HostCase("rdelay", "Crawl-delay: 1", _robots_text("User-agent: *\nCrawl-delay: 1\nDisallow: /tin-trong-nuoc/\n"), "robots", gap=("", 1.0), **HALF),
]  # fmt: skip


def _articles(said: Callable[[Asked], Reply]) -> Answer:
    """Every article page answers so; lists are in order."""
    return lambda asked, host: said(asked) if re.search(r"-\d+\.html$", asked.path) else None


def _once(path: str, said: bytes) -> Answer:
    """The first request for a page is answered so."""
    seen: set[tuple[int, str]] = set()

    def answer(asked: Asked, host: Host) -> Reply | None:
        if not re.search(path, asked.path) or (host.served.port, "") in seen:
            return None
        seen.add((host.served.port, ""))
        return said

    return answer


def _failing(name: str, does: str, said: Reply, issue: str, failure: str) -> HostCase:
    return HostCase(
        name, does, _articles(lambda asked: said), "rest", "partial", failure, issue, articles=0,
        requests=17,
    )  # fmt: skip


REST = [
    HostCase("later", "503 with Retry-After: 2, once", _once(r"-\d+\.html$", reply(status=503, Retry_After="2")), "rest", issue="http_503", gap=(r"-\d+\.html$", 2.0)),
    HostCase("muchlater", "429 with Retry-After: 3600: left alone", _once(r"-\d+\.html$", reply(status=429, Retry_After="3600")), "rest", "partial", "http_4xx", "http_429", articles=0, requests=12),
    _failing("all503", "every article answers 503", reply(status=503), "http_503", "http_5xx"),
    _failing("allreset", "every article breaks the connection", torn(b""), "connection", "connection"),
    _failing("allcut", "every article is cut off", reply(article())[:-200], "truncated", "connection"),
    _failing("allblocked", "every article is a firewall's page", reply("<html><title>Request Rejected</title><body>The requested URL was rejected. Your support ID is: 123</body></html>"), "block_page", "blocked"),
]  # fmt: skip


def _trap(name: str, does: str, links: Callable[[str], list[str]], requests: int = 90) -> HostCase:
    """Every page of the site leads to more; `links` says where from here."""

    def answer(asked: Asked, host: Host) -> Reply | None:
        if asked.path in ("/robots.txt", "/sitemap.xml"):
            return reply(status=404)
        site = SITES["nukeviet"](ALL)
        clean = re.sub(
            r";jsessionid=\w+|/\(S\(\w+\)\)|[?&](?:sid|PHPSESSID|page|thang|sort|mau)=[^&]*",
            "",
            asked.path,
        )
        clean = re.sub(r"^(?:/tin/lien-quan|/a/b)+|/\d{4}/\d\d/?$", "", clean) or "/"
        plain = site_reply(site, Asked("GET", clean, {}, asked.at), host.served.url)
        head, _, body = plain.partition(b"\r\n\r\n")
        if b" 404 " in head:
            body = framed("<p>Không có tin nào.</p>").encode()
        more = "".join(f'<li><a href="{to}">Xem thêm {to}</a></li>' for to in links(asked.path))
        return reply(body.replace(b"</body>", f"<ul>{more}</ul></body>".encode()))

    return HostCase(name, does, answer, "trap", requests=requests, facts={"any": True})


def _next_month(path: str) -> list[str]:
    found = re.search(r"thang=(\d{4})-(\d\d)", path)
    year, month = (int(found[1]), int(found[2])) if found else (2024, 1)
    after, before = (
        (year, month + 1) if month < 12 else (year + 1, 1),
        (year, month - 1) if month > 1 else (year - 1, 12),
    )
    return [f"/lich-cong-tac/?thang={y}-{m:02}" for y, m in (after, before)]


def _session(path: str, form: str) -> list[str]:
    token = f"{abs(hash(path)) % 16**12:012x}{abs(hash(path[::-1])) % 16**12:012x}"
    return [
        form.format(token=token, section=section) for section in ("tin-hoat-dong", "tin-trong-nuoc")
    ]


def _page_after(path: str) -> list[str]:
    found = re.search(r"page=(\d+)", path)
    return [f"/tin-hoat-dong/?page={int(found[1]) + 1 if found else 2}"]


TRAPS = [
    _trap("calendar", "a calendar without end, either way", _next_month),
    _trap("wrapped", "every further page of a list is its first", _page_after),
    _trap("sessions", "a new session in every query", lambda path: _session(path, "/{section}/?PHPSESSID={token}")),
    _trap("jsessions", "a new session in every path", lambda path: _session(path, "/{section}/;jsessionid={token}")),
    _trap("aspsessions", "a new session in front of every path", lambda path: _session(path, "/(S({token}))/{section}/")),
    _trap("growing", "paths that grow", lambda path: [f"/a/b{path.partition('?')[0]}", f"{path.partition('?')[0].rstrip('/')}/tin/lien-quan/"]),
    _trap("facets", "every mix of filters", lambda path: [f"/tin-hoat-dong/?sort={a}&mau={b}" for a in "abcdefgh" for b in "ijklmnop"]),
    _trap("archives", "a list for every month since 1900", lambda path: [f"/luu-tru/{y}/{m:02}/" for y in range(1900, 2030) for m in (1, 6, 12)]),
]  # fmt: skip
OTHERS = [
    HostCase("private", "a portal declared on a private address", group="ssrf", outcome="failed", failure="private_address", issue="private_address", articles=0, requests=0, facts={"closed": True}),
    HostCase("nowhere", "a host whose name leads nowhere", group="host", outcome="failed", failure="dns", issue="dns", articles=0, requests=0, facts={"url": "http://khong-co.invalid/"}),
    HostCase("shut", "a port where nobody listens", group="host", outcome="failed", failure="refused", issue="refused", articles=0, requests=0, facts={"url": "http://127.0.4.250:9/"}),
]  # fmt: skip
CASES: list[HostCase] = [*TLS, *ROBOTS, *REST, *TRAPS, *OTHERS]

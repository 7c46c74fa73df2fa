"""What web archives answer: where their index and their captures are, and what an index says.

Two dialects of the CDX API are spoken: the Internet Archive's (OutbackCDX too) answers with an array
of rows and a key to go on with; pywb's with an object a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self
from urllib.parse import quote, urlencode

from crawler.parsing import number, read_http_date, read_json, split_url
from crawler.portals.model import Portal
from crawler.portals.urls import classify_url

INTERNET_ARCHIVE = "https://web.archive.org"
Parameters = dict[str, str | int | None]  # of a query; None is left out
ROWS = 5_000  # asked for at once
MOST_ROWS = 1_000_000  # of an index that gives no key to go on with
FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest")
SPELT = {"original": ("original", "url"), "mimetype": ("mimetype", "mime"),
         "statuscode": ("statuscode", "status")}  # fmt: skip
CAPTURE = re.compile(r"/(\d{14})(?:[a-z]{2}_)?/(https?:/.+)$", re.IGNORECASE)
KEPT = "x-archive-orig-"  # how the Internet Archive names the headers of the original
# An archive's own headers, and those of a transfer that is over.
NOT_ORIGINAL = re.compile(
    r"memento-datetime|link|content-location|content-length|content-encoding|transfer-encoding"
    r"|connection|keep-alive|preference-applied|server-timing|x-archive-.*|x-app-.*|x-ts|x-tr|x-rl"
    r"|x-na|x-page-cache|x-location"
)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A web archive: the address of its index, and what stands before a capture's timestamp."""

    index: str
    captures: str

    def query(self, prefix: str, parameters: Parameters) -> str:
        """The address that asks for all captures whose address begins so."""
        asked = {"url": prefix, "matchType": "prefix", "output": "json", **parameters}
        return f"{self.index}?{urlencode({k: v for k, v in asked.items() if v is not None})}"

    def capture(self, timestamp: str, url: str) -> str:
        """The address of a capture's own bytes."""
        return f"{self.captures}{timestamp}id_/{quote(url, safe=':/?&=%+,;@~!$()*')}"


def endpoints(given: str) -> list[Endpoint]:
    """What an address may stand for, the likeliest first: an archive, a collection, or an index."""
    parts = split_url(given)
    root = f"{parts.scheme}://{parts.netloc}"
    path = parts.path.rstrip("/*")
    internet_archive = Endpoint(f"{root}/cdx/search/cdx", f"{root}/web/")
    if path.endswith("/cdx/search/cdx"):
        return [internet_archive]
    index = re.search(r"[/-](?:cdx|index)$", path)
    if index:
        return [Endpoint(root + path, f"{root}{path[: index.start()]}/")]
    collection = Endpoint(f"{root}{path}/cdx", f"{root}{path}/")
    return [internet_archive, collection] if path in ("", "/web") else [collection]


def prefixes(portal: Portal) -> list[str]:
    """What every address of a portal begins with; indexes know no schemes, ports 80 and `www.`."""
    hosts = dict.fromkeys(host.removeprefix("www.") for host in portal.hosts)
    paths = [path if path.startswith("/") else f"/{path}" for path in portal.within or ("/",)]
    return [f"http://{host}{path}" for host in hosts for path in paths]


@dataclass(frozen=True, slots=True)
class CdxRow:
    """A capture as an index lists it."""

    url: str
    timestamp: str  # 20220827054449
    mime: str
    status: str  # `-` for a revisit
    digest: str
    length: int = field(default=0, compare=False)  # bytes of the record; 0: not said
    place: str = field(default="", compare=False)  # `FILE OFFSET`, where an index tells

    @property
    def fetched_at(self) -> str:
        return moment_of(self.timestamp)


@dataclass(frozen=True, slots=True)
class Index:
    """One answer of an index."""

    rows: list[CdxRow] = field(default_factory=list)
    resume_key: str | None = None
    whole: bool = True  # False: there is more, and no key to ask for it


def read_index(body: bytes, *, limit: int | None) -> Index:
    """Raises ValueError when the answer is no index, or not whole."""
    text = body.decode("utf-8", "replace").strip()
    if not text:
        return Index()
    if text.startswith("["):
        return _rows_of_arrays(_whole(text))
    if not text.startswith("{"):
        raise ValueError(f"no index: {text[:80]!r}")
    found = [_row(_whole(line)) for line in text.splitlines() if line.startswith("{")]
    return Index([row for row in found if row], whole=limit is None or len(found) < limit)


def _whole(text: str) -> Any:
    said = read_json(text)
    if said is None:
        raise ValueError(f"no index: {text[:80]!r}")
    return said


def _rows_of_arrays(answer: list[Any]) -> Index:
    key = None
    if len(answer) >= 2 and not answer[-2] and answer[-1]:
        key = answer[-1][0]
        answer = answer[:-2]
    if not answer:
        return Index(resume_key=key)
    if isinstance(answer[0], dict):
        return Index([row for row in map(_row, answer) if row])
    names = answer[0] if "timestamp" in answer[0] else FIELDS
    start = int("timestamp" in answer[0])
    rows = (_row(dict(zip(names, row, strict=False))) for row in answer[start:])
    return Index([row for row in rows if row], key)


def _row(fields: Any) -> CdxRow | None:
    if not isinstance(fields, Mapping):
        return None

    def named(name: str) -> str:
        said = (fields.get(key) for key in SPELT.get(name, (name,)))
        return next((str(value) for value in said if value not in (None, "")), "-")

    timestamp, url = named("timestamp"), named("original")
    if not re.fullmatch(r"\d{14}", timestamp) or not url.lower().startswith("http"):
        return None
    try:
        moment_of(timestamp)
    except ValueError:
        return None
    length = number(named("length")) or 0
    file, offset = named("filename"), number(named("offset"))
    place = f"{file} {offset}" if file != "-" and offset is not None else ""
    return CdxRow(
        url, timestamp, named("mimetype"), named("statuscode"), named("digest"), length, place
    )


@dataclass(frozen=True, slots=True)
class Period:
    """From when to when captures are wanted, as precise as somebody gave it: `2015`, `201506`."""

    first: str = ""
    last: str = ""

    @classmethod
    def of(cls, first: str | None, last: str | None) -> Self:
        """Read `2015`, `2015-06`, `2015-06-30`. Raises ValueError on anything else."""
        digits = [(text or "").replace("-", "") for text in (first, last)]
        for text in digits:
            if text and not re.fullmatch(r"\d{4}(?:\d\d){0,5}", text):
                raise ValueError(text)
        return cls(*digits)

    @property
    def bounds(self) -> tuple[str, str]:
        """The same as whole timestamps."""
        return self.first.ljust(14, "0"), self.last.ljust(14, "9")


def moment_of(timestamp: str) -> str:
    """`20220827054449` → `2022-08-27T05:44:49Z`."""
    return datetime.strptime(timestamp, "%Y%m%d%H%M%S").strftime("%Y-%m-%dT%H:%M:%SZ")


def is_wanted(row: CdxRow, portal: Portal) -> bool:
    """Whether a capture may be of an article, and its bytes are worth asking for."""
    if row.status not in ("200", "-"):
        return False
    kind = row.mime.partition(";")[0].strip().lower()
    if not ("html" in kind or kind in ("-", "unk", "warc/revisit", "text/plain", "no-type")):
        return False
    address = classify_url(row.url, portal)
    return address.kind == "article" or (address.kind == "unknown" and not portal.article_urls)


def original_headers(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The headers of the page as it was captured; its encodings are undone by now."""
    given = [(name.lower(), value) for name, value in headers]
    kept = [(name[len(KEPT) :], value) for name, value in given if name.startswith(KEPT)]
    if kept and not any(name == "content-type" for name, _ in kept):
        kept += [(name, value) for name, value in given if name == "content-type"]
    return [(name, value) for name, value in kept or given if not NOT_ORIGINAL.fullmatch(name)]


def memento_timestamp(value: str | None) -> str | None:
    """When the page that was given out was captured (RFC 7089, Memento-Datetime)."""
    if not value:
        return None
    moment = read_http_date(value)
    return moment.strftime("%Y%m%d%H%M%S") if moment else None


def captured_at(location: str) -> tuple[str, str] | None:
    """Timestamp and address of the capture that a redirect of an archive leads to."""
    found = CAPTURE.search(location)
    return (found[1], re.sub(r"^(https?:)/+", r"\1//", found[2])) if found else None

"""Common Crawl: a list of monthly crawls, an index for each (pywb's CDX), records by ranged GETs."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from scrapy.http import Response
from scrapy.settings import BaseSettings

from crawler.captures import CaptureError, Fragment, fits, read_fragment, same_digest
from crawler.downloader.responses import header_of
from crawler.items import Via
from crawler.messages import say
from crawler.parsing import join_url, number, read_json, split_url
from crawler.rescue.sources import Answer, Elsewhere, Kept, Moved, Query, RefusedError, start_of
from crawler.wayback.cdx import CdxRow, Period, read_index
from crawler.wayback.client import ArchiveClient, UnansweredError, delay_for

COMMON_CRAWL = "https://index.commoncrawl.org/collinfo.json"
DATA = "https://data.commoncrawl.org/"
LARGEST_INDEX = 64 * 2**20  # bytes of a page of an index: 5 blocks of 3,000 lines
LARGEST_RECORD = 16 * 2**20  # bytes, packed; the crawler itself keeps 1 MiB of a page, 5 since 2025
BROKEN = 3  # times that a page of an index is asked for that came broken
CRAWL = re.compile(r"CC-MAIN-(\d{4})(?:-(\d{4})|-\d{2}(?!\d))?")
RANGE = re.compile(r"bytes\s+(\d+)-(\d+)/(?:\d+|\*)")


@dataclass(frozen=True, slots=True)
class Crawl:
    """One monthly crawl: its name, its index, and from when to when it went on."""

    name: str
    index: str
    first: str = ""  # timestamps, as far as they are known
    last: str = ""

    def may_hold(self, period: Period) -> bool:
        since, until = period.bounds
        return (self.last or "9" * 14).ljust(14, "9") >= since and self.first <= until


def read_crawls(body: bytes, given: str) -> list[Crawl]:
    """The crawls of a `collinfo.json`, oldest first. Raises ValueError when it is none.

    Only indexes on the list's own host count: nobody is sent elsewhere by it.
    """
    said = read_json(body)
    found = []
    for entry in said if isinstance(said, list) else []:
        index = entry.get("cdx-api") if isinstance(entry, dict) else None
        name = entry.get("id") if isinstance(entry, dict) else None
        if not isinstance(index, str) or not isinstance(name, str):
            continue
        if split_url(index).netloc == split_url(given).netloc:
            found.append(Crawl(name, index, *_span(name, entry)))
    if not found and said != []:
        raise ValueError(f"no list of crawls on this host: {body[:80]!r}")
    return sorted(found, key=lambda crawl: (crawl.first, crawl.name))


def _span(name: str, entry: dict[str, Any]) -> tuple[str, str]:
    """When a crawl went on: as it says, else by its name (CC-MAIN-2019-35 is a week of 2019)."""
    first, last = (re.sub(r"\D", "", str(entry.get(key) or ""))[:14] for key in ("from", "to"))
    if first and last:
        return first, last
    found = CRAWL.search(name)
    if found is None:
        return "", ""
    # A crawl began before its week, and one of 2009-2010 names two years.
    return f"{int(found[1]) - 1}12", f"{found[2] or found[1]}12".ljust(14, "9")


class CommonCrawlSource:
    """Every monthly crawl that a list names."""

    via: Via = "commoncrawl"

    def __init__(
        self, given: str, data: str, client: ArchiveClient, settings: BaseSettings
    ) -> None:
        public = given == COMMON_CRAWL
        self.name = "common-crawl" if public else given
        self.asked = client
        self._given, self._data, self._settings = given, data.rstrip("/") + "/", settings
        self._crawls: dict[str, Crawl] = {}

    def may_ask(self, url: str) -> bool:
        asked = split_url(url).netloc
        return asked in (split_url(self._given).netloc, split_url(self._data).netloc)

    def seconds_a_request(self) -> float:
        return max(delay_for(self._given, self._settings), delay_for(self._data, self._settings))

    async def queries(self, prefixes: Sequence[str], period: Period) -> AsyncIterator[Query]:
        for crawl in await self._list():
            if crawl.may_hold(period):
                for prefix in prefixes:
                    yield Query(f"{crawl.name} {prefix} {period.first}-{period.last}", grows=False)

    async def _list(self) -> list[Crawl]:
        if not self._crawls:
            response = await self.asked.ask(self._given, maxsize=LARGEST_INDEX)
            try:
                if response.status != 200:
                    raise ValueError(f"http_{response.status}")
                found = read_crawls(response.body, self._given)
            except ValueError as error:
                detail = f"{self._given}: {error}"
                raise UnansweredError(say("wayback_no_index", detail=detail)) from error
            self._crawls = {crawl.name: crawl for crawl in found}
        return list(self._crawls.values())

    async def answer(self, query: Query, resume: str | None, period: Period) -> Answer:
        """A page of a crawl's index; how many there are is asked first. `resume`: `PAGE/PAGES`."""
        name, prefix, _ = query.name.split(" ", 2)
        crawl = self._crawls[name]
        asked = {"url": prefix, "matchType": "prefix", "output": "json"}
        if resume is None:
            pages = await self._pages(
                f"{crawl.index}?{urlencode({**asked, 'showNumPages': 'true'})}"
            )
            return Answer(resume=f"0/{pages}") if pages else Answer()
        page, pages = (number(text) or 0 for text in resume.split("/", 1))
        rows = await self._page(f"{crawl.index}?{urlencode({**asked, 'page': page})}")
        since, until = period.bounds
        wanted = [row for row in rows if since <= row.timestamp <= until]
        return Answer(wanted, f"{page + 1}/{pages}" if page + 1 < pages else None)

    async def _pages(self, url: str) -> int:
        """How many pages an index has on something; 0 when it knows nothing of it."""
        response = await self.asked.ask(url, maxsize=LARGEST_INDEX)
        if response.status == 404:
            return 0
        said = read_json(response.body) if response.status == 200 else None
        pages = said.get("pages") if isinstance(said, dict) else said
        if not isinstance(pages, int) or pages < 0:
            detail = f"{url}: http_{response.status} {response.body[:60]!r}"
            raise RefusedError("index_refused", detail, passing=True)
        return pages

    async def _page(self, url: str) -> list[CdxRow]:
        failure: object = ""
        for _ in range(BROKEN):
            response = await self.asked.ask(url, maxsize=LARGEST_INDEX)
            if response.status == 404:  # how pywb says that there is nothing
                return []
            try:
                if response.status != 200:
                    raise ValueError(f"http_{response.status}")
                return read_index(response.body, limit=None).rows
            except ValueError as error:
                failure = error
        raise RefusedError("index_refused", f"{url}: {failure}", passing=True)

    async def fetch(self, row: CdxRow) -> Kept | Elsewhere | Moved:
        place = start_of(row)
        if place is None or not row.length or not _is_path(place[0]):
            raise RefusedError("no_place", row.place)
        if row.length > LARGEST_RECORD:
            raise RefusedError("too_large", str(row.length))
        url = self._data + place[0]
        span = place[1], row.length
        response = await self.asked.ask(url, maxsize=LARGEST_RECORD, span=span)
        _refuse_other_range(response, *span)
        try:
            record = read_fragment(response.body, source=url)
        except CaptureError as error:
            raise RefusedError("no_record", str(error), passing=True) from error
        _refuse_other_record(row, record)
        if record.kind == "revisit":
            if record.refers_to is None:
                raise RefusedError("revisit_unresolved", record.url)
            target, at = record.refers_to
            return Elsewhere(re.sub(r"\D", "", at)[:14], target)
        location = next((v for n, v in record.headers if n.lower() == "location"), None)
        if 300 <= record.status < 400 and location:
            return Moved(join_url(row.url, location))
        source = f"{url}#offset={place[1]}&length={row.length}"
        return Kept(
            row.timestamp, record.status, record.headers, record.body, source, head=record.head,
            record={"WARC-IP-Address": record.ip, "WARC-Truncated": record.truncated},
        )  # fmt: skip

    def label(self, row: CdxRow) -> str:
        found = CRAWL.search(row.place)
        return f"Common Crawl, {found[0]}" if found else "Common Crawl"

    def link(self, row: CdxRow) -> str | None:
        place = start_of(row)
        return f"{self._data}{place[0]}#offset={place[1]}&length={row.length}" if place else None


def _is_path(name: str) -> bool:
    """Whether a file's name leads below the root of the data and nowhere else."""
    return not name.startswith("/") and ".." not in name.split("/") and "://" not in name


def _refuse_other_range(response: Response, offset: int, length: int) -> None:
    """Raises RefusedError unless exactly the bytes that were asked for came."""
    if response.status == 200:
        raise RefusedError("range_ignored", passing=True)
    if response.status != 206:
        raise RefusedError(f"archive_http_{response.status}", passing=response.status != 404)
    found = RANGE.fullmatch((header_of(response, "Content-Range") or "").strip())
    if found is None or (int(found[1]), int(found[2])) != (offset, offset + length - 1):
        raise RefusedError("range_wrong", header_of(response, "Content-Range") or "", passing=True)
    if len(response.body) != length:
        raise RefusedError("range_truncated", f"{len(response.body)}/{length}", passing=True)


def _refuse_other_record(row: CdxRow, record: Fragment) -> None:
    """Raises RefusedError unless it is the record that the index speaks of."""
    dated = re.sub(r"\D", "", record.date)[:14]
    if record.url != row.url or dated != row.timestamp:
        raise RefusedError("other_record", f"{record.url} {record.date}", passing=True)
    if record.kind == "revisit":
        return
    if not fits(row.digest, record.body, record.headers):
        # An index may give a digest of what was cut off; the record says what it holds.
        truncated = record.truncated and same_digest(record.digest) == same_digest(row.digest)
        if not truncated:
            raise RefusedError("digest_mismatch", row.digest, passing=True)

"""The Internet Archive, and every archive that speaks its CDX or pywb's: index, then `id_` captures."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from scrapy.http import Response
from scrapy.settings import BaseSettings

from crawler.captures import fits
from crawler.downloader.responses import header_of, header_pairs
from crawler.items import Via
from crawler.messages import say
from crawler.parsing import join_url, split_url
from crawler.rescue.sources import Answer, Elsewhere, Kept, Moved, Query, RefusedError
from crawler.wayback.cdx import (
    INTERNET_ARCHIVE,
    MOST_ROWS,
    ROWS,
    CdxRow,
    Endpoint,
    Index,
    Parameters,
    Period,
    captured_at,
    endpoints,
    memento_timestamp,
    original_headers,
    read_index,
)
from crawler.wayback.client import ArchiveClient, UnansweredError, delay_for, is_memento

LARGEST_INDEX = 256 * 2**20  # bytes of an answer
BROKEN = 3  # times that a page of an index is asked for that came broken
# What a transfer of old did to the bytes, so that their digest is another.
CODED = ("x-archive-orig-content-encoding", "x-archive-orig-transfer-encoding")


class MementoSource:
    """An archive by its address."""

    def __init__(self, given: str, client: ArchiveClient, settings: BaseSettings) -> None:
        public = split_url(given).netloc == split_url(INTERNET_ARCHIVE).netloc
        self.name = "internet-archive" if public else given
        self.via: Via = "wayback" if public else "memento"
        self.asked = client
        self._title = "Internet Archive" if public else split_url(given).netloc
        self._given, self._settings = given, settings
        # Whether a public archive's index is where it always is nobody needs to find out.
        self._candidates = endpoints(given)[: 1 if public else None]
        self._proved = public

    def may_ask(self, url: str) -> bool:
        return split_url(url).netloc == split_url(self._given).netloc

    def seconds_a_request(self) -> float:
        return delay_for(self._given, self._settings)

    async def queries(self, prefixes: Sequence[str], period: Period) -> AsyncIterator[Query]:
        for prefix in prefixes:
            yield Query(f"{prefix} {period.first}-{period.last}")

    async def answer(self, query: Query, resume: str | None, period: Period) -> Answer:
        prefix = query.name.partition(" ")[0]
        window: Parameters = {"from": period.first or None, "to": period.last or None}
        failure: object = ""
        for endpoint in self._candidates:
            try:
                index = await self._whole(endpoint, prefix, window, resume)
            except ValueError as error:
                failure = f"{endpoint.index}: {error}"
                continue
            self._candidates, self._proved = [endpoint], True
            return Answer(index.rows, index.resume_key)
        if self._proved:  # it answers about others: a host that is blocked, a broken shelf
            raise RefusedError("index_refused", str(failure), passing=True)
        raise UnansweredError(say("wayback_no_index", detail=failure))

    async def _whole(
        self, endpoint: Endpoint, prefix: str, window: Parameters, resume: str | None
    ) -> Index:
        """One answer; all of it at once from an index that has no key to go on with."""
        paged: Parameters = {"limit": ROWS, "showResumeKey": "true", "resumeKey": resume}
        index = await self._index(endpoint.query(prefix, window | paged), ROWS)
        if not index.whole:
            everything: Parameters = {"limit": MOST_ROWS}
            index = await self._index(endpoint.query(prefix, window | everything), MOST_ROWS)
        if not index.whole:
            raise ValueError(f"more than {MOST_ROWS} captures; --from, --to")
        return index

    async def _index(self, url: str, limit: int) -> Index:
        """Raises ValueError when the address is no index; a broken page is asked for again."""
        for left in reversed(range(BROKEN)):
            response = await self.asked.ask(url, maxsize=LARGEST_INDEX)
            if response.status != 200:
                raise ValueError(f"http_{response.status}")
            try:
                return read_index(response.body, limit=limit)
            except ValueError:
                # HTML is no index at this address; half of one may come whole the next time.
                if not left or response.body.lstrip()[:1] not in (b"[", b"{"):
                    raise
        raise AssertionError

    async def fetch(self, row: CdxRow) -> Kept | Elsewhere | Moved:
        response = await self.asked.ask(self._candidates[0].capture(row.timestamp, row.url))
        original = is_memento(response)
        nearest = captured_at(header_of(response, "Location") or "")
        if 300 <= response.status < 400 and nearest and not original:
            return Elsewhere(*nearest)
        if response.status != 200 and not original:
            raise RefusedError(f"archive_http_{response.status}")
        location = header_of(response, "Location")
        if 300 <= response.status < 400 and location:
            return Moved(nearest[1] if nearest else join_url(row.url, location))
        timestamp = memento_timestamp(header_of(response, "Memento-Datetime")) or row.timestamp
        if timestamp == row.timestamp:
            self._verify(row, response)
        headers = original_headers(header_pairs(response.headers))
        return Kept(timestamp, response.status, headers, response.body, response.url)

    def _verify(self, row: CdxRow, response: Response) -> None:
        """Raises RefusedError when the bytes are other ones than the index promised.

        Where the original or the archive packed them, their digest says nothing of these bytes.
        """
        names = {name.decode("latin-1").lower() for name in response.headers}
        if names.intersection(CODED) or response.meta.get("coded"):
            return
        if not fits(row.digest, response.body):
            raise RefusedError("digest_mismatch", row.digest, passing=True)

    def label(self, row: CdxRow) -> str:
        return self._title

    def link(self, row: CdxRow) -> str | None:
        return f"{self._candidates[0].captures}{row.timestamp}/{row.url}"

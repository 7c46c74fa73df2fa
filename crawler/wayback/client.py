"""Asking a web archive: slowly, with patience, and never one that must not be asked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings

from crawler.downloader.responses import header_of
from crawler.http.outcomes import PRIVATE, outcome_of_failure, outcome_of_status, retry_after
from crawler.http.public_addresses import allowed_places, place_of
from crawler.messages import MessageError, say
from crawler.parsing import join_url, split_url
from crawler.run.network import Network

PUBLIC_DELAY = 3.0  # seconds; the Internet Archive takes 24 requests a minute
ATTEMPTS = 4
PATIENCE = 60.0  # seconds to wait after a refusal that names no time, longer each time
OWN_PATIENCE = 1.0  # the same where the operator's own archive answers
LONGEST_WAIT = 900.0
# Settings of a spider that asks web archives. robots.txt is for those who explore; an archive's index and
# captures are its interface. What is kept the spider writes, under the original's date and address.
ASKING_ARCHIVES: dict[str, Any] = {
    "DOWNLOADER_MIDDLEWARES": {
        "crawler.downloader.middlewares.private_hosts.PrivateHostsMiddleware": 50,
        "crawler.downloader.middlewares.content_coding.UnpackedMiddleware": 590,
    },
    "ITEM_PIPELINES": {},
    "AUTOTHROTTLE_ENABLED": False,
    "DOWNLOAD_TIMEOUT": 180,
}


class UnansweredError(MessageError):
    """An archive gave no answer that can be used; the text says what to do."""


class OutOfBoundsError(UnansweredError):
    """An archive that must not be asked at all."""


class LeftAloneError(UnansweredError):
    """An archive that wants to be left alone for longer than a run waits."""


class ArchiveClient:
    """Sends one request after another through a crawler's engine, and counts them."""

    def __init__(self, crawler: Crawler, patience: float) -> None:
        self.asked = 0
        self._crawler, self._patience = crawler, patience

    async def ask(
        self, url: str, *, maxsize: int | None = None, span: tuple[int, int] | None = None
    ) -> Response:
        """An answer, after as much waiting as the archive asks for. Raises UnansweredError.

        `span`: the first of the bytes that are wanted of a file, and how many.
        """
        meta = {"download_maxsize": maxsize} if maxsize else {}
        headers = _range(*span) if span else {}
        for attempt in range(1, ATTEMPTS + 1):
            self.asked += 1
            wait = None
            try:
                request = Request(url, dont_filter=True, meta=dict(meta), headers=headers)
                response = await self._crawler.engine.download_async(request)
            except Exception as error:
                # Whatever kept the answer away has a name, and perhaps passes.
                outcome, passing = outcome_of_failure(error)
                if outcome == PRIVATE:
                    host = split_url(url).netloc
                    raise OutOfBoundsError(say("wayback_private", host=host)) from error
            else:
                outcome, passing = outcome_of_status(response.status)
                if not passing or is_memento(response):
                    return response
                wait = retry_after(header_of(response, "Retry-After"), datetime.now(UTC))
            if not passing or attempt == ATTEMPTS:
                break
            wait = self._patience * attempt if wait is None else wait
            if wait > LONGEST_WAIT:
                raise LeftAloneError(
                    say("wayback_later", url=join_url(url, "/"), seconds=round(wait))
                )
            Network.of(self._crawler).hosts.pause(url, wait)
        raise UnansweredError(say("wayback_unanswered", url=join_url(url, "/"), outcome=outcome))


def _range(offset: int, length: int) -> dict[str, str]:
    # A part of a file that was packed on the way would be a part of something else.
    return {"Range": f"bytes={offset}-{offset + length - 1}", "Accept-Encoding": "identity"}


def is_own(endpoint: str, settings: BaseSettings) -> bool:
    """Whether an archive is the operator's, on this machine or its network."""
    allowed = allowed_places(tuple(settings.getlist("PRIVATE_HOSTS_ALLOWED")))
    try:
        return place_of(endpoint) in allowed
    except ValueError:
        return False


def patience_with(endpoint: str, settings: BaseSettings) -> float:
    return OWN_PATIENCE if is_own(endpoint, settings) else PATIENCE


def delay_for(endpoint: str, settings: BaseSettings) -> float:
    """Seconds between two requests."""
    if is_own(endpoint, settings):
        return 0.0
    return max(settings.getfloat("DOWNLOAD_DELAY"), PUBLIC_DELAY)


def is_memento(response: Response) -> bool:
    """Whether an answer, whatever its status, is what was captured and not the archive's own."""
    if "X-Archive-Redirect-Reason" in response.headers:
        return False  # on the way to the nearest capture
    return "Memento-Datetime" in response.headers or any(
        name.lower().startswith(b"x-archive-orig-") for name in response.headers
    )

"""How far a crawl goes: the arguments a person gives on the command line."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from crawler.archive.frontier.queue import Visit
from crawler.items import Article
from crawler.messages import MessageError, say
from crawler.parsing import is_number

LIMITS = ("since", "max_pages", "deep")


class ArgumentError(MessageError, ValueError):
    """A spider argument that makes no sense; the text says what is wanted."""


@dataclass(frozen=True, slots=True)
class CrawlArguments:
    """`since` as an ISO day, `max_pages` as a number of requests; None is no limit."""

    since: str | None = None
    max_pages: int | None = None
    deep: bool = False

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> Self:
        """Read `-a name=value` arguments. Raises ArgumentError on an unknown or wrong one."""
        for name, value in arguments.items():
            if name not in LIMITS:
                raise ArgumentError(
                    say("argument_wrong", name=name, value=value, wanted=", ".join(LIMITS))
                )
        since, pages = arguments.get("since"), arguments.get("max_pages")
        if since is not None:
            try:
                since = date.fromisoformat(since).isoformat()
            except ValueError:
                raise ArgumentError(
                    say("argument_wrong", name="since", value=since, wanted="YYYY-MM-DD")
                ) from None
        if pages is not None and not (is_number(pages) and int(pages) > 0):
            raise ArgumentError(
                say("argument_wrong", name="max_pages", value=pages, wanted="1, 2, 3 …")
            )
        return cls(since, int(pages) if pages else None, arguments.get("deep", "0") == "1")

    def too_old(self, article: Article) -> bool:
        """Whether an article was surely published before `since`: no date, no judgement."""
        return bool(self.since and article.published and article.published < self.since)

    def passed(self, conn: sqlite3.Connection, visit: Visit) -> bool:
        """Whether every article found on the list page before this one is older than `since`."""
        if self.since is None or visit.found_on is None:
            return False
        known, wanted = conn.execute(
            "select count(*), count(*) filter (where state <> 'older' and not exists "
            "(select 1 from articles where articles.portal = _frontier.portal and "
            "'a:' || articles.key = _frontier.name and articles.published < ?)) "
            "from _frontier where found_on = ? and kind = 'article'",
            (self.since, visit.found_on),
        ).fetchone()
        return bool(known) and not wanted

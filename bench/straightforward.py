"""What one would write first with the same libraries: Scrapy, trafilatura, sqlite-utils.

`python -m bench.straightforward ARCHIVE` crawls the corpus that BENCH_* name, `… nothing` fetches
the same pages and does nothing with them, `… ARCHIVE WARC` reads the pages of a WARC file.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.server import addresses

PORT = os.environ.get("BENCH_PORT", "80")
HOSTS = [f"{host}:{PORT}" for host in addresses(int(os.environ.get("BENCH_PORTALS", "0")))]
ARTICLES = (r"ItemID=\d+", r"/tin-chi-tiet/id/\d+", r"-\d+\.html$", r"-\d{4,}/$")
LISTS = (r"/Pages/t[\w-]+\.aspx", r"/vi-vn/t[\w-]+(?:\?|$)", r"/tin-[\w-]+/(?:page-\d+/)?$", r"/category/")  # fmt: skip


def row_of(body: bytes, url: str) -> dict[str, Any] | None:
    """An article as trafilatura and dateparser see it."""
    import dateparser
    import trafilatura

    found = trafilatura.bare_extraction(body, url=url, with_metadata=True)
    if not found:
        return None
    date = dateparser.parse(found.date, languages=["vi"]) if found.date else None
    return {
        "url": url,
        "title": found.title,
        "author": found.author,
        "published": date.isoformat() if date else None,
        "text": found.text,
    }


def read(archive: str, warc: str) -> None:
    from sqlite_utils import Database
    from warcio.archiveiterator import ArchiveIterator

    table = Database(archive)["articles"]
    pages = 0
    with Path(warc).open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type == "response":
                url = record.rec_headers.get_header("WARC-Target-URI")
                row = row_of(record.content_stream().read(), url)
                if row:
                    table.upsert(row, pk="url")  # type: ignore[union-attr]
                pages += 1
    print(json.dumps({"pages": pages}))


def run(archive: str) -> None:
    from scrapy.crawler import CrawlerProcess
    from scrapy.http import Response
    from scrapy.linkextractors import LinkExtractor
    from scrapy.spiders import CrawlSpider, Rule
    from sqlite_utils import Database

    class SaveArticle:
        def open_spider(self) -> None:
            self.table = Database(archive)["articles"]

        def process_item(self, item: dict[str, Any]) -> dict[str, Any]:
            self.table.upsert(item, pk="url")  # type: ignore[union-attr]
            return item

    class News(CrawlSpider):
        name = "news"
        start_urls = tuple(f"http://{host}/" for host in HOSTS)
        rules = (
            Rule(LinkExtractor(allow=ARTICLES, allow_domains=HOSTS), callback="parse_article"),
            Rule(LinkExtractor(allow=LISTS, allow_domains=HOSTS), follow=True),
        )

        def parse_article(self, response: Response) -> Iterator[dict[str, Any]]:
            if archive == "nothing":
                return
            row = row_of(response.body, response.url)
            if row:
                yield row

    process = CrawlerProcess(
        {
            "LOG_LEVEL": "WARNING",
            "TELNETCONSOLE_ENABLED": False,
            "ITEM_PIPELINES": {} if archive == "nothing" else {SaveArticle: 100},
            "DOWNLOAD_DELAY": 0,
        }
    )
    crawler = process.create_crawler(News)
    process.crawl(crawler)
    process.start()
    print(json.dumps({"pages": crawler.stats.get_value("response_received_count")}))


if __name__ == "__main__":
    read(*sys.argv[1:]) if len(sys.argv) > 2 else run(sys.argv[1])

"""What one would write first with the same libraries: Scrapy, trafilatura, sqlite-utils.

`python -m bench.straightforward ARCHIVE` crawls the corpus that BENCH_* name, `… nothing` fetches
the same pages and does nothing with them.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from typing import Any

from bench.server import addresses

PORT = os.environ.get("BENCH_PORT", "80")
HOSTS = [f"{host}:{PORT}" for host in addresses(int(os.environ.get("BENCH_PORTALS", "0")))]
ARTICLES = (r"ItemID=\d+", r"/tin-chi-tiet/id/\d+", r"-\d+\.html$", r"-\d{4,}/$")
LISTS = (r"/Pages/t[\w-]+\.aspx", r"/vi-vn/t[\w-]+(?:\?|$)", r"/tin-[\w-]+/(?:page-\d+/)?$", r"/category/")  # fmt: skip


def run(archive: str) -> None:
    import dateparser
    import trafilatura
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
            found = trafilatura.bare_extraction(response.body, url=response.url, with_metadata=True)
            if found:
                date = dateparser.parse(found.date, languages=["vi"]) if found.date else None
                yield {
                    "url": response.url,
                    "title": found.title,
                    "author": found.author,
                    "published": date.isoformat() if date else None,
                    "text": found.text,
                }

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
    run(sys.argv[1])

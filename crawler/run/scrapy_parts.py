"""Which of Scrapy's own parts a crawl into the archive uses.

Redirects, retries and robots.txt are visits of the frontier, so that they survive a crash; hosts and
depths are its too, and crawler.downloader.handler unpacks what is coded. No referer, no cookies that
outlive a crawl: nothing that names us to one site goes to another. What is only switched off would be
loaded all the same, a fifth of a second at every start. Crawlers that belong to no run (`scrapy
shell`, `fetch`, a spider of one's own) have all that Scrapy has.
"""

from __future__ import annotations

from scrapy.settings import Settings

PARTS: dict[str, dict[str, int]] = {
    "DOWNLOADER_MIDDLEWARES_BASE": {
        "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
        "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
        "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
        "scrapy.downloadermiddlewares.stats.DownloaderStats": 850,
    },
    "SPIDER_MIDDLEWARES_BASE": {"scrapy.spidermiddlewares.start.StartSpiderMiddleware": 25},
    "EXTENSIONS_BASE": {
        "scrapy.extensions.corestats.CoreStats": 0,
        "scrapy.extensions.logcount.LogCount": 0,
        "scrapy.extensions.memusage.MemoryUsage": 0,
        "scrapy.extensions.closespider.CloseSpider": 0,
        "scrapy.extensions.feedexport.FeedExporter": 0,
        "scrapy.extensions.logstats.LogStats": 0,
    },
}


def choose_parts(settings: Settings) -> None:
    """Before a crawler of a run begins; what the command line says goes first."""
    for name, parts in PARTS.items():
        settings.set(name, parts, priority="project")

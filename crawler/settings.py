"""What differs from Scrapy's defaults, each with its reason."""

import os

BOT_NAME = "khcn-archive"
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"
SPIDER_LOADER_CLASS = (
    "crawler.spider_loader.TolerantSpiderLoader"  # one broken file is one failed portal
)
COMMANDS_MODULE = "crawler.commands"

# Where things are; every one may be given with -s.
ARCHIVE_DB = "archive.db"
CAPTURES_DIR = "captures"
REPLAY_WARC = ""  # WARC files, separated by commas, that answer instead of the network
PRIVATE_HOSTS_ALLOWED = ""  # host:port list; loopback and private addresses are refused otherwise
WORKERS = 0  # extracting processes; 0: one for each core
REVISITS = 50  # known articles looked at again in a night, beside what is new
PORTALS_AT_ONCE = 64  # each on its own host, one request at a time
DEADLINE_HOURS = 0.0  # no request is begun after this long; 0: no deadline
LEAST_FREE_BYTES = 2**30  # the run stops before the archive's disk is full
QUIET = False
# Who is told how a night went: when something needs a look, or always.
NOTIFY_WEBHOOK = os.environ.get("KHCN_NOTIFY_WEBHOOK", "")  # https://…: a JSON report by POST
NOTIFY_SMTP = os.environ.get("KHCN_NOTIFY_SMTP", "")  # smtp://user:password@host:587
NOTIFY_TO = os.environ.get("KHCN_NOTIFY_TO", "")
NOTIFY_FROM = os.environ.get("KHCN_NOTIFY_FROM", "")
NOTIFY_ALWAYS = False

# Who we are, and whom to write to: the operator's own page or address.
CONTACT = os.environ.get("KHCN_CONTACT", "contact-not-set")
USER_AGENT = f"khcn-archive/0.1 (+{CONTACT})"
# One request at a time and host, two seconds apart, slower when the server is slow.
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 2.0
DOWNLOAD_DELAY_JITTER = 0
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 2.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 0.5
# An answer has 30 seconds and 8 MiB, packed and unpacked: bombs and stalls end early. Half an
# answer is none.
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_MAXSIZE = 8 * 2**20
DOWNLOAD_WARNSIZE = 0
# One item a page; the default of 100 tasks for each response is a third of Scrapy's cost.
CONCURRENT_ITEMS = 1

# Scrapy's own parts, named one by one: those that are switched off would be loaded as well, a fifth
# of a second at every start. Redirects, retries and robots.txt are visits of the frontier, so that
# they survive a crash; hosts and depths are its too. crawler.downloader.handler unpacks what is coded. No
# cookies, no referer: nothing that names us to one site goes to another. And nothing listens.
DOWNLOADER_MIDDLEWARES_BASE = {
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
}
SPIDER_MIDDLEWARES_BASE = {"scrapy.spidermiddlewares.start.StartSpiderMiddleware": 25}
EXTENSIONS_BASE = {
    "scrapy.extensions.logcount.LogCount": 0,
    "scrapy.extensions.memusage.MemoryUsage": 0,
    "scrapy.extensions.closespider.CloseSpider": 0,
    "scrapy.extensions.feedexport.FeedExporter": 0,
    "scrapy.extensions.throttle.AutoThrottle": 0,
}
ROBOTSTXT_OBEY = (
    False  # that is Scrapy's own; crawler.downloader.middlewares.robotstxt obeys more strictly
)
DOWNLOAD_HANDLERS = {
    "http": "crawler.downloader.handler.PoliteHandler",
    "https": "crawler.downloader.handler.PoliteHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}

TWISTED_DNS_RESOLVER = "crawler.downloader.resolver.PublicResolver"
DOWNLOADER_MIDDLEWARES = {
    "crawler.downloader.middlewares.private_hosts.PrivateHostsMiddleware": 50,
    "crawler.downloader.middlewares.robotstxt.RobotsMiddleware": 100,
    "crawler.downloader.middlewares.content_coding.UnpackedMiddleware": 590,
    # Next to the network: the bytes as they came.
    "crawler.downloader.middlewares.capture.CaptureMiddleware": 950,
    "crawler.downloader.middlewares.replay.ReplayMiddleware": 960,
}
# Pure steps from raw values to normal ones; `scrapy extract` runs these without an archive.
NORMALISERS = {
    "pipelines.normalise_text.NormaliseText": 100,
    "pipelines.normalise_dates.NormaliseDates": 200,
    "pipelines.normalise_authors.NormaliseAuthors": 300,
    "pipelines.require_fields.RequireFields": 400,
}
ITEM_PIPELINES = {
    **NORMALISERS,
    "pipelines.keep_period.KeepPeriod": 500,
    "pipelines.save_article.SaveArticle": 900,
}

# Our own lines say how a run goes; the log is for what is wrong.
LOG_LEVEL = "WARNING"
LOG_FORMAT = "%(asctime)s %(levelname)s [%(name)s] %(message)s"
FEED_EXPORT_ENCODING = "utf-8"

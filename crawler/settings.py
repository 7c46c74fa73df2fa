"""What differs from Scrapy's defaults, each with its reason."""

import os

from crawler.http.limits import MAX_BODY

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
# What articles carry is asked for after all pages of the night: documents, then pictures.
FILES = True
FILES_A_NIGHT = 300  # requests a portal, beside the pages'
FOREIGN_FILES_A_NIGHT = 50  # of them to hosts that are not the portal's
FILE_BYTES_A_NIGHT = 512 * 2**20  # of a portal
FILE_MAXSIZE = 32 * 2**20
FILE_TIMEOUT = 180  # seconds for one
FILE_REVISITS = 50  # kept files that are asked for again
FILE_PORTALS_AT_ONCE = 8  # a file is held in memory while it is kept
DEADLINE_HOURS = 0.0  # no request is begun after this long; 0: no deadline
LEAST_FREE_BYTES = 2**30  # the run stops before the archive's disk is full
SNAPSHOTS = 3  # copies of the archive that are kept beside it, one a night; 0: none
QUIET = False
RUN = ""  # the name of a run that several machines share; default: when it began
# Many machines: seconds after which a silent worker is thought dead, seconds for one try at a scheduler,
# seconds without any worker after which a command gives up, and whether captures are fetched beside the
# archive (docs/cluster.md).
CLUSTER_LEASE = 60.0
CLUSTER_CONNECT = 10.0
CLUSTER_PATIENCE = 600.0
CLUSTER_CAPTURES = True
SHARED_BY = 1  # processes that ask the same web archives side by side
# Web archives that `scrapy rescue` asks, and where Common Crawl's files are (default: its own place).
RESCUE_SOURCES = "internet-archive,common-crawl"
COMMON_CRAWL_DATA = ""
# Who is told how a night went: when something needs a look, or always.
NOTIFY_WEBHOOK = os.environ.get("KHCN_NOTIFY_WEBHOOK", "")  # https://…: a JSON report by POST
NOTIFY_SMTP = os.environ.get("KHCN_NOTIFY_SMTP", "")  # smtp://user:password@host:587
NOTIFY_TO = os.environ.get("KHCN_NOTIFY_TO", "")
NOTIFY_FROM = os.environ.get("KHCN_NOTIFY_FROM", "")
# Chat services, separated by spaces: tgram://token/chat, slack://…, ntfys://topic (see apprise).
NOTIFY_CHAT = os.environ.get("KHCN_NOTIFY_CHAT", "")
# An address that is called after each good night; whoever watches it raises the alarm when it is not.
NOTIFY_ALIVE = os.environ.get("KHCN_NOTIFY_ALIVE", "")
NOTIFY_ALWAYS = os.environ.get("KHCN_NOTIFY_ALWAYS", "").lower() in ("1", "true", "yes")

# Who we are, and whom to write to: the operator's own page or address.
CONTACT_UNSET = "contact-not-set"
CONTACT = os.environ.get("KHCN_CONTACT") or CONTACT_UNSET
# Where the public site is found: the address that feeds and citations of dumps bear.
PUBLIC_ADDRESS = os.environ.get("KHCN_ADDRESS", "")
# A file of a private key (PEM, P-384) that published captures are signed with.
SIGNING_KEY = os.environ.get("KHCN_SIGNING_KEY", "")
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "vi",
}
USER_AGENT = f"khcn-archive/0.1 (+{CONTACT})"
# One request at a time and host, two seconds apart, slower when the server is slow.
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 2.0
DOWNLOAD_DELAY_JITTER = 0
# Of these settings, too, crawler.http.politeness makes the one pause there is.
AUTOTHROTTLE_ENABLED = True
EXTENSIONS = {"scrapy.extensions.throttle.AutoThrottle": None}
AUTOTHROTTLE_START_DELAY = 2.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 0.5
# An answer has 30 seconds and 8 MiB, packed and unpacked: bombs and stalls end early. Half an
# answer is none.
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_MAXSIZE = MAX_BODY
DOWNLOAD_WARNSIZE = 0
# One item a page; the default of 100 tasks for each response is a third of Scrapy's cost.
CONCURRENT_ITEMS = 1

# robots.txt is read by rules of our own, and obeyed by a middleware of our own, more strictly.
ROBOTSTXT_PARSER = "crawler.http.robotstxt.Rules"
ROBOTSTXT_OBEY = False  # Scrapy's own middleware
TELNETCONSOLE_ENABLED = False  # nothing listens
REMOTE_CONTROL_ENABLED = False
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
    "crawler.downloader.middlewares.content_coding.UnpackedMiddleware": 595,
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

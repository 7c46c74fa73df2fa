"""What the project speaks of: the look at a page, and what a careful reader finds on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

PageKind = Literal["article", "list", "feed", "sitemap", "unknown"]  # a `file` is no page
# What an address promises: an article for certain, one by the words of the link that led here, or
# one because others of the same shape are.
Expected = Literal["article", "headline", "sibling", "list", "feed", "sitemap"]
Precision = Literal["second", "minute", "day", "month", "year"]
Provenance = Literal["page", "meta", "url", "feed"]
Role = Literal["author", "photo", "source"]
AuthorKind = Literal["person", "unit", "agency"]
Via = Literal["crawl", "warc", "wayback", "commoncrawl", "memento"]


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer to one request, as bytes: all that extraction may look at."""

    url: str  # as requested
    fetched_at: str  # UTC, RFC 3339: 2022-08-27T05:44:49Z
    status: int
    headers: tuple[tuple[str, str], ...]  # names in lower case, in the order received
    body: bytes  # content-encoding undone
    problem: str = ""  # why the body is not what was sent: truncated, too_large, bad_encoding

    def header(self, name: str) -> str | None:
        """The first header of that (lower-case) name."""
        return next((value for key, value in self.headers if key == name), None)


@dataclass(slots=True)
class Author:
    """Somebody a byline names."""

    name: str
    kind: AuthorKind = "person"
    role: Role = "author"
    unit: str | None = None  # the office printed beside a person's name
    raw: str = ""  # as printed
    key: str = ""  # the same under every spelling of the name


@dataclass(slots=True)
class Image:
    url: str
    caption: str | None = None


@dataclass(slots=True)
class Attachment:
    url: str
    label: str | None = None


@dataclass(slots=True)
class Article:
    """One article: extraction fills the raw values, the pipelines the normal ones.

    `published` is ISO 8601 with +07:00 when a time of day is printed, else `2021-02-02`,
    `2021-02` or `2021`, as `published_precision` says. A value that is not on the page is None.
    """

    url: str  # canonical
    key: str  # what names the article within its portal, for ever
    title: str | None = None
    section: str | None = None  # `Tin Hoạt động > Chung`
    summary: str | None = None  # sapo; not repeated in the text
    text: str = ""  # paragraphs, one to a line
    byline: str | None = None  # as printed; several lines joined by a line feed
    published: str | None = None
    published_precision: Precision | None = None
    published_raw: str | None = None  # as printed, label included
    published_from: Provenance | None = None
    authors: list[Author] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # `code` or `code: detail`, each an issue row
    removed: list[str] = field(default_factory=list)  # furniture cut from the text, for the audit
    repeated: list[str] = field(default_factory=list)  # of that, known only because it repeats


@dataclass(slots=True)
class Refusal:
    """Why a page is not an article: a named reason, never silence."""

    reason: str  # soft_404, maintenance, block_page, list_page, empty, too_large …
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """An address found on a page that is worth a visit."""

    url: str
    kind: PageKind
    text: str = ""  # the anchor's words
    form: tuple[tuple[str, str], ...] = ()  # POST fields, for paging that has no address
    name: str = ""  # what names the page in the frontier: the article's key, or the list's address
    page: int = 1  # which page of its section
    rank: int = 0  # how much later than the page it was found on it is worth a visit
    others: tuple[str, ...] = ()  # where the same article stands, too

    def __reduce__(self) -> tuple[Any, ...]:
        """How it goes from a worker to the crawl: a list page has hundreds of them."""
        told = (
            self.url,
            self.kind,
            self.text,
            self.form,
            self.name,
            self.page,
            self.rank,
            self.others,
        )
        return Link, told


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """What a list page says of an article: where it is, its headline, the date printed beside it."""

    url: str
    title: str
    printed: str | None = None  # the date, as it stands there


@dataclass(slots=True)
class Reading:
    """What extraction found on a page: an article, or a refusal, or only links."""

    article: Article | None = None
    refusal: Refusal | None = None
    links: list[Link] = field(default_factory=list)
    canonical: str | None = None  # rel=canonical, when it is an address of the same portal
    moves_to: str | None = None  # where a page that says nothing sends its reader
    declared_count: int | None = None  # how many articles a list page says its section has
    unmatched: str | None = None  # the title of what reads like an article where none was declared
    site_names: tuple[str, ...] = ()  # what a list page calls the site, as marks of lines
    entries: list[ListedEntry] = field(default_factory=list)  # of a list, where they are asked for


@dataclass(slots=True)
class Capture:
    """One look at an address, whatever came of it."""

    url: str
    fetched_at: str
    status: int | None = None  # None: no answer at all
    outcome: str = "ok"  # ok, redirect, http_404, timeout, refused …
    warc: str | None = None  # file name under captures/
    offset: int | None = None  # of the record in that file
    digest: str | None = None  # sha256 of the body
    etag: str | None = None
    last_modified: str | None = None
    location: str | None = None  # where a redirect points
    detail: str = ""  # of an outcome: the error's own words
    notes: list[str] = field(default_factory=list)  # of the answer itself, each an issue row
    source: str | None = None  # which web archive kept it
    source_url: str | None = None  # where it can be seen there
    source_digest: str | None = None  # as that archive's index has it


@dataclass(slots=True)
class Page:
    """The one item: a look at a page and everything it yielded, saved in one transaction."""

    portal: str
    visit: int | None  # the frontier row that asked for it; None: nobody asked, a backfill
    capture: Capture
    reading: Reading
    links: list[Link] = field(default_factory=list)  # those of the reading worth a visit
    via: Via = "crawl"
    mark: str | None = None  # of a list's bytes, and of the rules they were read by
    retry: bool = False  # the look failed in a way that another may not
    others: tuple[str, ...] = ()  # where an article may stand, too, by the ways of its platform
    elsewhere: bool = False  # the article is asked for at another address instead
    proved: PageKind | None = None  # what a page turned out to be that was taken for an article


@dataclass(slots=True)
class FileLook:
    """A look at a file that articles carry: a document or a picture."""

    portal: str
    visit: int  # the frontier row that asked for it
    address: str  # as the articles have it; the capture's is where a redirect led
    capture: Capture
    content: bytes = b""
    type: str | None = None  # by content; None: nothing that is kept
    disposition: str | None = None  # what its server calls it
    target: str | None = None  # where a redirect leads
    refusal: Refusal | None = None
    retry: bool = False  # the look failed in a way that another may not

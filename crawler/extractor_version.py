"""Which rules read a page: a name that changes whenever a rule of extraction does."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from crawler.portals.model import Portal

ROOT = Path(__file__).parent.parent
RULES = (
    "crawler/extract",
    "crawler/platforms",
    "pipelines",
    "crawler/text/boilerplate.py",
    "crawler/portals/urls.py",
    "crawler/text/folding.py",
)
LIBRARIES = ("lxml", "dateparser", "ftfy", "viet-text-tools", "feedparser")  # trafilatura is named


@lru_cache(maxsize=1)
def extractor_stamp() -> str:
    """`2.3.1+1f0c2a9d`: trafilatura's version and a digest of our own rules and other libraries."""
    digest = sha256()
    for name in RULES:
        place = ROOT / name
        for path in sorted(place.glob("**/*.py")) if place.is_dir() else (place,):
            digest.update(path.read_bytes())
    for library in LIBRARIES:
        digest.update(f"{library} {_version(library)}\n".encode())
    return f"{_version('trafilatura')}+{digest.hexdigest()[:8]}"


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "0"


def portal_stamp(stamp: str, portal: Portal, boilerplate: frozenset[str]) -> str:
    """The same for one portal: its declaration is a rule too, and so is what was learnt of it."""
    library, _, ours = stamp.partition("+")
    facts = (
        portal.markup, portal.platform, portal.department,
        portal.date_order, portal.import_days, portal.accounts,
    )  # fmt: skip
    digest = sha256(f"{ours} {facts!r}".encode()).hexdigest()
    return learned_stamp(f"{library}+{digest[:8]}", boilerplate)


def learned_stamp(stamp: str, boilerplate: frozenset[str]) -> str:
    """The same with a digest of what was learnt of a portal, when anything was."""
    if not boilerplate:
        return stamp
    digest = sha256("\n".join(sorted(boilerplate)).encode()).hexdigest()
    return f"{stamp}.{digest[:6]}"


def same_rules(stamp: str, other: str) -> bool:
    """Whether two stamps differ at most in what was learnt."""
    return _rules(stamp) == _rules(other)


def _rules(stamp: str) -> tuple[str, str]:
    library, _, ours = stamp.partition("+")
    return library, ours.partition(".")[0]

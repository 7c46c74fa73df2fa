"""Which rules read a page: a name that changes whenever a rule of extraction does."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).parent.parent
RULES = ("crawler/extract", "crawler/platforms", "pipelines")


@lru_cache(maxsize=1)
def extractor_stamp() -> str:
    """`2.3.1+1f0c2a9d`: trafilatura's version and a digest of our own rules."""
    digest = sha256()
    for folder in RULES:
        for path in sorted((ROOT / folder).glob("**/*.py")):
            digest.update(path.read_bytes())
    try:
        library = version("trafilatura")
    except PackageNotFoundError:
        library = "0"
    return f"{library}+{digest.hexdigest()[:8]}"


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

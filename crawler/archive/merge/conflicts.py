"""Which of two rows of one key stays when archives become one.

Every rule gives the same for (a, b) and (b, a), for three rows in any grouping, and for a row and
itself: so shards may be merged in any order, and again.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Join = Callable[[Row, Row], Row]

# How far a page of the frontier has come. One that was read in a sweep and is pending once more is
# wanted again; one that no sweep has read yet is where all pages begin.
UNREAD = ("pending", "skipped", "older", "done", "removed")
READ = ("skipped", "older", "done", "pending", "removed")
RESCUE = ("listed", "passed", "wanted", "missed", "refused", "known", "fetched", "saved")
WAYBACK = ("listed", "missed", "fetched", "saved")


def rank(value: Any) -> tuple[Any, ...]:
    """An order over all that a column holds, NULL first."""
    if value is None:
        return (0,)
    return (2, value) if isinstance(value, str) else (1, value)


def _ranks(row: Row) -> tuple[Any, ...]:
    return tuple(rank(row[name]) for name in sorted(row))


def greatest(*first: str) -> Join:
    """The row that is greater in these columns; then in any."""
    return lambda a, b: max(a, b, key=lambda row: ([rank(row[n]) for n in first], _ranks(row)))


def least(*first: str) -> Join:
    return lambda a, b: min(a, b, key=lambda row: ([rank(row[n]) for n in first], _ranks(row)))


def each(**rules: Callable[..., Any]) -> Join:
    """Column by column; those without a rule are the greater."""
    return lambda a, b: {
        name: rules.get(name, max)(a[name], b[name], key=rank) for name in sorted(a)
    }


def _frontier(a: Row, b: Row) -> Row:
    def key(row: Row) -> tuple[Any, ...]:
        states = READ if row["sweep"] else UNREAD
        state = states.index(row["state"]) if row["state"] in states else -1
        return (row["state"] == "removed", row["sweep"], state, row["attempts"], _ranks(row))

    return max(a, b, key=key)


def _wayback(a: Row, b: Row) -> Row:
    return max(a, b, key=lambda row: (WAYBACK.index(row["state"]), _ranks(row)))


def _rescue(a: Row, b: Row) -> Row:
    def key(row: Row) -> tuple[Any, ...]:
        state = RESCUE.index(row["state"]) if row["state"] in RESCUE else -1
        return state, _ranks(row)

    return max(a, b, key=key)


def _entry(a: Row, b: Row) -> Row:
    """As it was listed first; and how long it was listed."""
    first = least("listed_at")(a, b)
    return {**first, "last_listed": max(a["last_listed"], b["last_listed"])}


def _sweep(a: Row, b: Row) -> Row:
    later = greatest("started_at", "deep")(a, b)
    joined = each()(a, b)
    return {**joined, "started_at": later["started_at"], "deep": later["deep"]}


def _warc(a: Row, b: Row) -> Row:
    """A path within the folder of captures goes wherever the folder goes."""
    return max(a, b, key=lambda row: (not Path(row["path"]).is_absolute(), row["path"]))


def _file(a: Row, b: Row) -> Row:
    """The place of the earliest look, and the reading that found most: recognised before none."""
    first = least("first_seen", "warc", "offset")(a, b)
    read = greatest("text_from", "text", "problem")(a, b)
    place = ("first_seen", "url", "name", "warc", "offset")
    return {
        **read,
        **{name: first[name] for name in place},
        "last_seen": max(a["last_seen"], b["last_seen"]),
        "search_text": read["search_text"],
    }


# For each table whose rows stand for themselves. Articles and what belongs to them are merging's.
RULES: dict[str, Join] = {
    "removals": least("removed_at"),
    "_removed": greatest("article"),
    # The later end; of two runs that began in one moment, the worse.
    "runs": greatest("finished_at", "exit_code"),
    "run_portals": greatest("finished_at", "pages"),
    "alarms": greatest("detail"),
    "addresses": least("first_seen"),
    "authors": each(),
    "files": _file,
    "documents": greatest("raws"),
    "article_files": each(first_seen=min),
    "captures": greatest("article"),
    "issues": greatest("article"),
    "_frontier": _frontier,
    "_sweeps": _sweep,
    "_copies": each(),
    "_validators": each(),
    "_moved": least("first_key"),
    "_robots": greatest("fetched_at"),
    "_boilerplate": least("learnt_at"),
    "_accepted": greatest("accepted_at"),
    "_warcs": _warc,
    "_wayback": _wayback,
    "_wayback_queries": greatest("state"),
    "lost_articles": _entry,
    "rescued": greatest("read", "captured"),
    "_rescue": _rescue,
    "_rescue_queries": least("state", "resume"),
    "_rescue_entries": _entry,
    "_rescue_sold": least("since"),
    "_redactions": each(),
}

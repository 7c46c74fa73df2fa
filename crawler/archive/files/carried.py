"""Which addresses articles carry, as rows of the frontier."""

from __future__ import annotations

PICTURE = 1  # the rank of a picture: documents come first
FOREIGN = 10  # and of what lies with somebody else: own hosts come first
# How a server says that a file is there no more.
DEAD = ("http_404", "http_410", "redirect_home", "dns")
LONGEST = 2_000  # characters of an address

_ROW = "insert into _frontier(portal, name, kind, url, state, rank, text) "
_KNOWN = "on conflict(portal, name) do nothing"


def _address(column: str) -> str:
    return (
        f"({column} like 'http://%' or {column} like 'https://%') and length({column}) <= {LONGEST}"
    )


# Everything that articles carry, the newest first.
QUEUE_ALL = f"""
{_ROW}
select portal, 'f:' || carried.url, 'file', carried.url, 'wanted', min(rank), coalesce(label, '')
from (select article, url, label, 0 as rank from attachments
  union all select article, url, caption, {PICTURE} from images) as carried
join articles on articles.id = carried.article
where {_address("carried.url")}
group by portal, carried.url order by min(rank), max(articles.published) desc, carried.url
{_KNOWN}
"""
# Whether something that an article carries has no row yet.
UNQUEUED = " union all ".join(
    f"select 1 from {table} where article = :article and {_address('url')} and not exists "
    "(select 1 from _frontier where portal = (select portal from articles where id = :article) "
    "and name = 'f:' || url)"
    for table in ("attachments", "images")
)
# What one article carries.
QUEUE_ONE = tuple(
    f"{_ROW}select (select portal from articles where id = :article), 'f:' || url, 'file', url, "
    f"'wanted', {rank}, coalesce({label}, '') from {table} "
    f"where article = :article and {_address('url')} order by position {_KNOWN}"
    for table, label, rank in (("attachments", "label", 0), ("images", "caption", PICTURE))
)

"""Which page of a list an address is."""

from __future__ import annotations

import re
from functools import lru_cache

PAGE_IN_QUERY = re.compile(
    r"(?<=[?&])((?:_\w{1,80}_)?(?:cur|page|pagenum(?:ber)?|pageindex|trang|currentpage|paged|pg|p|page_?no"
    r"|start|limitstart|offset)=)(\d{1,6})(?=&|$)",
    re.IGNORECASE,
)
PAGE_IN_PATH = re.compile(
    r"/(?:page|trang|currentpage)[-/](\d{1,6})(?=/?(?:$|\?|\.\w{3,5}$|default\.aspx|index\.))",
    re.IGNORECASE,
)


@lru_cache(maxsize=10_000)  # a portal's menu stands on all its pages
def paging(url: str) -> tuple[str, int] | None:
    """The address with its page number taken out, and that number; None when it has none.

    Joomla counts articles, not pages (`start=20`), so its numbers are offsets plus one.
    """
    in_query = [
        found
        for found in PAGE_IN_QUERY.finditer(url)
        # WordPress: `/?p=123` is article 123, not page 123.
        if found[1].lower() != "p=" or not url[: found.start()].endswith("/?")
    ]
    found = in_query[-1] if in_query else None
    if found:
        number = int(found[2])
        offset = "start" in found[1].lower() or "offset" in found[1].lower()
        bare = (url[: found.start(1)] + url[found.end(2) :]).replace("?&", "?").replace("&&", "&")
        return bare.rstrip("?&"), number + 1 if offset else number
    in_path = PAGE_IN_PATH.search(url, url.find("://") + 3)
    if in_path:
        bare = url[: in_path.start()] + url[in_path.end() :]
        return bare if bare.endswith("/") or "." in bare[-6:] else bare + "/", int(in_path[1])
    return None

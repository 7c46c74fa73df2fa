"""The systems that portals run on, and how a page shows which one made it."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.crawl.portal_spider import PortalSpider
from crawler.platforms.dotnetnuke import DotNetNukeSpider
from crawler.platforms.drupal import DrupalSpider
from crawler.platforms.joomla import JoomlaSpider
from crawler.platforms.liferay import LiferaySpider
from crawler.platforms.nukeviet import NukeVietSpider
from crawler.platforms.sharepoint import SharePointSpider
from crawler.platforms.vnpt import VnptSpider
from crawler.platforms.wordpress import WordPressSpider

PLATFORMS: dict[str, type[PortalSpider]] = {
    str(spider.platform): spider
    for spider in (
        NukeVietSpider,
        LiferaySpider,
        VnptSpider,
        SharePointSpider,
        WordPressSpider,
        JoomlaSpider,
        DrupalSpider,
        DotNetNukeSpider,
    )
}
LOOKED_AT = 300_000  # characters of a page in which a platform has shown itself by then


def detect(url: str, html: str) -> type[PortalSpider] | None:
    """The platform with the most signs on a page; None when no sign, or two have as many.

    A link to another site may carry one sign (`/wp-content/` in an image), so a tie is no answer.
    """
    seen = f"{url}\n{html[:LOOKED_AT]}"
    counts = {
        spider: sum(1 for sign in spider.signs if _sign(sign).search(seen))
        for spider in PLATFORMS.values()
    }
    first, second = sorted(counts.values(), reverse=True)[:2]
    if first == 0 or first == second:
        return None
    return max(counts, key=lambda spider: counts[spider])


@lru_cache(maxsize=64)
def _sign(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)

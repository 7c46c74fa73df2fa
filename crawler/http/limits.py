"""How much of an answer is taken in: over the network, out of a WARC file, into extraction."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # workers extract without Scrapy
    from scrapy.settings import BaseSettings

MAX_BODY = 8 * 2**20  # bytes, packed and unpacked; `DOWNLOAD_MAXSIZE` may say otherwise


def largest_body(settings: BaseSettings) -> int:
    """Bytes that `DOWNLOAD_MAXSIZE` allows a page; 0 is no limit, as everywhere in Scrapy."""
    return settings.getint("DOWNLOAD_MAXSIZE", MAX_BODY) or sys.maxsize

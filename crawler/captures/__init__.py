"""Captures: keep what was fetched and read it back. The only user of warcio."""

from crawler.captures.reading import Place, check_warc, read_capture, responses
from crawler.captures.writing import CaptureError, CaptureWriter, post_address

__all__ = [
    "CaptureError",
    "CaptureWriter",
    "Place",
    "check_warc",
    "post_address",
    "read_capture",
    "responses",
]

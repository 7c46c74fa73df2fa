"""Captures: keep what was fetched and read it back. The only user of warcio."""

from crawler.captures.bundles import readable_files
from crawler.captures.reading import Place, read_capture
from crawler.captures.scanning import Record, Scan, check_warc, responses
from crawler.captures.writing import CaptureError, CaptureWriter, post_address

__all__ = [
    "CaptureError",
    "CaptureWriter",
    "Place",
    "Record",
    "Scan",
    "check_warc",
    "post_address",
    "read_capture",
    "readable_files",
    "responses",
]

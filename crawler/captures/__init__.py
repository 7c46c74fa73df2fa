"""Captures: keep what was fetched and read it back. The only user of warcio."""

from crawler.captures.containers import readable_files
from crawler.captures.reader import RecordPlace, read_capture
from crawler.captures.scanner import Record, Scan, check_warc, responses
from crawler.captures.writer import CaptureError, CaptureWriter, post_address

__all__ = [
    "CaptureError",
    "CaptureWriter",
    "Record",
    "RecordPlace",
    "Scan",
    "check_warc",
    "post_address",
    "read_capture",
    "readable_files",
    "responses",
]

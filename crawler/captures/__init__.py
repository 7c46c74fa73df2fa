"""Captures: keep what was fetched and read it back. The only user of warcio."""

from crawler.captures.containers import readable_files
from crawler.captures.copying import Copied, begin_file, copy_record
from crawler.captures.reader import RecordPlace, read_capture
from crawler.captures.scanner import Record, Scan, check_warc, responses
from crawler.captures.writer import CaptureError, CaptureWriter, post_address

__all__ = [
    "CaptureError",
    "CaptureWriter",
    "Copied",
    "Record",
    "RecordPlace",
    "Scan",
    "begin_file",
    "check_warc",
    "copy_record",
    "post_address",
    "read_capture",
    "readable_files",
    "responses",
]

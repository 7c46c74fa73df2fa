"""Captures: keep what was fetched and read it back. The only user of warcio."""

from crawler.captures.containers import readable_files
from crawler.captures.copying import Copied, begin_file, copy_record
from crawler.captures.fragment import Fragment, digest_of, fits, read_fragment, same_digest
from crawler.captures.reader import RecordPlace, read_capture
from crawler.captures.scanner import Record, Scan, check_warc, responses
from crawler.captures.writer import CaptureError, CaptureWriter, post_address

__all__ = [
    "CaptureError",
    "CaptureWriter",
    "Copied",
    "Fragment",
    "Record",
    "RecordPlace",
    "Scan",
    "begin_file",
    "check_warc",
    "copy_record",
    "digest_of",
    "fits",
    "post_address",
    "read_capture",
    "read_fragment",
    "readable_files",
    "responses",
    "same_digest",
]

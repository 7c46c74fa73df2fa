"""A kept file's bytes, out of its record and proved by their hash."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from crawler.captures.reader import RecordPlace, read_capture
from crawler.captures.writer import CaptureError

LARGEST = 64 * 2**20  # bytes of a file


def kept_content(path: Path | None, offset: int, digest: str, url: str = "") -> bytes | None:
    """The content of that hash; None when it is not there, or is another one."""
    if path is None:
        return None
    try:
        content = read_capture(RecordPlace(path, offset, url, ""), largest=LARGEST).body
    except CaptureError:
        return None
    return content if sha256(content).hexdigest() == digest else None

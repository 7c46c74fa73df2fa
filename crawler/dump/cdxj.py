"""The index of a WACZ: CDXJ lines in blocks of their own, and where each block begins."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode

from crawler.captures import Copied
from crawler.parsing import split_url

BLOCK = 300  # lines that are read for the sake of one
NAME = "index.cdx.gz"
WWW = re.compile(r"^www\d*\.")
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Line:
    """A record, the file it is in, and where the dump's table `captures` says it lies."""

    record: Copied
    file: str
    fetched_at: str
    warc: str
    offset: int

    @property
    def key(self) -> str:
        return f"{surt(self.record.url)} {re.sub(r'[^0-9]', '', self.fetched_at)[:14]}"

    def __str__(self) -> str:
        record = self.record
        said = {
            "url": record.url,
            "mime": record.mime,
            **({"status": str(record.status)} if record.status else {}),
            **({"digest": record.digest} if record.digest else {}),
            "length": str(record.length),
            "offset": str(record.offset),
            "filename": self.file,
            # Not of the format: readers pass over what they do not know.
            "warc": self.warc,
            "warc_offset": str(self.offset),
        }
        return f"{self.key} {json.dumps(said, ensure_ascii=False)}\n"


def surt(url: str) -> str:
    """An address as indexes are sorted by: `vn,gov,hanoi)/vi?a=1`, without scheme and `www.`."""
    parts = split_url(url)
    host = WWW.sub("", (parts.hostname or "").lower())
    port = f":{parts.port}" if parts.port and parts.port != PORTS.get(parts.scheme) else ""
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)), safe="/:,@")
    asked = f"?{query.lower()}" if query else ""
    return f"{','.join(reversed(host.split('.')))}{port}){(parts.path or '/').lower()}{asked}"


def index_files(lines: Iterable[Line]) -> tuple[bytes, bytes]:
    """index.idx and index.cdx.gz: which block of the second an address is in, and the blocks."""
    ordered = sorted((line.key, str(line)) for line in lines)
    blocks, starts = bytearray(), [f'!meta {{"format": "cdxj-gzip-1.0", "filename": "{NAME}"}}\n']
    for at in range(0, len(ordered), BLOCK):
        part = ordered[at : at + BLOCK]
        packed = gzip.compress("".join(text for _, text in part).encode(), mtime=0)
        where = {"offset": len(blocks), "length": len(packed),
                 "digest": f"sha256:{sha256(packed).hexdigest()}", "filename": NAME}  # fmt: skip
        starts.append(f"{part[0][0]} {json.dumps(where)}\n")
        blocks += packed
    return "".join(starts).encode(), bytes(blocks)

"""Numbers that never change: the same article has the same id in every archive and shard."""

from __future__ import annotations

from hashlib import sha256

APPLICATION_ID = 0x4B48434E  # "KHCN": how the archive knows its own file
MIGRATIONS = "archive"  # the name of this archive's set of migrations
# All of them; one that is not here is of a newer program.
KNOWN_MIGRATIONS = (
    "first_tables", "search_by_row", "nights_by_index", "confirmed_readings", "faults_that_last",
    "edits_by_index", "second_addresses", "removals_without_addresses",
    "rescued_from_web_archives", "kept_files", "records_to_redact", "merged_shards",
)  # fmt: skip
BITS = 52  # a whole number that JavaScript and JSON keep exactly


def stable_id(*parts: str) -> int:
    """A positive 52-bit number of the parts; two of a million differ with odds 10,000 to 1."""
    digest = sha256("\n".join(parts).encode()).digest()
    return int.from_bytes(digest[:8], "big") >> (64 - BITS)


def text_sha256(text: str) -> str:
    return sha256(text.encode()).hexdigest()

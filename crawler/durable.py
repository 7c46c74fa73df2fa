"""What is to outlive a power cut is put on the disk, not only handed to the system."""

from __future__ import annotations

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Put a file's content, or the names in a folder, on the disk; see fsync(2)."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

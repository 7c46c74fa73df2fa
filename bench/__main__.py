"""All benchmarks, one after the other."""

from __future__ import annotations

from bench import desk, extraction

if __name__ == "__main__":
    extraction.main()
    desk.main([])

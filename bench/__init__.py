"""Benchmarks: `python -m bench` runs all of them; each prints a table of medians and ratios."""

"""Captures of a portal from a web archive: its index and its records."""

"""Attached documents: bytes → text by page, and what an administrative document says of itself."""

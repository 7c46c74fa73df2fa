"""archive.db: schema, frontier, saving, runs. The only package that imports sqlite_utils."""

from crawler.archive.database import Archive, ArchiveBusyError, ArchiveError

__all__ = ["Archive", "ArchiveBusyError", "ArchiveError"]

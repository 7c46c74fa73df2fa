"""archive.db: schema, queue, saving, runs. The only package that imports sqlite_utils."""

"""One process's run over its portals: open archive, commits, progress, notification."""

"""All that web archives still hold of portals, out of several of them at once."""

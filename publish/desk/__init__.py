"""The journalist's desk: what Datasette wears over an archive."""

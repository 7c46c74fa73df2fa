"""The desk: the site's own pages over Datasette: search, article, versions, feeds, map."""

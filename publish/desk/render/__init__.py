"""How values look: marked passages, differences, citations, feeds, files, the map."""

"""Pure functions of Vietnamese text: folding, fingerprints, word differences, search."""

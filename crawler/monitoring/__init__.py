"""Whether a portal is well: what a run saw against what is usual for it."""

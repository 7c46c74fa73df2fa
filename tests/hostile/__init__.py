"""A hostile web on loopback: servers that misbehave in every way we know of, and what must come of it."""

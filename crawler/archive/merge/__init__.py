"""Several archives as one: each table by its own rule."""

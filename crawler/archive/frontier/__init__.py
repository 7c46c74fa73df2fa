"""The queue of addresses in the archive, and what a visit to each came to."""

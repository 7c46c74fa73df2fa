"""Articles in the markup of many systems: pages for tests and benchmarks."""

"""Made-up portals in the shape of real ones, for the demo, the tests and the benchmarks."""

"""The machinery: fetches portals, reads their pages, keeps them. See docs/architecture.md."""

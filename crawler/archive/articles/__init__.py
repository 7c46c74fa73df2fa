"""Articles and their revisions: saving, comparing, visiting again, removing."""

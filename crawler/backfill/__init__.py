"""Captures made by others, or kept in the archive, through today's rules."""

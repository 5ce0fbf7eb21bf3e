"""Pages to find groups."""

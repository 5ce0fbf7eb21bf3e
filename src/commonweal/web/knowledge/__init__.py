"""Pages of what groups tell."""

"""Pages about this server itself."""

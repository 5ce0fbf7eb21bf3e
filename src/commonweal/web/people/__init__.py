"""Pages of people and organizations, and of signing in."""

"""Pages of cities and districts."""

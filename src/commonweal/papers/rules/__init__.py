"""What papers say: their numbers, sums, changes, and which gifts count for the tax office."""

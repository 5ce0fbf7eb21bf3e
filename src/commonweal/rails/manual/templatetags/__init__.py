"""What the fragments of this rail can draw."""

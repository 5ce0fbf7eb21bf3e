"""The sample city, made through the same actions as real life."""

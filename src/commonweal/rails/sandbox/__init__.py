"""A pretend card for demos and tests: no money moves."""

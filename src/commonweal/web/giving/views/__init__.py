"""The giving form, the way of one gift, and what a host does with it."""

"""Pages of giving: the form, the way of a gift, and what a host does with it."""

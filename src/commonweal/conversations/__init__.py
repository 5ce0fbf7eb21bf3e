"""Comments that any thing may carry, named by its subject such as `expense:12`."""

"""Pure rules of the log: canonical leaves, the tree and its tiles, signed notes."""

"""Money, clock, ids, errors, fields and text: knows nothing of collectives, people or the web."""

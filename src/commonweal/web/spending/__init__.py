"""Pages about expenses: filing one from a phone, reading how it went, agreeing, paying."""

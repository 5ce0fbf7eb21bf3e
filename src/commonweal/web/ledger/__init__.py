"""Pages of the public ledger."""

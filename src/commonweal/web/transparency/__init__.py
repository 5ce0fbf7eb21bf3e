"""Pages and files by which anyone checks the ledger."""

"""Files made of data: CSV and JSON of the ledger."""

"""Histories brought along from elsewhere: other platforms' exports become ledger entries."""

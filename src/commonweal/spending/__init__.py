"""Expenses: filed with receipts, approved by another person, paid from the collective's money."""

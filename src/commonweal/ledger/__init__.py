"""The money journal: accounts, transactions, entries and their summaries.

It owns how money is recorded and added up. It knows party ids as plain numbers: who they are,
and why money moved, belongs to the apps above.
"""

"""Histories brought along from elsewhere: other platforms' exports become ledger entries.

It owns how a file is read and checked, and which party stands behind a profile elsewhere. What it
brings becomes ordinary rows of ledger, giving and spending; it owns none of those.
"""

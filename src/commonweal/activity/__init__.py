"""The fact journal: who did what to which thing, and when.

Append-only, written in the same database transaction as the change. It owns no meaning:
letters, pages and feeds read it.
"""

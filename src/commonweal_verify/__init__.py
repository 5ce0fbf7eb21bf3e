"""Verify the public ledger of a Commonweal server without trusting it.

This package shares no code with the server. It is written from docs/concepts/leaf-1.md and from the
standards it names, and needs the standard library and `cryptography` alone.
"""
